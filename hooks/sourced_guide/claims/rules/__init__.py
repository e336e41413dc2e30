"""Every rule, in one ordered list.

Codes are permanent: a removed rule leaves a comment in its place. A name states the fault, so that
it reads well after "allow". A rule reads the whole guide and yields findings; it has no side
effects.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.model.finding import Severity
from sourced_guide.claims.model.suppression import unsuppressed
from sourced_guide.claims.rules.citations import confirmations, disputed, resolution, syntax
from sourced_guide.claims.rules.pages import editorial, front_matter, glossary, readability
from sourced_guide.claims.rules.rule import Rule, findings_by_rule
from sourced_guide.claims.rules.settings import rules_in_use
from sourced_guide.claims.rules.sources import copied_words, snapshots, source_files
from sourced_guide.claims.rules.support import (
    entailment,
    opposites,
    other_group,
    quantities,
    second_hand,
)
from sourced_guide.claims.rules.visibility import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sourced_guide.claims.model.finding import Finding
    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.options import Options

RULES: tuple[Rule, ...] = (
    Rule(
        "SRC001",
        "claim-without-source",
        "a claim has no citation",
        resolution.without_source,
        required=True,
    ),
    Rule(
        "SRC002",
        "unknown-source",
        "the key has no source file",
        resolution.unknown_source,
        required=True,
    ),
    Rule(
        "SRC003",
        "unknown-passage",
        "the source has no such passage",
        resolution.unknown_passage,
        required=True,
    ),
    Rule(
        "SRC004",
        "citation-without-passage",
        "a citation names a source but no passage",
        resolution.without_passage,
        required=True,
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
        required=True,
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
        "SRC012",
        "opposite-of-passage",
        "the claim says the opposite of its passages",
        opposites.opposite_of_passage,
    ),
    Rule(
        "SRC013",
        "other-group",
        "the claim is about other people, another cancer, part of the body or country",
        other_group.other_group,
    ),
    Rule(
        "SRC014",
        "part-without-support",
        "one part of the claim (a clause, an item of a list) is in none of its passages",
        entailment.part_without_support,
    ),
    Rule(
        "SRC015",
        "second-hand",
        "a trial's figure or a guideline's advice is cited from a text that only reports it",
        second_hand.second_hand,
    ),
    Rule(
        "SRC016",
        "unsupported-citation-syntax",
        "a locator, prefix or form of Pandoc's that this guide does not support",
        syntax.unsupported_syntax,
    ),
    Rule(
        "LIB001",
        "invalid-source-file",
        "a source file breaks the schema",
        source_files.invalid_file,
        suppressible=False,
    ),
    Rule(
        "LIB002",
        "unused-source",
        "no page cites it",
        source_files.unused_source,
        suppressible=False,
    ),
    Rule(
        "LIB003",
        "unused-passage",
        "no claim cites it",
        source_files.unused_passage,
        suppressible=False,
    ),
    # These two need snapshots, which are not part of a build: see `guide verify`.
    Rule(
        "LIB004",
        "passage-not-in-snapshot",
        "its start and end are not found, or found twice",
        snapshots.passage_not_in_snapshot,
        suppressible=False,
    ),
    Rule(
        "LIB005",
        "figure-not-in-snapshot",
        "the passage lists a figure that its text lacks",
        snapshots.figure_not_in_snapshot,
        suppressible=False,
    ),
    Rule(
        "LIB006",
        "duplicate-source",
        "two files with one DOI, PMID or URL",
        source_files.duplicate_source,
        suppressible=False,
    ),
    # As LIB004 and LIB005.
    Rule(
        "LIB007",
        "copied-words",
        "reader text or `says` has 8 words in a row from the snapshot",
        copied_words.copied_words,
    ),
    Rule(
        "LIB008",
        "incomplete-source",
        "the record lacks what its type needs, or the reason why it cannot be known",
        source_files.incomplete_source,
        suppressible=False,
    ),
    Rule(
        "EDT001",
        "editorial-without-reason",
        "a page is editorial and does not say why",
        editorial.without_reason,
        suppressible=False,
    ),
    Rule(
        "EDT002",
        "unused-suppression",
        "a suppression that suppresses nothing",
        editorial.unused_suppression,
        suppressible=False,
    ),
    Rule(
        "EDT003",
        "claim-in-editorial",
        "text marked editorial states a figure, a medicine or a medical fact",
        editorial.claim_in_editorial,
    ),
    Rule("GLO001", "duplicate-term", "a term or alias defined twice", glossary.duplicate),
    Rule("GLO002", "unused-term", "no page uses it", glossary.unused),
    Rule(
        "GLO003",
        "unexplained-term",
        "a listed medical term is used on a page with no plain words beside its first use",
        glossary.unexplained,
    ),
    Rule(
        "REV001",
        "review-missing",
        "a page lacks its review front matter",
        front_matter.missing,
        suppressible=False,
    ),
    Rule(
        "REV002",
        "review-overdue",
        "its next review date has passed",
        front_matter.overdue,
        Severity.WARNING,
        suppressible=False,
    ),
    Rule(
        "REV003",
        "reviewer-disagrees",
        "a person who read claim and passages did not agree, and it is not resolved",
        disputed.reviewer_disagrees,
        suppressible=False,
    ),
    Rule(
        "REV004",
        "broken-review-log",
        "an entry of a review log does not follow from the one before",
        disputed.broken_review_log,
        suppressible=False,
    ),
    Rule(
        "TXT001",
        "hard-to-read",
        "a page is above the reading-level budget",
        readability.hard_to_read,
    ),
)
_UNUSED = "EDT002"
# Rules that judge a page by itself and its sources; the others need all pages.
_PAGE_RULES = {*(f"SRC00{number}" for number in range(1, 10)), "GLO003"}


def project_rules(options: Options) -> list[Rule]:
    """Return the rules that a project does not ignore, with the severity that it sets.

    Raises UnusableProjectError where a setting names no rule, or one that it cannot change.
    """
    return rules_in_use(RULES, options)


def check(guide: Guide, rules: Iterable[Rule] = RULES) -> list[Finding]:
    """Return the findings of the rules on the guide, by file and line.

    Suppressed findings and rules that the project ignores are left out.
    """
    selected = {rule.code for rule in rules}
    active = {
        rule.code: rule for rule in project_rules(guide.project.options) if rule.code in selected
    }
    checks_suppressions = _UNUSED in active and bool(guide.suppressions)
    # Whether a suppression is used shows only when every rule that it may name has run.
    first = {rule.code: rule for rule in RULES} | active if checks_suppressions else active
    found: set[Finding] = set()
    suppressible: list[Finding] = []
    judging = [rule for code, rule in first.items() if code != _UNUSED]
    for rule, findings in findings_by_rule(judging, guide):
        (suppressible.extend if rule.suppressible else found.update)(findings)
    found |= unsuppressed(suppressible, guide.suppressions)
    if checks_suppressions:
        found = {finding for finding in found if finding.rule in active}
        found |= set(active[_UNUSED].findings(guide))
    return sorted(found)


def check_page(guide: Guide) -> list[Finding]:
    """Return what the rules that judge a page by itself find on a guide of one page."""
    return check(guide, [rule for rule in RULES if rule.code in _PAGE_RULES])
