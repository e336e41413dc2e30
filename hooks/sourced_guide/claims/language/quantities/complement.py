"""Complements: "16 out of 100 have it, and 84 do not", so that both make the whole."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from sourced_guide.claims.language.quantities.quantity import PERCENT, Bound, Figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HUNDRED = Decimal(100)
_OPPOSITE = {Bound.MIN: Bound.MAX, Bound.MAX: Bound.MIN}
# Both sides may be rounded up: 6.5 and 93.5 percent are "about 7" and "about 94".
_ROUNDED = 1
_LONGEST_LEAD = 32
_VERBS = "can|could|do|does|did|are|is|was|were|has|have|had|will|would"
_LEADS_TO_OTHERS = re.compile(
    r"(?:\b(?:other|remaining)|\bnot (?:in|for|among|by)(?: the)?"
    r"|\b(?:missed|misses|failed|fails) (?:it|them|this) (?:in|for))(?: about)? $",
    re.IGNORECASE,
)
# Nothing follows the negated verb, so that it belongs to this figure: "84 could and 16 could not."
_OTHERS_ALONE = re.compile(rf" (?:(?:{_VERBS}) not|cannot|(?:{_VERBS})n['’]t)(?=[.,;:)]|$)", re.I)


@dataclass(frozen=True)
class ComplementPair:
    """A share and the figure for all others of the same whole.

    `adds_up` says whether they, with what stands before them, make 100 or another figure before.
    """

    share: Figure
    complement: Figure
    adds_up: bool


def complement_of(known: Figure) -> Figure:
    """Return what a percentage implies for all others: 84 percent did, so 16 percent did not."""
    return replace(
        known,
        low=_HUNDRED - known.high,
        high=_HUNDRED - known.low,
        bound=_OPPOSITE.get(known.bound, known.bound),
    )


def complement_pairs(text: str, figures: Sequence[Figure]) -> Iterator[ComplementPair]:
    """Yield the figures of `text` that are for all others, with the share before them."""
    for number, figure in enumerate(figures):
        parts = [earlier for earlier in figures[:number] if _may_be_part(earlier)]
        if parts and _may_be_part(figure) and _is_for_the_others(text, figure):
            together = parts[-1].low + figure.low
            wholes = [_HUNDRED, *(part.low for part in parts[:-1])]
            all_parts = sum((part.low for part in parts), figure.low)
            adds_up = abs(all_parts - _HUNDRED) <= _ROUNDED or any(
                abs(together - whole) <= _ROUNDED for whole in wholes
            )
            yield ComplementPair(parts[-1], figure, adds_up)


def _may_be_part(figure: Figure) -> bool:
    is_share = figure.unit == PERCENT and figure.parts[1:] in ((), (_HUNDRED,))
    return (is_share or figure.is_unitless) and not (figure.is_range or figure.is_denominator)


def _is_for_the_others(text: str, figure: Figure) -> bool:
    before = text[max(0, figure.start - _LONGEST_LEAD) : figure.start]
    return bool(_LEADS_TO_OTHERS.search(before) or _OTHERS_ALONE.match(text, figure.end))
