"""The type of rules."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourced_guide.claims.model.finding import Finding, Severity
from sourced_guide.claims.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sourced_guide.claims.project.guide import Guide

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

    def findings(self, guide: Guide) -> Iterator[Finding]:
        """Yield what this rule finds on the guide."""
        for place, message, help_ in self.check(guide):
            yield Finding(place, self.code, self.name, message, help_, self.severity)
