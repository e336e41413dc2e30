"""EDT001 to EDT003: editorial text and suppressions have reasons, and are used as intended."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sourced_guide.claims.model.place import Place
from sourced_guide.claims.model.statement import Role
from sourced_guide.claims.rules.messages import shortened
from sourced_guide.claims.rules.sources.copied_words import NEED_SNAPSHOTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sourced_guide.claims.model.statement import PageText
    from sourced_guide.claims.model.suppression import Suppression
    from sourced_guide.claims.project.guide import Guide

_LONGEST_QUOTE = 60
# A page about the guide may have a few sentences about the illness as examples.
_TOO_MANY_EXAMPLES = 5
_CODE_KINDS = ("a code block", "raw HTML")
_CITE = "remove { .editorial } and cite a passage, or only say where to read about it"
_SOURCE_THE_PAGE = "remove `editorial:` and give its sentences sources"

# Ways to write "yes" and "no", which give no reason.
_NO_REASONS = {"", "true", "yes", "on", "1", "false", "no", "off", "none"}


def without_reason(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A page is marked editorial and does not say why.

    Why:  Nothing on such a page is checked, so everyone must be able to see why.
    Bad:  editorial: true
    Good: editorial: explains how this guide is made
    Fix:  Write the reason after `editorial:`. If the page is about the illness, remove the line and
          cite sources.
    """
    for file, _ in guide.pages:
        reason = file.meta.get("editorial")
        if file.is_editorial and str(reason or "").strip().lower() in _NO_REASONS:
            line, column = file.meta_places.get("editorial", (1, 1))
            yield (
                Place(guide.project.shown(guide.project.docs / file.path), line, column),
                "the page is editorial and gives no reason",
                "write the reason after `editorial:`, or remove it and cite sources",
            )


def claim_in_editorial(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """Text marked editorial states a figure, a medicine or a medical fact.

    Why:  Text marked editorial is not compared with a source. Readers take a dose or a fact in it
          for granted, and nobody has checked it.
    Bad:  Take 16 mg of dexamethasone each day.
          { .editorial }
    Good: Read more about doses on the page on steroids.
          { .editorial }
    Fix:  Remove the mark and cite a passage, or only say where to read about it. A page with
          `editorial:` must be about the guide, not about the illness.
    Suppress: If the finding is wrong, put a comment with your reason on a line of its own, right
          before the block. `guide report` lists it. Findings about a whole editorial page cannot be
          suppressed.
    """
    kept = guide.project.store.shelf("EDT003")
    for file, page in guide.pages:
        shown = guide.project.shown(guide.project.docs / file.path)
        key = page.digest and f"{page.digest} {file.is_editorial}"
        found = kept.get(key, partial(_medical_statements, page, figures=not file.is_editorial))
        medical = [(page.statements[at], words) for at, words in found]
        if not file.is_editorial:
            for statement, words in medical:
                quote = shortened(statement.text, _LONGEST_QUOTE)
                yield statement.place, f"'{words}' is not about the guide: '{quote}'", _CITE
        elif len(medical) >= _TOO_MANY_EXAMPLES:
            line, column = file.meta_places.get("editorial", (1, 1))
            quote = shortened(medical[0][0].text, _LONGEST_QUOTE)
            count = f"{len(medical)} statements about the illness"
            message = f"the page is editorial but makes {count}: '{quote}'"
            yield Place(shown, line, column), message, _SOURCE_THE_PAGE


def _medical_statements(page: PageText, *, figures: bool) -> list[tuple[int, str]]:
    """Return the numbers of the editorial statements about the illness, with words of each."""
    # Most checks have no new page.
    from sourced_guide.claims.language.medical_statements import (  # noqa: PLC0415
        medical_statement_in,
    )

    return [
        (at, words)
        for at, statement in enumerate(page.statements)
        if statement.role is Role.EDITORIAL
        and statement.kind not in _CODE_KINDS
        and (words := medical_statement_in(statement.text, figures=figures))
    ]


def unused_suppression(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A suppression that suppresses nothing.

    Why:  A suppression that is no longer needed would hide the next error in the same place.
    Bad:  <!-- allow SRC006 -->  (no reason; or SRC006 finds nothing in the block below)
    Good: <!-- allow SRC006: the trial itself says "all", see its table 2 -->
    Fix:  Remove it. If it is needed, put it on a line of its own right before the block, with the
          code of the rule, a colon and your reason.
    """
    for suppression in guide.suppressions:
        for fault, help_ in _faults(suppression, _not_run(guide)):
            yield suppression.place, f"the suppression '{suppression.written}' {fault}", help_


def _not_run(guide: Guide) -> Sequence[str]:
    return () if guide.project.snapshots else NEED_SNAPSHOTS


def _faults(suppression: Suppression, not_run: Sequence[str]) -> Iterator[tuple[str, str]]:
    if not suppression.rules:
        yield "names no rule", "write <!-- allow SRC006: reason -->"
    elif not suppression.reason:
        yield "gives no reason, so it allows nothing", "write the reason after a colon"
    else:
        for rule in suppression.rules:
            if rule not in suppression.used and rule not in not_run:
                yield (
                    f"allows {rule}, which finds nothing in the block after it",
                    "remove it, or put it on a line of its own right before the block",
                )
