"""The type of rules."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourced_guide.claims.model.finding import Finding, Severity
from sourced_guide.claims.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sourced_guide.claims.project.guide import Guide

# These compare pages, need all of them, or judge files beside them. All others judge each page by
# itself with its sources, the terms and the settings.
_OF_WHOLE = frozenset(
    (
        *("SRC010", "SRC011", "LIB001", "LIB002", "LIB003", "LIB006", "LIB008"),
        *("EDT002", "GLO002", "REV003", "REV004", "TXT001"),
    )
)
# These compare each claim with its passages, and so read the same texts in turn.
_COMPARING = frozenset(("SRC005", "SRC006", "SRC007", "SRC012", "SRC013", "SRC014"))
# Few enough for all that is read of a text to be remembered until the last rule has asked for it.
_PAGES_TOGETHER = 100
# What a rule yields: where, what is wrong, what to do.
Fault = tuple[Place, str, str]


@dataclass(frozen=True)
class Rule:
    """A rule: its permanent code, its name, its meaning in a few words, and its function.

    `severity` is the default. Settings can neither ignore a `required` rule nor make it a warning.
    Comments can suppress findings of a `suppressible` one.
    """

    code: str
    name: str
    says: str
    check: Callable[[Guide], Iterable[Fault]]
    severity: Severity = Severity.ERROR
    required: bool = False
    suppressible: bool = True

    @property
    def documentation(self) -> str:
        """The docstring of its function."""
        return inspect.getdoc(self.check) or ""

    @property
    def is_of_whole(self) -> bool:
        """Whether only the whole guide tells what it finds, and not some of its pages."""
        return self.code in _OF_WHOLE

    def findings(self, guide: Guide) -> Iterator[Finding]:
        """Yield what this rule finds on the guide."""
        for place, message, help_ in self.check(guide):
            yield Finding(place, self.code, self.name, message, help_, self.severity)


def findings_by_rule(
    rules: Sequence[Rule], guide: Guide
) -> Iterator[tuple[Rule, Iterator[Finding]]]:
    """Yield rules with what they find on the guide, or on a part of its pages.

    Those that compare claims with passages go through a large guide together, part by part.
    """
    comparing = [rule for rule in rules if rule.code in _COMPARING]
    for rule in rules:
        if rule not in comparing:
            yield rule, rule.findings(guide)
    for part in guide.parts(_PAGES_TOGETHER):
        yield from ((rule, rule.findings(part)) for rule in comparing)
