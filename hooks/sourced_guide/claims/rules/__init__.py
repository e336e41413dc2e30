"""Every rule, in one ordered list.

A code is permanent: a rule that goes leaves a comment in its place. A name states the fault, so
that it reads well after "allow". A rule looks at the whole guide and yields what it finds; it
prints nothing and stops nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from sourced_guide.claims.model.finding import Finding, Severity
from sourced_guide.claims.model.place import Place
from sourced_guide.claims.model.suppression import allow
from sourced_guide.claims.rules.citations import confirmations, resolution, syntax
from sourced_guide.claims.rules.pages import editorial, front_matter, glossary, readability
from sourced_guide.claims.rules.sources import snapshots, source_files
from sourced_guide.claims.rules.support import entailment, quantities
from sourced_guide.claims.rules.visibility import unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sourced_guide.claims.project.guide import Guide

# A fault as a rule tells it: where, what is wrong, what to do.
Fault = tuple[Place, str, str]


@dataclass(frozen=True)
class Rule:
    """One rule: its permanent code, its name, what it says, and how it looks for faults."""

    code: str
    name: str
    says: str
    check: Callable[[Guide], Iterable[Fault]]
    severity: Severity = Severity.ERROR

    def findings(self, guide: Guide) -> Iterator[Finding]:
        """Yield what this rule finds on the guide."""
        for place, message, help_ in self.check(guide):
            yield Finding(place, self.code, self.name, message, help_, self.severity)


RULES: tuple[Rule, ...] = (
    Rule("SRC001", "claim-without-source", "a claim has no citation", resolution.without_source),
    Rule("SRC002", "unknown-source", "the key has no source file", resolution.unknown_source),
    Rule("SRC003", "unknown-passage", "the source has no such passage", resolution.unknown_passage),
    Rule(
        "SRC004",
        "citation-without-passage",
        "a citation names a source but no passage",
        resolution.without_passage,
    ),
    Rule(
        "SRC005",
        "figure-not-in-passage",
        "a number in the claim is in none of its passages",
        quantities.not_in_passage,
    ),
    Rule(
        "SRC006",
        "stronger-than-passage",
        "the claim is more certain or wider than its passages",
        entailment.stronger_than_passage,
    ),
    Rule(
        "SRC007",
        "weak-support",
        "claim and passages share too little to be about the same thing",
        entailment.weak_support,
    ),
    Rule(
        "SRC008",
        "outdated-source",
        "a cited source is superseded or retracted",
        resolution.outdated_source,
    ),
    Rule(
        "SRC009",
        "unreadable-text",
        "reader-visible text that the checker cannot see into",
        unreadable.unreadable_text,
    ),
    Rule(
        "SRC010",
        "conflicting-figures",
        'two pages give different figures for the same thing with no "sources differ" note',
        quantities.conflicting,
    ),
    Rule(
        "SRC011",
        "changed-since-confirmed",
        "a claim or its passage changed after they were confirmed to agree",
        confirmations.changed_since_confirmed,
    ),
    Rule(
        "SRC016",
        "unsupported-citation-syntax",
        "a locator, prefix or form of Pandoc's that this guide does not take",
        syntax.unsupported_syntax,
    ),
    Rule(
        "LIB001",
        "invalid-source-file",
        "a source file breaks the schema",
        source_files.invalid_file,
    ),
    Rule("LIB002", "unused-source", "no page cites it", source_files.unused_source),
    Rule("LIB003", "unused-passage", "no claim cites it", source_files.unused_passage),
    # These two need snapshots, which are not part of a build: see `guide verify`.
    Rule(
        "LIB004",
        "passage-not-in-snapshot",
        "its start and end are not found, or found twice",
        snapshots.passage_not_in_snapshot,
    ),
    Rule(
        "LIB005",
        "figure-not-in-snapshot",
        "the passage lists a figure that its text lacks",
        snapshots.figure_not_in_snapshot,
    ),
    Rule(
        "LIB006",
        "duplicate-source",
        "two files with one DOI, PMID or URL",
        source_files.duplicate_source,
    ),
    Rule(
        "EDT001",
        "editorial-without-reason",
        "a page is editorial and does not say why",
        editorial.without_reason,
    ),
    Rule(
        "EDT002",
        "unused-suppression",
        "a suppression that suppresses nothing",
        editorial.unused_suppression,
    ),
    Rule("GLO001", "duplicate-term", "a term or alias defined twice", glossary.duplicate),
    Rule("GLO002", "unused-term", "no page uses it", glossary.unused),
    Rule(
        "GLO003",
        "unexplained-term",
        "a listed medical term is used on a page with no plain words beside its first use",
        glossary.unexplained,
    ),
    Rule("REV001", "review-missing", "a page lacks its review front matter", front_matter.missing),
    Rule(
        "REV002",
        "review-overdue",
        "its next review date has passed",
        front_matter.overdue,
        Severity.WARNING,
    ),
    Rule(
        "TXT001",
        "hard-to-read",
        "a page is above the reading-level budget",
        readability.hard_to_read,
    ),
)
_UNUSED = next(rule for rule in RULES if rule.code == "EDT002")


def check(guide: Guide, rules: Iterable[Rule] = RULES) -> list[Finding]:
    """Return everything the rules find on the guide and no suppression allows, by file and line."""
    wanted = list(rules)
    judged = _UNUSED in wanted and bool(guide.suppressions)
    # Whether a suppression is used shows only when every rule that it may name has run.
    first = [rule for rule in (RULES if judged else wanted) if rule is not _UNUSED]
    found = allow(chain.from_iterable(rule.findings(guide) for rule in first), guide.suppressions)
    if judged:
        codes = {rule.code for rule in wanted}
        found = {finding for finding in found if finding.rule in codes}
        found |= set(_UNUSED.findings(guide))
    return sorted(found)
