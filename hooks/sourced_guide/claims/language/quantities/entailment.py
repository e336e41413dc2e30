"""Whether a passage entails a claim's figure: by value, unit and bound, to the precision shown.

A claim's number must equal a number of the passage rounded to the precision that the claim shows:
"about 16 out of 100" follows from 15.67 percent, "about 20 out of 100" does not, and neither does
"16 out of 100", which does not say that it is rounded. A percentage entails its complement where
the claim is about the others: "84 could walk and 16 could not".
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from sourced_guide.claims.language.quantities.compare import complement_of, equals, is_as_precise
from sourced_guide.claims.language.quantities.evidence import (
    StatedFigures,
    without_contradictions,
    without_repeated,
)
from sourced_guide.claims.language.quantities.lexicon import UNITS, WORKS
from sourced_guide.claims.language.quantities.parse import all_figures_in, figures_in
from sourced_guide.claims.language.quantities.quantity import (
    COUNT,
    DATE,
    ENTITIES,
    PERCENT,
    Bound,
    Figure,
)
from sourced_guide.claims.language.tokens import cached_by_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sourced_guide.claims.language.quantities.compare import ComplementPair
    from sourced_guide.claims.model.source import Passage

_NEXT_WORD = re.compile(r" (?:other )?([a-z]+)", re.IGNORECASE)
_OF = re.compile(r"\b(?:out )?of $", re.IGNORECASE)
_YEAR, _YEAR_SIZE = UNITS["year"]
_AGES = range(10, 111)
_HUNDRED = Decimal(100)


def missing_figures(claim_text: str, passages: Sequence[Passage]) -> list[Figure]:
    """Return the figures of a claim that none of its passages entails.

    One passage has to, by what it says or by its list of figures.
    """
    claim = _claim_figures(claim_text)
    if not claim.figures:
        return []
    # More figures entail more, and what the passages say has those of most claims.
    if not _not_entailed(claim, [_passage_figures(passage.says, ()) for passage in passages]):
        return []
    given = [_passage_figures(passage.says, passage.figures) for passage in passages]
    works = len({passage.source_file for passage in passages})
    return [
        figure
        for figure in _not_entailed(claim, given)
        if not (figure.low == works and _counts_works(claim_text, figure))
    ]


def _not_entailed(claim: StatedFigures, given: Sequence[StatedFigures]) -> list[Figure]:
    wrong = [pair.complement for pair in claim.complement_pairs if not _adds_up(pair, given)]
    return [
        figure
        for figure in claim.figures
        if figure in wrong or not any(_is_entailed(figure, claim, stated) for stated in given)
    ]


def is_only_rounded(figure: Figure, claim_text: str, passages: Iterable[Passage]) -> bool:
    """Say whether all that a claim's figure lacks is an "about"."""
    claim = _claim_figures(claim_text)
    approximate = figure._replace(is_approximate=True)
    rounded = replace(claim, figures=(approximate, *claim.figures))
    return not figure.is_approximate and any(
        _is_entailed(approximate, rounded, _passage_figures(passage.says, passage.figures))
        for passage in passages
    )


def entailed_figures(claim_text: str, passage: Passage) -> list[Figure]:
    """Return the figures of a claim that a passage entails, without "out of 100"."""
    claim = _claim_figures(claim_text)
    if not claim.figures:
        return []
    given = _passage_figures(passage.says, passage.figures)
    return [
        figure
        for figure in claim.figures
        if not figure.is_denominator and _is_entailed(figure, claim, given)
    ]


def agree(one: Figure, other: Figure) -> bool:
    """Say whether the figures of two claims are one, or one of them rounded, or its complement."""
    for figure, known in ((one, other), (other, one)):
        contexts = StatedFigures("", (figure,)), StatedFigures("", (known,))
        readings = list(_comparable_readings(figure, known, *contexts))
        if PERCENT in (figure.unit, known.unit) and all(
            either.unit == PERCENT or either.is_unitless for either in (figure, known)
        ):
            readings += (known, complement_of(known))
        if any(equals(figure, reading) for reading in readings):
            return True
    return False


def nearest_figure(figure: Figure, passages: Iterable[Passage]) -> Figure | None:
    """Return the passages' figure that an editor may have meant: near it, or the same number."""
    given = [
        known
        for passage in passages
        for known in _passage_figures(passage.says, passage.figures).figures
        if not (known.is_implied or known.is_denominator)
    ]
    near = [known for known in given if known.unit == figure.unit or _may_be_share(figure, known)]
    if near:
        return min(near, key=lambda known: _distance(figure, known))
    number = figure.low / figure.unit_size
    return next((known for known in given if known.low / known.unit_size == number), None)


def _distance(figure: Figure, known: Figure) -> Decimal:
    return abs(known.low - figure.low) + abs(known.high - figure.high)


@cached_by_text
def _claim_figures(text: str) -> StatedFigures:
    return StatedFigures(text, figures_in(text))


@cached_by_text
def _passage_figures(says: str, listed: tuple[str, ...]) -> StatedFigures:
    """Return the figures of a passage: those of its summary, and those that it lists."""
    in_summary = tuple(without_contradictions(says, all_figures_in(says)))
    in_list = [
        figure for text in listed for figure in without_contradictions(text, all_figures_in(text))
    ]
    return StatedFigures(
        "; ".join((says, *listed)), (*in_summary, *without_repeated(in_summary, in_list))
    )


def _may_be_share(figure: Figure, known: Figure) -> bool:
    return figure.is_unitless and known.unit == PERCENT


def _adds_up(pair: ComplementPair, given: Iterable[StatedFigures]) -> bool:
    """Say whether a pair makes the whole, or a passage counts both: "50 and the other 51"."""
    counts = {pair.share.low, pair.complement.low}
    return pair.adds_up or any(counts <= stated.counts for stated in given)


def _is_entailed(figure: Figure, claim: StatedFigures, given: StatedFigures) -> bool:
    if figure.is_denominator and figure.low == _HUNDRED and PERCENT in given.units:
        return True
    if _is_count_of(figure):
        # "42 of 50": a passage that gives 84 percent does not say of how many.
        return given.counts.issuperset(figure.parts)
    readings = [
        reading
        for known in given.figures
        for reading in _comparable_readings(figure, known, claim, given)
    ]
    may_be_rounded = claim.may_be_rounded(figure)

    def is_one_of(readings: Iterable[Figure], figure: Figure = figure) -> bool:
        return any(
            equals(figure, reading) and (may_be_rounded or is_as_precise(figure, reading))
            for reading in readings
        )

    if is_one_of(readings):
        return True
    if any(equals(figure, rest) for rest in _complements(figure, claim, given)):
        return True
    singles = [reading for reading in readings if not reading.is_range]
    ends = (figure._replace(high=figure.low), figure._replace(low=figure.high))
    return figure.is_range and all(is_one_of(singles, end) for end in ends)


def _is_count_of(figure: Figure) -> bool:
    """Say whether a share is of as many as were counted, not of a round number such as 100."""
    if figure.unit != PERCENT or len(figure.parts) != 2:
        return False
    number, whole = figure.parts
    return whole > 10 and whole not in _ROUND_WHOLES and not (number == 1 and whole < _HUNDRED)


_ROUND_WHOLES = {Decimal(10) ** power for power in range(1, 8)}


def _counts_works(text: str, figure: Figure) -> bool:
    """Say whether a claim counts the sources that it cites: "three reviews found"."""
    word = _NEXT_WORD.match(text, figure.end)
    return figure.unit == COUNT and word is not None and word[1].lower() in WORKS


def _comparable_readings(
    figure: Figure, known: Figure, claim: StatedFigures, given: StatedFigures
) -> Iterator[Figure]:
    """Yield a passage's figure in every reading in which a claim's can be compared with it."""
    if figure.counted_noun and known.counted_noun and figure.counted_noun != known.counted_noun:
        return
    if known.unit == figure.unit:
        yield known
    elif figure.unit == COUNT:
        yield from _as_counts(figure, known, claim)
    elif known.is_unitless and figure.unit in given.units - ENTITIES:
        # "CT found 70 percent, MRI 93": the second is a percentage too.
        yield _with_unit(known, figure.unit, figure.unit_size)
    elif known.is_unitless and figure.unit == _YEAR and known.bound is not Bound.NONE:
        # "older than 60"
        yield _with_unit(known, _YEAR, _YEAR_SIZE)


def _complements(figure: Figure, claim: StatedFigures, given: StatedFigures) -> Iterator[Figure]:
    """Yield what a passage's percentages leave of 100, where a claim's figure may be that."""
    is_share = any(figure == pair.share for pair in claim.complement_pairs)
    is_stated = is_share and not given.mentions_complement
    may_be = figure.unit == PERCENT or figure.is_unitless
    if may_be and not is_stated and claim.may_be_complement(figure):
        for known in given.figures:
            if known.unit == PERCENT or (known.is_unitless and PERCENT in given.units):
                yield complement_of(known)


def _as_counts(figure: Figure, known: Figure, claim: StatedFigures) -> Iterator[Figure]:
    """Yield a passage's figure that has a unit as the numbers that a claim may give without one."""
    if known.unit == PERCENT:
        if figure.is_unitless and _may_be_share_of_100(figure, claim):
            yield known
        for part in known.parts if not claim.is_per_100 else ():
            yield known._replace(unit=COUNT, low=part, high=part)
    elif known.unit == DATE and not figure.counted_noun:
        yield known
    elif figure.is_unitless and (known.unit in claim.units or _may_be_age(figure, known)):
        size = known.unit_size
        yield known._replace(low=known.low / size, high=known.high / size, unit_size=Decimal(1))


def _may_be_share_of_100(figure: Figure, claim: StatedFigures) -> bool:
    """Say whether a number without a unit may be a percentage: not "of 75 people", not 6.5."""
    is_whole = figure.counted_noun and _OF.search(claim.text[: figure.start])
    is_part_of_a_person = figure.low % 1 and not any(
        other.unit == PERCENT and not other.parts for other in claim.figures
    )
    return not (is_whole or is_part_of_a_person)


def _with_unit(count: Figure, unit: str, size: Decimal) -> Figure:
    return count._replace(unit=unit, low=count.low * size, high=count.high * size, unit_size=size)


def _may_be_age(figure: Figure, known: Figure) -> bool:
    """Say whether "over 60" may be short for "older than 60 years"."""
    is_years = known.unit == _YEAR and known.unit_size == _YEAR_SIZE
    return is_years and figure.bound is not Bound.NONE and figure.low in _AGES
