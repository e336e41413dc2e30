"""Every rule, in one ordered list.

A code is permanent: a rule that goes leaves a comment in its place. A name states the fault, so
that it reads well after "allow". A rule looks at the whole site and yields what it finds; it
prints nothing and stops nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from guide.claims.findings import Finding, Place, Severity
from guide.claims.rules import citing, editorial, library, reading
from guide.claims.site import Site

# A fault as a rule tells it: where, what is wrong, what to do.
Fault = tuple[Place, str, str]


@dataclass(frozen=True)
class Rule:
    """One rule: its permanent code, its name, what it says, and how it looks for faults."""

    code: str
    name: str
    says: str
    check: Callable[[Site], Iterable[Fault]]
    severity: Severity = Severity.ERROR

    def findings(self, site: Site) -> Iterator[Finding]:
        """Yield what this rule finds on the site."""
        for place, message, help_ in self.check(site):
            yield Finding(place, self.code, self.name, message, help_, self.severity)


RULES: tuple[Rule, ...] = (
    Rule("SRC001", "claim-without-source", "a claim has no citation", citing.without_source),
    Rule("SRC002", "unknown-source", "the key has no source file", citing.unknown_source),
    Rule("SRC003", "unknown-passage", "the source has no such passage", citing.unknown_passage),
    Rule(
        "SRC004",
        "citation-without-passage",
        "a citation names a source but no passage",
        citing.without_passage,
    ),
    # SRC005 to SRC008 are kept for figures, strength, support and outdated sources.
    Rule(
        "SRC009",
        "unreadable-text",
        "reader-visible text that the checker cannot see into",
        reading.unreadable_text,
    ),
    # SRC010 is kept for conflicting figures.
    Rule("LIB001", "invalid-source-file", "a source file breaks the schema", library.invalid_file),
    Rule("LIB002", "unused-source", "no page cites it", library.unused_source),
    Rule("LIB003", "unused-passage", "no claim cites it", library.unused_passage),
    # LIB004 and LIB005 need snapshots, which are not part of a build: see `claims verify`.
    Rule(
        "LIB006",
        "duplicate-source",
        "two files with one DOI, PMID or URL",
        library.duplicate_source,
    ),
    Rule(
        "EDT001",
        "editorial-without-reason",
        "a page is editorial and does not say why",
        editorial.without_reason,
    ),
)


def check(site: Site, rules: Iterable[Rule] = RULES) -> list[Finding]:
    """Return everything the rules find on the site, by file and line."""
    return sorted({finding for rule in rules for finding in rule.findings(site)})
