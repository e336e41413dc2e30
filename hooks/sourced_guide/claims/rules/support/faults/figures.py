"""Figures that are not their passages' (SRC005), and different ones for one thing (SRC010)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourced_guide.claims.language.quantities.binding import exchanged_figures
from sourced_guide.claims.language.quantities.entailment import (
    agree,
    entailed_figures,
    is_only_rounded,
    missing_figures,
    nearest_figure,
)
from sourced_guide.claims.language.quantities.parse import figures_in
from sourced_guide.claims.language.quantities.vague import (
    is_told_by_most,
    may_be_vague,
    unsupported_quantities,
    works_without_citation,
)
from sourced_guide.claims.rules.support.faults.arithmetic import impossible_shares, in_another_part

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from sourced_guide.claims.language.quantities.quantity import Figure
    from sourced_guide.claims.model.source import Passage
    from sourced_guide.claims.model.statement import Statement
    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.rules.support.cited_claims import CitedClaim

_BOX = "sources differ"


def finder(_guide: Guide) -> Callable[[CitedClaim], Iterator[tuple[str, str]]]:
    """Return what yields the faults of a claim, and what to do."""
    return _faults


def _faults(each: CitedClaim) -> Iterator[tuple[str, str]]:
    text, passages = each.claim.text, list(each.cited.values())
    if impossible := list(impossible_shares(text)):
        yield from ((f"'{share}' is more than the whole", "correct it") for share in impossible)
        return
    if figures_in(text):
        yield from _stated_figure_faults(each, passages)
    if may_be_vague(text):
        says = [" ".join((passage.says, *passage.figures)) for passage in passages]
        works = len({passage.source_file for passage in passages})
        for words in (
            *unsupported_quantities(text, says),
            *works_without_citation(text, says, works),
        ):
            message = f"'{words}' is not in {_quoted(each.cited.keys())}"
            yield message, "say how many or how long as the passage does"


def _stated_figure_faults(each: CitedClaim, passages: list[Passage]) -> Iterator[tuple[str, str]]:
    text = each.claim.text
    for figure in missing_figures(text, passages):
        if is_told_by_most(figure, each.says):
            continue
        if is_only_rounded(figure, text, passages):
            yield _rounded(figure, passages)
        else:
            message = f"the figure '{figure.written}' is not in {_quoted(each.cited.keys())}"
            yield message, _what_the_passage_has(figure, passages)
    for figure, meant in exchanged_figures(text, each.says):
        message = f"the figure '{figure.written}' is about something else in the passage"
        yield message, f"it has '{meant.written}' for this: look both up"
    for figure in in_another_part(text, each.says):
        message = f"the figure '{figure.written}' is a rest or a difference in the passage"
        yield message, "give the share of those whom the sentence is about"


def conflicts(
    claims: Iterable[tuple[str, Statement, Mapping[str, list[Passage]]]],
) -> list[tuple[tuple[str, int, int], str]]:
    """Return where a claim differs from another one, and how."""
    by_measure: dict[str, list[_Measured]] = {}
    for path, claim, measures in claims:
        for measure, passages in measures.items():
            measured = _Measured(path, measure, claim, _figures(claim.text, passages))
            by_measure.setdefault(measure, []).append(measured)
    return [_conflict(*pair) for each in by_measure.values() for pair in _differing(each)]


def _differing(claims: Sequence[_Measured]) -> Iterator[tuple[_Measured, _Measured]]:
    """Yield each claim of a measure that differs from an earlier one, and that one."""
    settled = {claim.page for claim in claims if claim.in_box}
    # The first claim with a set of figures; of two pages without a box the later is reported.
    known = {claim.figures: claim for claim in reversed(claims) if claim.page in settled}
    for claim in claims:
        if claim.page in settled:
            continue
        if other := next((earlier for earlier in known.values() if _differ(claim, earlier)), None):
            yield claim, other
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


def _conflict(claim: _Measured, other: _Measured) -> tuple[tuple[str, int, int], str]:
    at, against = claim.statement, other.statement
    here, there = (" and ".join(f"'{f.written}'" for f in one.figures) for one in (claim, other))
    message = f"{here} is given here for '{claim.measure}', but {there} at {against.file}"
    return (at.file, at.line, at.column), f"{message}:{against.line}"


def _figures(claim: str, passages: Iterable[Passage]) -> tuple[Figure, ...]:
    found = (each for passage in passages for each in entailed_figures(claim, passage))
    return tuple(dict.fromkeys(each._replace(start=0, end=0) for each in found))


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
