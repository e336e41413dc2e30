"""A number with its unit: "24 hours", "half an hour", "twice a day", "stage IV"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from sourced_guide.claims.language.quantities.context import (
    after,
    before,
    is_limit,
    is_named_before,
    is_part,
    is_ranked,
    period_of,
)
from sourced_guide.claims.language.quantities.lexicon import FILLERS, LABELS, RATES, UNITS, one_of
from sourced_guide.claims.language.quantities.numerals import Form, Numeral
from sourced_guide.claims.language.quantities.quantity import COUNT, PERCENT, PLACE, TIMES, Figure

if TYPE_CHECKING:
    from collections.abc import Callable

# "10 x 3" has no unit.
_UNIT = re.compile(
    rf"[- ]?(?:(?:{one_of(FILLERS)}) )?(?![x×] ?\d)"
    r"(%|° ?[CF]\b|°|per cent\b|degrees? [CF]\b|[A-Za-zµ×]+)",
    re.IGNORECASE,
)
_RATE = re.compile(
    rf" ?(?:(?:an?|per|each|every) |/ ?|(?=\w+ly\b|daily\b))({one_of(RATES)})\b", re.IGNORECASE
)
_LABEL = re.compile(rf"\b({one_of(LABELS)})s?[ -]$", re.IGNORECASE)
_AGE = re.compile(r"\b(?:aged?|ages|ages? of)(?: (?:from|between|about|over|under))? $", re.I)
_ADJECTIVES = ("double", "triple")
_CURRENCIES = ("$", "£", "€")
# "one" of these is a number, "one" of anything else a pronoun or any of several.
_ONE_IS_A_NUMBER = {"time", "months", "mass", "radiation", "length", "volume", PERCENT}


def quantity(text: str, number: Numeral) -> Figure | None:
    """Return the figure that a number of `text` is, or nothing for one that is none ("once")."""
    return _READERS.get(number.form, _number)(text, number)


def unit_at(text: str, at: int) -> tuple[str, Decimal, int]:
    """Return the unit that stands at `at`, its size, and where it ends."""
    match = _UNIT.match(text, at)
    word = match[1].lower().replace(" ", "") if match else ""
    if not match or word not in UNITS:
        return COUNT, Decimal(1), at
    return *UNITS[word], match.end()


def _number(text: str, number: Numeral) -> Figure:
    """Read a number with the unit that stands before or after it."""
    start, (unit, size, end) = number.start, unit_at(text, number.end)
    words_before = before(text, start)
    weak = _is_weak(text, number, unit, end)
    if unit in (COUNT, TIMES) and (rate := _RATE.match(text, end)):
        unit, end = f"{TIMES} a {RATES[rate[1].lower()]}", rate.end()
    elif unit == COUNT and words_before.endswith(_CURRENCIES):
        unit, start = UNITS[words_before[-1]][0], start - 1
    elif unit == COUNT and (label := _LABEL.search(words_before)):
        unit, weak = label[1].lower(), False
    elif unit == COUNT and _AGE.search(words_before):
        unit, size = UNITS["year"]
    value = number.value * size
    return Figure("", start, end, value, value, unit, size=size, step=number.step * size, weak=weak)


def _is_weak(text: str, number: Numeral, unit: str, end: int) -> bool:
    """Say whether a number in words only looks like a figure: "one", "the two", "three-way"."""
    words_before = before(text, number.start)
    if number.form is Form.ARTICLE:
        return not is_limit(words_before)
    if number.form is Form.ONE:
        some_day = text[end - 3 : end].lower() == "day" and not is_limit(words_before)
        return unit not in _ONE_IS_A_NUMBER or some_day
    if number.form is Form.WORDS and unit == COUNT:
        points_back = number.value == 2 and is_named_before(words_before)
        return text[end : end + 1] == "-" or points_back
    return False


def _part(text: str, number: Numeral) -> Figure:
    """Read "a third" as a share, or "half an hour" as a time."""
    start, end = number.start, number.end
    if period := period_of(after(text, end)):
        unit, size = UNITS[period]
        value, parts = number.value * size, tuple[Decimal, ...]()
    else:
        unit, size, value = PERCENT, Decimal(1), 100 * number.value
        parts = (Decimal(round(number.value * number.of)), Decimal(number.of))
    is_article = text[start] in "AaHh"
    weak = is_article and not period and not is_part(before(text, start), after(text, end))
    return Figure("", start, end, value, value, unit, size=size, parts=parts, weak=weak)


def _multiple(text: str, number: Numeral) -> Figure | None:
    """Read "twice", "once a day"."""
    unit, end = TIMES, number.end
    if rate := _RATE.match(text, end):
        unit, end = f"{TIMES} a {RATES[rate[1].lower()]}", rate.end()
    elif number.value == 1:
        return None
    is_adjective = text[number.start : number.end].lower() in _ADJECTIVES
    weak = is_adjective and not after(text, end).startswith((" the ", " that "))
    return Figure("", number.start, end, number.value, number.value, unit, weak=weak)


def _place(text: str, number: Numeral) -> Figure:
    """Read "third": a figure where it ranks. Who "comes first" is rarely counted."""
    start, end = number.start, number.end
    weak = number.value == 1 or not is_ranked(before(text, start), after(text, end))
    return Figure("", start, end, number.value, number.value, PLACE, weak=weak)


def _implied(text: str, number: Numeral) -> Figure:
    """Read "single" as 1, "daily" as once a day."""
    word = text[number.start : number.end].lower()
    unit = f"{TIMES} a {RATES[word]}" if number.form is Form.RATE else COUNT
    return Figure("", number.start, number.end, number.value, number.value, unit, weak=True)


_READERS: dict[Form, Callable[[str, Numeral], Figure | None]] = {
    Form.FRACTION: _part,
    Form.MULTIPLE: _multiple,
    Form.ORDINAL: _place,
    Form.IMPLIED: _implied,
    Form.RATE: _implied,
}
