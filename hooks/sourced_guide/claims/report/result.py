"""The outcome of a check, which the output formats show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sourced_guide.claims.model.finding import Finding
    from sourced_guide.claims.rules.docs.explanation import Documented


@dataclass(frozen=True)
class Outcome:
    """The findings of one check, sorted, and what was checked.

    `rules` are those that ran, `ignored` the codes of those that the project ignores; `claims` and
    `sources` count what was checked. `resolved` counts the entries of the baseline that no longer
    occur; it is None where there is no baseline. `not_judged` are the codes of rules that need all
    pages, where only some were checked.
    """

    findings: Sequence[Finding]
    rules: Sequence[Documented]
    claims: int
    sources: int
    resolved: int | None = None
    ignored: Sequence[str] = ()
    not_judged: Sequence[str] = ()

    @property
    def stops_the_build(self) -> bool:
        """Whether there is an error that is not in the baseline."""
        return any(finding.stops_the_build for finding in self.findings)
