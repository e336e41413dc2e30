"""Figures that follow from others: what is left of 100, a difference of two shares, a share at all.

"Of every 100, 33 had it. The other 67 did not. So it was 11 fewer of 100": 67 follows from the
sentence before, 11 from this share and another. Such a figure may stand in the passage and still be
the wrong one here, so it is compared with the figures that lead to it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from sourced_guide.claims.language.quantities.compare import equals
from sourced_guide.claims.language.quantities.evidence import StatedFigures
from sourced_guide.claims.language.quantities.parse import all_figures_in, figures_in
from sourced_guide.claims.language.quantities.quantity import COUNT, PERCENT, Figure
from sourced_guide.claims.language.tokens import cached_by_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HUNDRED = Decimal(100)
# Shares are rounded, so two of them may add up to 99 or 101, and a difference be off by as much.
_ROUNDED = 1
_REST = re.compile(r"\bother (?:about |nearly |almost )?$", re.IGNORECASE)
_DIFFERENCE = re.compile(
    r"(?:[\d.]+ )?(?:more|fewer|less)\b(?=[.,;]| (?:(?:out )?of|in|per)\b)", re.IGNORECASE
)
_NEGATED = re.compile(r"[^.;]{0,24}? (?:not|none|cannot)\b|[^.;]{0,24}?n['’]t\b", re.IGNORECASE)
_PARTS_OF_A_WHOLE = re.compile(
    r"(?<![\w.,/])(?P<part>\d+(?:\.\d+)?) (?:out of|of|in)(?: every| each)? "
    r"(?P<whole>10{1,4})(?![\w,/.:-]\w|\w)"
)
_DIGIT = re.compile(r"\d")
# How many figures before it a difference may follow from.
_BEFORE = 6
_WRITTEN_LESS = 24


class Figures(NamedTuple):
    """The figures of a text by their part in it, each in the order of the text.

    `shares` are the plain ones, `rests` those of the others, `differences` how many more or fewer.
    """

    shares: tuple[Figure, ...]
    rests: tuple[Figure, ...]
    differences: tuple[Figure, ...]


def impossible_shares(text: str) -> Iterator[str]:
    """Yield each share of a text that is more than its whole: "430 out of 100"."""
    # Most texts count nothing out of 10, 100 or more.
    for match in _PARTS_OF_A_WHOLE.finditer(text) if "10" in text else ():
        if float(match["part"]) > float(match["whole"]):
            yield match[0]


@cached_by_text
def figures_by_part(text: str) -> Figures:
    """Return the shares of a text, and the numbers without a unit that may be shares."""
    shares, rests, differences = [], [], []
    if not _has_digit(text):
        return Figures((), (), ())
    for figure in all_figures_in(text):
        is_in_digits = figure.written[:1].isdigit()
        if figure.is_range or figure.is_denominator or not (is_in_digits and _may_be_share(figure)):
            continue
        if _REST.search(text, max(0, figure.start - _WRITTEN_LESS), figure.start):
            rests.append(figure)
        elif _is_difference(text, figure):
            differences.append(figure)
        else:
            shares.append(figure)
    return Figures(tuple(shares), tuple(rests), tuple(differences))


def wrong_rests(text: str, before: Sequence[str]) -> Iterator[tuple[Figure, Decimal]]:
    """Yield each "other 67" of a text that the shares before it do not leave, and what they leave.

    `before` are the texts before it, the last one last. Without a share in them nothing is known.
    """
    own = figures_by_part(text)
    if not own.rests:
        return
    # Of "38 had one, and 44 had one. The other 62 and the other 56": as many as are left.
    shares = [share for earlier in before for share in figures_by_part(earlier).shares]
    nearest = shares[-len(own.rests) :]
    wholes = {_HUNDRED, *(count for earlier in (*before, text) for count in _wholes(earlier))}
    for number, rest in enumerate(own.rests):
        if not nearest or any(share.start < rest.start for share in own.shares):
            # With its share in the same sentence, a rest is one of two that have to add up.
            continue
        totals = [share.low + rest.low for share in nearest]
        totals.append(sum(share.low for share in nearest) + rest.low)
        if not any(abs(total - whole) <= _ROUNDED for total in totals for whole in wholes):
            yield rest, _HUNDRED - nearest[min(number, len(nearest) - 1)].low


def wrong_differences(
    text: str, before: Sequence[str], passages: Sequence[str]
) -> Iterator[Figure]:
    """Yield each "11 fewer of 100" that is neither in the passages nor between two shares before.

    Where there are neither, nothing is known.
    """
    own = figures_by_part(text)
    if not own.differences:
        return
    stated = [figure for says in passages for figure in figures_by_part(says).differences]
    shares = [share for earlier in before for share in figures_by_part(earlier).shares]
    shares = [*shares, *own.shares][-_BEFORE:]
    between = [abs(one.low - other.low) for one, other in combinations(shares, 2)]
    for figure in own.differences:
        is_stated = any(equals(figure, each) for each in stated)
        is_between = any(abs(each - figure.low) <= _ROUNDED for each in between)
        if (stated or between) and not (is_stated or is_between):
            yield figure


def in_another_part(text: str, passages: Sequence[str]) -> Iterator[Figure]:
    """Yield each plain share that its passages have only as a rest or a difference.

    A text that is about those who do not have something may give the rest as its share.
    """
    own = figures_by_part(text)
    if not own.shares:
        return
    known = [(says, figures_by_part(says)) for says in passages]
    parts = [
        figure
        for says, figures in known
        for figure in (*figures.differences, *(f for f in figures.rests if _is_negated(says, f)))
    ]
    if not parts or StatedFigures(text, figures_in(text)).mentions_complement:
        return
    plain = [share for _, figures in known for share in figures.shares]
    for share in own.shares:
        if share.unit != PERCENT or any(equals(share, each) for each in plain):
            continue
        if any(equals(share, each) for each in parts):
            yield share


def _has_digit(text: str) -> bool:
    return bool(_DIGIT.search(text)) if text.isascii() else any(map(str.isdigit, text))


def _may_be_share(figure: Figure) -> bool:
    if figure.unit == PERCENT:
        return figure.parts[1:] in ((), (_HUNDRED,))
    return figure.is_unitless


def _wholes(text: str) -> Iterator[Decimal]:
    """Yield what a text counts, of which a share may be: "60 people had radiation"."""
    for figure in all_figures_in(text):
        if figure.unit == COUNT and (figure.counted_noun or figure.is_denominator):
            yield figure.low


def _is_negated(text: str, rest: Figure) -> bool:
    """Say whether a rest is of those who "had none": not of those who "could finish it"."""
    return bool(_NEGATED.match(text, rest.end))


def _is_difference(text: str, figure: Figure) -> bool:
    """Say whether a figure is one of "11 fewer of every 100", "19 more"."""
    after = text[figure.start : figure.end + _WRITTEN_LESS]
    return bool(_DIFFERENCE.match(after))
