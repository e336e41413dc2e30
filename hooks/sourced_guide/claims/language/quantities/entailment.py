"""Does a passage carry a claim's figure? By value, unit and bound, to the precision shown.

A claim's number must equal a number of the passage rounded to the precision that the claim shows:
"about 16 out of 100" is carried by 15.67 percent, "about 20 out of 100" is not, and neither is "16
out of 100", which does not say that it is rounded. A percentage carries its complement where the
claim tells of the others: "84 could walk and 16 could not".
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from sourced_guide.claims.language.quantities.compare import complement, equals, is_as_precise
from sourced_guide.claims.language.quantities.evidence import Evidence, Stated, stated_by
from sourced_guide.claims.language.quantities.lexicon import UNITS, WORKS, Bound
from sourced_guide.claims.language.quantities.parse import figures_in
from sourced_guide.claims.language.quantities.quantity import COUNT, DATE, PERCENT, WHOLES, Figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sourced_guide.claims.language.quantities.complement import Sides

_NEXT_WORD = re.compile(r" (?:other )?([a-z]+)", re.IGNORECASE)
_OF = re.compile(r"\b(?:out )?of $", re.IGNORECASE)
_YEAR, _YEAR_SIZE = UNITS["year"]
_AGES = range(10, 111)
_HUNDRED = Decimal(100)


def missing_figures(claim_text: str, passages: Sequence[Evidence]) -> list[Figure]:
    """Return the figures of a claim that none of its passages carries.

    Each must be in one passage, in what it says or in its list of figures.
    """
    claim = Stated(claim_text, figures_in(claim_text))
    if not claim.figures:
        return []
    given = [stated_by(passage.says, passage.figures) for passage in passages]
    wrong = [each.others for each in claim.sides if not _add_up(each, given)]
    works = len({passage.source_file for passage in passages})
    return [
        figure
        for figure in claim.figures
        if (figure in wrong or not any(_is_carried(figure, claim, each) for each in given))
        and not (figure.low == works and _counts_works(claim_text, figure))
    ]


def is_only_rounded(figure: Figure, claim_text: str, passages: Iterable[Evidence]) -> bool:
    """Say whether all that a claim's figure lacks is an "about"."""
    claim = Stated(claim_text, figures_in(claim_text))
    hedged = replace(figure, hedged=True)
    rounded = replace(claim, figures=(hedged, *claim.figures))
    return not figure.hedged and any(
        _is_carried(hedged, rounded, stated_by(each.says, each.figures)) for each in passages
    )


def carried_figures(claim_text: str, passage: Evidence) -> list[Figure]:
    """Return the figures of a claim that a passage carries, without "out of 100" alone."""
    claim = Stated(claim_text, figures_in(claim_text))
    if not claim.figures:
        return []
    given = stated_by(passage.says, passage.figures)
    return [each for each in claim.figures if not each.base and _is_carried(each, claim, given)]


def agree(one: Figure, other: Figure) -> bool:
    """Say whether the figures of two claims are one, or one of them rounded, or its complement."""
    for figure, known in ((one, other), (other, one)):
        alone = Stated("", (figure,)), Stated("", (known,))
        readings = list(_as_comparable(figure, known, *alone))
        if PERCENT in (figure.unit, known.unit) and all(
            each.unit == PERCENT or each.bare for each in (figure, known)
        ):
            readings += (known, complement(known))
        if any(equals(figure, each) for each in readings):
            return True
    return False


def nearest(figure: Figure, passages: Iterable[Evidence]) -> Figure | None:
    """Return the passages' figure that an editor may have meant: near it, or the same number."""
    known = [
        each
        for passage in passages
        for each in stated_by(passage.says, passage.figures).figures
        if not (each.weak or each.base)
    ]
    near = [each for each in known if each.unit == figure.unit or _may_be_share(figure, each)]
    if near:
        return min(near, key=lambda each: abs(each.low - figure.low) + abs(each.high - figure.high))
    number = figure.low / figure.size
    return next((each for each in known if each.low / each.size == number), None)


def _may_be_share(figure: Figure, known: Figure) -> bool:
    return figure.bare and known.unit == PERCENT


def _add_up(sides: Sides, given: Iterable[Stated]) -> bool:
    """Say whether both sides make the whole, or a passage counts both: "50 and the other 51"."""
    counts = {sides.one.low, sides.others.low}
    return sides.add_up or any(counts <= each.counts for each in given)


def _is_carried(figure: Figure, claim: Stated, given: Stated) -> bool:
    if figure.base and figure.low == _HUNDRED and PERCENT in given.units:
        return True
    if _is_count_of(figure):
        # "42 of 50": a passage that gives 84 percent does not say of how many.
        return given.counts.issuperset(figure.parts)
    comparable = [
        each for known in given.figures for each in _as_comparable(figure, known, claim, given)
    ]
    may_be_rounded = claim.says_about(figure)

    def is_one_of(known: Iterable[Figure], figure: Figure = figure) -> bool:
        return any(
            equals(figure, each) and (may_be_rounded or is_as_precise(figure, each))
            for each in known
        )

    if is_one_of(comparable):
        return True
    if any(equals(figure, each) for each in _complements(figure, claim, given)):
        return True
    singles = [each for each in comparable if not each.is_range]
    ends = (replace(figure, high=figure.low), replace(figure, low=figure.high))
    return figure.is_range and all(is_one_of(singles, end) for end in ends)


def _is_count_of(figure: Figure) -> bool:
    """Say whether a share is of as many as were counted, not of a number that makes it plain."""
    if figure.unit != PERCENT or len(figure.parts) != 2:
        return False
    number, whole = figure.parts
    return whole > 10 and whole not in _PLAIN_WHOLES and not (number == 1 and whole < _HUNDRED)


_PLAIN_WHOLES = {Decimal(10) ** power for power in range(1, 8)}


def _counts_works(text: str, figure: Figure) -> bool:
    """Say whether a claim counts the sources that it cites: "three reviews found"."""
    word = _NEXT_WORD.match(text, figure.end)
    return figure.unit == COUNT and word is not None and word[1].lower() in WORKS


def _as_comparable(figure: Figure, known: Figure, claim: Stated, given: Stated) -> Iterator[Figure]:
    """Yield a passage's figure in every reading in which a claim's can be compared with it."""
    if figure.counted and known.counted and figure.counted != known.counted:
        return
    if known.unit == figure.unit:
        yield known
    elif figure.unit == COUNT:
        yield from _as_counts(figure, known, claim)
    elif known.bare and figure.unit in given.units - WHOLES:
        # "CT found 70 percent, MRI 93": the second is a percentage too.
        yield _in_unit(known, figure.unit, figure.size)
    elif known.bare and figure.unit == _YEAR and known.bound is not Bound.NONE:
        # "older than 60"
        yield _in_unit(known, _YEAR, _YEAR_SIZE)


def _complements(figure: Figure, claim: Stated, given: Stated) -> Iterator[Figure]:
    """Yield what a passage's percentages leave of 100, where a claim's figure may be that."""
    is_own_side = any(figure == each.one for each in claim.sides) and not given.has_others
    may_be = figure.unit == PERCENT or figure.bare
    if may_be and not is_own_side and claim.tells_other_side_of(figure):
        for known in given.figures:
            if known.unit == PERCENT or (known.bare and PERCENT in given.units):
                yield complement(known)


def _as_counts(figure: Figure, known: Figure, claim: Stated) -> Iterator[Figure]:
    """Yield a passage's figure that has a unit as the numbers that a claim may give without one."""
    if known.unit == PERCENT:
        if figure.bare and _may_be_share_of_100(figure, claim):
            yield known
        for part in known.parts if not claim.is_of_100 else ():
            yield replace(known, unit=COUNT, low=part, high=part)
    elif known.unit == DATE and not figure.counted:
        yield known
    elif figure.bare and (known.unit in claim.units or _may_be_age(figure, known)):
        yield replace(
            known, low=known.low / known.size, high=known.high / known.size, size=Decimal(1)
        )


def _may_be_share_of_100(figure: Figure, claim: Stated) -> bool:
    """Say whether a bare number may be a percentage: not "of 75 people", and not 6.5 people."""
    is_whole = figure.counted and _OF.search(claim.text[: figure.start])
    is_part_of_a_person = figure.low % 1 and not any(
        each.unit == PERCENT and not each.parts for each in claim.figures
    )
    return not (is_whole or is_part_of_a_person)


def _in_unit(count: Figure, unit: str, size: Decimal) -> Figure:
    return replace(count, unit=unit, low=count.low * size, high=count.high * size, size=size)


def _may_be_age(figure: Figure, known: Figure) -> bool:
    """Say whether "over 60" may be short for "older than 60 years"."""
    is_years = known.unit == _YEAR and known.size == _YEAR_SIZE
    return is_years and figure.bound is not Bound.NONE and figure.low in _AGES
