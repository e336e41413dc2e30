"""The two sides of one share: "16 out of 100 have it, and 84 do not"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from sourced_guide.claims.language.quantities.quantity import PERCENT, Figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HUNDRED = Decimal(100)
# Both sides may be rounded up: 6.5 and 93.5 percent are "about 7" and "about 94".
_ROUNDED = 1
_LONGEST_LEAD = 32
_VERBS = "can|could|do|does|did|are|is|was|were|has|have|had|will|would"
_LEADS_TO_OTHERS = re.compile(
    r"(?:\b(?:other|remaining)|\bnot (?:in|for|among|by)(?: the)?"
    r"|\b(?:missed|misses|failed|fails) (?:it|them|this) (?:in|for))(?: about)? $",
    re.IGNORECASE,
)
# Nothing follows the verb, so that it is the one of the other side.
_OTHERS_ALONE = re.compile(rf" (?:(?:{_VERBS}) not|cannot|(?:{_VERBS})n['’]t)(?=[.,;:)]|$)", re.I)


@dataclass(frozen=True)
class Sides:
    """A share and the figure for all others of the same whole.

    `add_up` says whether they, with what stands before them, make 100 or another figure before.
    """

    one: Figure
    others: Figure
    add_up: bool


def sides_in(text: str, figures: Sequence[Figure]) -> Iterator[Sides]:
    """Yield each figure of `text` that is for the others, with the one before it."""
    for number, figure in enumerate(figures):
        parts = [each for each in figures[:number] if _may_be_part(each)]
        if parts and _may_be_part(figure) and _is_for_the_others(text, figure):
            together = parts[-1].low + figure.low
            wholes = [_HUNDRED, *(each.low for each in parts[:-1])]
            all_parts = sum((each.low for each in parts), figure.low)
            add_up = abs(all_parts - _HUNDRED) <= _ROUNDED or any(
                abs(together - whole) <= _ROUNDED for whole in wholes
            )
            yield Sides(parts[-1], figure, add_up)


def _may_be_part(figure: Figure) -> bool:
    is_share = figure.unit == PERCENT and figure.parts[1:] in ((), (_HUNDRED,))
    return (is_share or figure.bare) and not (figure.is_range or figure.base)


def _is_for_the_others(text: str, figure: Figure) -> bool:
    before = text[max(0, figure.start - _LONGEST_LEAD) : figure.start]
    return bool(_LEADS_TO_OTHERS.search(before) or _OTHERS_ALONE.match(text, figure.end))
