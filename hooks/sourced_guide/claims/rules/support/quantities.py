"""SRC005 and SRC010: every figure is its source's, and two pages do not give different ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sourced_guide.claims.language.quantities.binding import exchanged_figures
from sourced_guide.claims.language.quantities.entailment import (
    agree,
    entailed_figures,
    is_only_rounded,
    missing_figures,
    nearest_figure,
)
from sourced_guide.claims.language.quantities.vague import unsupported_quantities
from sourced_guide.claims.rules.support.cited_claims import cited_claims

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sourced_guide.claims.language.quantities.quantity import Figure
    from sourced_guide.claims.model.place import Place
    from sourced_guide.claims.model.source import Passage
    from sourced_guide.claims.model.statement import Statement
    from sourced_guide.claims.project.guide import Guide

_BOX = "sources differ"
_SAY_WHY = 'say why in a box titled "Sources differ" on this page, or give one figure'


def not_in_passage(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A number in the claim is in none of its passages.

    Why:  Readers act on numbers, and a wrong number is the hardest error to see.
    Bad:  About 20 out of 100 people ... [@key#passage]  (the passage says 15.67 percent)
    Good: About 16 out of 100 people ... [@key#passage]
    Fix:  Look up the number in the source. Correct the claim, or add the figure to the passage's
          `figures`. Value, unit and bound ("up to") must agree. A number may be rounded if the
          claim says "about" or "nearly". The complement of a percentage is accepted: 16 percent do,
          so 84 out of 100 do not. If a claim has both numbers, they must add up to 100. A figure
          belongs to the words that it stands with in the passage, "few" is no word for 91 percent,
          and "a few months" none for a few days.
    """
    for each in cited_claims(guide):
        place, text, passages = each.claim.place, each.claim.text, list(each.cited.values())
        for figure in missing_figures(text, passages):
            if is_only_rounded(figure, text, passages):
                yield place, *_rounded(figure, passages)
            else:
                message = f"the figure '{figure.written}' is not in {_quoted(each.cited.keys())}"
                yield place, message, _what_the_passage_has(figure, passages)
        for figure, meant in exchanged_figures(text, each.says):
            message = f"the figure '{figure.written}' is about something else in the passage"
            yield place, message, f"it has '{meant.written}' for this: look both up"
        says = [" ".join((passage.says, *passage.figures)) for passage in passages]
        for words in unsupported_quantities(text, says):
            message = f"'{words}' is not in {_quoted(each.cited.keys())}"
            yield place, message, "say how many or how long as the passage does"


def conflicting(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """Two claims give different figures for the same thing with no "Sources differ" box.

    Why:  Readers who see two numbers for one thing trust neither, unless the guide explains why.
    Bad:  30 to 70 out of 100 people ... on one page, 16 out of 100 ... on another
    Good: both in a box titled "Sources differ" that says who was counted
    Fix:  Add a box titled "Sources differ" to both pages, with a citation for either side, or give
          one figure. Figures are for the same thing if their passages have the same `measure`.
    """
    by_measure: dict[str, list[_Measured]] = {}
    for claim in _measured(guide):
        by_measure.setdefault(claim.measure, []).append(claim)
    for claims in by_measure.values():
        settled = {claim.page for claim in claims if claim.in_box}
        # The first claim with a set of figures; of two pages without a box the later is reported.
        known = {claim.figures: claim for claim in reversed(claims) if claim.page in settled}
        for claim in claims:
            if claim.page in settled:
                continue
            if other := next(
                (earlier for earlier in known.values() if _differ(claim, earlier)), None
            ):
                yield _conflict(claim, other)
            known.setdefault(claim.figures, claim)


@dataclass(frozen=True)
class _Measured:
    """A claim that cites a passage with a measure, and its figures of that measure.

    The figures are without their place in the claim, so that equal ones are one.
    """

    page: str
    measure: str
    statement: Statement
    figures: tuple[Figure, ...]

    @property
    def in_box(self) -> bool:
        return self.statement.box.lower().startswith(_BOX)


def _conflict(claim: _Measured, other: _Measured) -> tuple[Place, str, str]:
    at, against = claim.statement, other.statement
    here, there = (" and ".join(f"'{f.written}'" for f in one.figures) for one in (claim, other))
    message = f"{here} is given here for '{claim.measure}', but {there} at {against.file}"
    return at.place, f"{message}:{against.line}", _SAY_WHY


def _measured(guide: Guide) -> Iterator[_Measured]:
    for file, page in guide.pages:
        for claim in page.claims:
            for measure, passages in _by_measure(
                guide.references.passages(claim.citations).values()
            ).items():
                figures = dict.fromkeys(
                    replace(each, start=0, end=0)
                    for passage in passages
                    for each in entailed_figures(claim.text, passage)
                )
                yield _Measured(file.path, measure, claim, tuple(figures))


def _by_measure(cited: Iterable[Passage]) -> dict[str, list[Passage]]:
    measures: dict[str, list[Passage]] = {}
    for passage in cited:
        if passage.measure:
            measures.setdefault(passage.measure, []).append(passage)
    return measures


def _differ(one: _Measured, other: _Measured) -> bool:
    """Say whether neither claim's figures are all among the other's."""
    return bool(one.figures and other.figures) and not any(
        all(any(agree(figure, known) for known in among.figures) for figure in claim.figures)
        for claim, among in ((one, other), (other, one))
    )


def _quoted(cited: Collection[tuple[str, str]]) -> str:
    names = ", ".join(f"'{key}#{passage}'" for key, passage in cited)
    return names if len(cited) == 1 else f"any of {names}"


def _rounded(figure: Figure, passages: list[Passage]) -> tuple[str, str]:
    message = f"the figure '{figure.written}' is rounded, and the claim does not say so"
    near = nearest_figure(figure, passages)
    has = f"the passage has '{near.written}': " if near else ""
    return message, f"{has}write 'about {figure.written}', or the exact figure"


def _what_the_passage_has(figure: Figure, passages: list[Passage]) -> str:
    near = nearest_figure(figure, passages)
    has = f"the passage has '{near.written}': " if near else ""
    return (
        f"{has}correct the claim, or add the figure to the passage's `figures` if the source has it"
    )
