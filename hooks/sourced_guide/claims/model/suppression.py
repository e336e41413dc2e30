"""Suppressions: `<!-- allow SRC006: reason -->` before a block suppresses a finding in it.

In a style sheet it is `/* allow SRC009: reason */` right before a rule.

A suppression names its rules, by code or name, and gives its reason. It covers the block that
follows it, or the one that it begins, and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sourced_guide.claims.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sourced_guide.claims.model.finding import Finding

_ALLOW = re.compile(
    r"(?:<!--|/\*)\s*allow\b(?P<rules>[^:]*?)\s*(?::(?P<reason>.*?))?\s*(?:-->|\*/)\Z", re.DOTALL
)
_SEPARATORS = re.compile(r"[\s,]+")


@dataclass
class Suppression:
    """One suppression as it was written.

    `rules` are codes or names as written, `covers` the places in the block that follows, `used`
    those of its rules of which it has suppressed a finding.
    """

    written: str
    rules: tuple[str, ...]
    reason: str
    place: Place = field(default_factory=lambda: Place(""))
    covers: frozenset[Place] = frozenset()
    used: set[str] = field(default_factory=set)

    def suppresses(self, finding: Finding) -> bool:
        """Say whether it suppresses `finding`, and record that. Without a reason it never does."""
        named = {finding.rule, finding.name}.intersection(self.rules)
        if not (named and self.reason and finding.place in self.covers):
            return False
        self.used |= named
        return True


def parse_suppression(comment: str) -> Suppression | None:
    """Return the suppression that a comment of HTML or CSS is, or None for any other comment."""
    match = _ALLOW.match(comment)
    if not match:
        return None
    rules = tuple(filter(None, _SEPARATORS.split(match["rules"])))
    return Suppression(comment, rules, " ".join((match["reason"] or "").split()))


def unsuppressed(findings: Iterable[Finding], suppressions: Sequence[Suppression]) -> set[Finding]:
    """Return the findings that no suppression suppresses."""
    if not suppressions:
        return set(findings)
    covering: dict[Place, list[Suppression]] = {}
    for suppression in suppressions:
        for place in suppression.covers:
            covering.setdefault(place, []).append(suppression)
    return {
        finding
        for finding in findings
        # A list, not any(): every suppression of the finding records its use.
        if not [s for s in covering.get(finding.place, ()) if s.suppresses(finding)]
    }
