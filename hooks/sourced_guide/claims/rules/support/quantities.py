"""SRC005 and SRC010: every figure is its source's, and two pages do not give different ones."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sourced_guide.claims.model.place import Place
from sourced_guide.claims.project.store.store import digest_of
from sourced_guide.claims.rules.support.cited_claims import faults_of_each
from sourced_guide.claims.rules.support.derived_figures import derived_figure_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sourced_guide.claims.model.source import Passage
    from sourced_guide.claims.model.statement import Statement
    from sourced_guide.claims.project.guide import Guide

_SAY_WHY = 'say why in a box titled "Sources differ" on this page, or give one figure'


def not_in_passage(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A number in the claim is in none of its passages.

    Why:  Readers act on numbers, and a wrong number is the hardest error to see.
    Bad:  About 20 out of 100 people ... [@key#passage]  (the passage says 15.67 percent)
    Good: About 16 out of 100 people ... [@key#passage]
    Fix:  Look up the number in the source. Correct the claim, or add the figure to the passage's
          `figures`. Value, unit and bound ("up to") must agree. A number may be rounded if the
          claim says "about" or "nearly". The complement of a percentage is accepted: 16 percent do,
          so 84 out of 100 do not. If a claim has both numbers, they must add up to 100. "The other
          84" must be what the share before it leaves, "11 fewer" the difference of two shares, and
          a picture of people shows the figure in the words below it. A figure
          belongs to the words that it stands with in the passage, "few" is no word for 91 percent,
          and "a few months" none for a few days.
    """
    yield from faults_of_each(guide, "SRC005", "figures")
    yield from derived_figure_faults(guide)


def conflicting(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """Two claims give different figures for the same thing with no "Sources differ" box.

    Why:  Readers who see two numbers for one thing trust neither, unless the guide explains why.
    Bad:  30 to 70 out of 100 people ... on one page, 16 out of 100 ... on another
    Good: both in a box titled "Sources differ" that says who was counted
    Fix:  Add a box titled "Sources differ" to both pages, with a citation for either side, or give
          one figure. Figures are for the same thing if their passages have the same `measure`.
    """
    claims = [
        (page.path, each, measures)
        for _, page in guide.pages
        for each in page.claims
        if (measures := _by_measure(guide.references.passages(each.citations).values()))
    ]
    # It compares claims of all pages, but few of them have figures of one measure.
    key = digest_of(*map(repr, claims)) if guide.project.store.is_open else ""
    kept = guide.project.store.shelf("SRC010").get(key, partial(_conflicts, claims))
    for place, message in kept:
        yield Place(*place), message, _SAY_WHY


def _conflicts(
    claims: Iterable[tuple[str, Statement, Mapping[str, list[Passage]]]],
) -> list[tuple[tuple[str, int, int], str]]:
    # As above.
    from sourced_guide.claims.rules.support.faults.figures import conflicts  # noqa: PLC0415

    return conflicts(claims)


def _by_measure(cited: Iterable[Passage]) -> dict[str, list[Passage]]:
    measures: dict[str, list[Passage]] = {}
    for passage in cited:
        if passage.measure:
            measures.setdefault(passage.measure, []).append(passage)
    return measures
