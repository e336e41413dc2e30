"""Complements: "16 out of 100 have it, and 84 do not", which add up to the whole."""

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
_WINDOW = 32
_VERBS = "can|could|do|does|did|are|is|was|were|has|have|had|will|would"
_COMPLEMENT_BEFORE = re.compile(
    r"(?:\b(?:other|remaining)|\bnot (?:in|for|among|by)(?: the)?"
    r"|\b(?:missed|misses|failed|fails) (?:it|them|this) (?:in|for))(?: about)? $",
    re.IGNORECASE,
)
# Nothing follows the negated verb, so that it belongs to this figure: "84 could and 16 could not."
_NEGATED_VERB_AFTER = re.compile(
    rf" (?:(?:{_VERBS}) not|cannot|(?:{_VERBS})n['’]t)(?=[.,;:)]|$)", re.I
)


@dataclass(frozen=True)
class ComplementPair:
    """A share, and the figure for the rest of the same whole.

    `adds_up` says whether they and the shares before them sum to 100 or to an earlier figure.
    """

    share: Figure
    complement: Figure
    adds_up: bool


def complement_of(known: Figure) -> Figure:
    """Return what a percentage implies for the rest: 84 percent did, so 16 percent did not."""
    return replace(
        known,
        low=_HUNDRED - known.high,
        high=_HUNDRED - known.low,
        bound=_OPPOSITE.get(known.bound, known.bound),
    )


def complement_pairs(text: str, figures: Sequence[Figure]) -> Iterator[ComplementPair]:
    """Yield the figures of `text` that are complements, with the share before them."""
    for number, figure in enumerate(figures):
        parts = [earlier for earlier in figures[:number] if _may_be_share(earlier)]
        if parts and _may_be_share(figure) and _is_complement(text, figure):
            total = parts[-1].low + figure.low
            wholes = [_HUNDRED, *(part.low for part in parts[:-1])]
            all_parts = sum((part.low for part in parts), figure.low)
            adds_up = abs(all_parts - _HUNDRED) <= _ROUNDED or any(
                abs(total - whole) <= _ROUNDED for whole in wholes
            )
            yield ComplementPair(parts[-1], figure, adds_up)


def _may_be_share(figure: Figure) -> bool:
    is_share = figure.unit == PERCENT and figure.parts[1:] in ((), (_HUNDRED,))
    return (is_share or figure.is_unitless) and not (figure.is_range or figure.is_denominator)


def _is_complement(text: str, figure: Figure) -> bool:
    before = text[max(0, figure.start - _WINDOW) : figure.start]
    return bool(_COMPLEMENT_BEFORE.search(before) or _NEGATED_VERB_AFTER.match(text, figure.end))
