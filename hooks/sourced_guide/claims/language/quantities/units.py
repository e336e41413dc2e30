"""A number with its unit: "24 hours", "half an hour", "twice a day", "stage IV"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from sourced_guide.claims.language.quantities.context import Context, counts_those_named
from sourced_guide.claims.language.quantities.lexicon import (
    GRADINGS,
    RATES,
    UNIT_MODIFIERS,
    UNITS,
    one_of,
)
from sourced_guide.claims.language.quantities.quantity import (
    COUNT,
    PERCENT,
    RANK,
    TIMES,
    Figure,
    Form,
    Numeral,
)

if TYPE_CHECKING:
    from collections.abc import Callable


# "10 x 3" has no unit.
_UNIT = re.compile(
    rf"[- ]?(?:(?:{one_of(UNIT_MODIFIERS)}) )?(?![x×] ?\d)"
    r"(%|° ?[CF]\b|°|per cent\b|degrees? [CF]\b|[A-Za-zµ×]+)",
    re.IGNORECASE,
)
_RATE = re.compile(
    rf" ?(?:(?:an?|per|each|every) |/ ?|(?=\w+ly\b|daily\b))({one_of(RATES)})\b", re.IGNORECASE
)
_GRADING = re.compile(rf"\b({one_of(GRADINGS)})s?[ -]$", re.IGNORECASE)
_AGE = re.compile(r"\b(?:aged?|ages|ages? of)(?: (?:from|between|about|over|under))? $", re.I)
_ADJECTIVES = ("double", "triple")
# "The pain is usually double at night": it says how much.
_AFTER_BE = re.compile(r"\b(?:is|are|was|were|be|been|gets?|becomes?)(?: \w+)? $", re.IGNORECASE)
_NO_NOUN = re.compile(
    r"$|[.,;:!?]| (?:at|in|on|after|before|with|by|for|when|if|during)\b", re.IGNORECASE
)
_CURRENCIES = ("$", "£", "€")
# "one" of these is a number, "one" of anything else a pronoun or any of several.
_ONE_IS_A_NUMBER = {"time", "months", "mass", "radiation", "length", "volume", PERCENT}


def figure_of(text: str, number: Numeral, context: Context) -> Figure | None:
    """Return the figure for a number of `text`, or nothing if it is not one ("once").

    `context` is that of the number without its unit.
    """
    return _READERS.get(number.form, _number)(text, number, context)


def unit_at(text: str, at: int) -> tuple[str, Decimal, int]:
    """Return the unit at `at`, its size, and where it ends."""
    match = _UNIT.match(text, at)
    word = match[1].lower().replace(" ", "") if match else ""
    if not match or word not in UNITS:
        return COUNT, Decimal(1), at
    return *UNITS[word], match.end()


def _number(text: str, number: Numeral, context: Context) -> Figure:
    """Read a number with the unit before or after it."""
    start, (unit, size, end) = number.start, unit_at(text, number.end)
    is_implied = _is_implied(text, number, context, unit, end)
    if unit in (COUNT, TIMES) and (rate := _RATE.match(text, end)):
        unit, end = f"{TIMES} a {RATES[rate[1].lower()]}", rate.end()
    elif unit == COUNT and context.left.endswith(_CURRENCIES):
        unit, start = UNITS[context.left[-1]][0], start - 1
    elif unit == COUNT and (grading := _GRADING.search(context.left)):
        unit, is_implied = grading[1].lower(), False
    elif unit == COUNT and _AGE.search(context.left):
        unit, size = UNITS["year"]
    value, precision = number.value * size, number.precision * size
    return Figure(
        *("", start, end, value, value, unit),
        unit_size=size,
        precision=precision,
        is_implied=is_implied,
    )


def _is_implied(text: str, number: Numeral, context: Context, unit: str, end: int) -> bool:
    """Say whether a number in words only looks like a figure: "one", "the two", "three-way"."""
    if number.form is Form.ARTICLE:
        return not context.states_duration()
    if number.form is Form.ONE:
        some_day = text[end - 3 : end].lower() == "day" and not context.states_duration()
        return unit not in _ONE_IS_A_NUMBER or some_day
    if number.form is Form.WORDS and unit == COUNT:
        is_anaphoric = number.value == 2 and context.is_anaphoric()
        is_in_apposition = not context.counted_noun() and counts_those_named(
            text[: number.start], number.value
        )
        return text[end : end + 1] == "-" or is_anaphoric or is_in_apposition
    return False


def _fraction(text: str, number: Numeral, context: Context) -> Figure:
    """Read "a third" as a share, or "half an hour" as a time."""
    end = number.end
    if period := context.period():
        unit, size = UNITS[period.split()[-1]]
        value, parts = number.value * size, tuple[Decimal, ...]()
        end += len(period)
    else:
        unit, size, value = PERCENT, Decimal(1), 100 * number.value
        parts = (Decimal(round(number.value * number.divisor)), Decimal(number.divisor))
    has_article = text[number.start] in "AaHh"
    return Figure(
        *("", number.start, end, value, value, unit),
        unit_size=size,
        parts=parts,
        is_implied=has_article and not period and not context.is_share(),
    )


def _multiplier(text: str, number: Numeral, context: Context) -> Figure | None:
    """Read "twice", "once a day"."""
    unit, end = TIMES, number.end
    if rate := _RATE.match(text, end):
        unit, end = f"{TIMES} a {RATES[rate[1].lower()]}", rate.end()
    elif number.value == 1:
        return None
    is_adjective = text[number.start : number.end].lower() in _ADJECTIVES
    is_stated = text.startswith((" the ", " that "), end) or (
        _AFTER_BE.search(context.left) and _NO_NOUN.match(text, end)
    )
    is_implied = is_adjective and not is_stated
    return Figure("", number.start, end, number.value, number.value, unit, is_implied=is_implied)


def _ordinal(_: str, number: Numeral, context: Context) -> Figure:
    """Read "third": a figure where it ranks. Who "comes first" is rarely counted."""
    value, is_implied = number.value, number.value == 1 or not context.is_ranked()
    return Figure("", number.start, number.end, value, value, RANK, is_implied=is_implied)


def _implied(text: str, number: Numeral, _: Context) -> Figure:
    """Read "single" as 1, "daily" as once a day."""
    word = text[number.start : number.end].lower()
    unit = f"{TIMES} a {RATES[word]}" if number.form is Form.RATE else COUNT
    return Figure("", number.start, number.end, number.value, number.value, unit, is_implied=True)


_READERS: dict[Form, Callable[[str, Numeral, Context], Figure | None]] = {
    Form.FRACTION: _fraction,
    Form.MULTIPLIER: _multiplier,
    Form.ORDINAL: _ordinal,
    Form.IMPLIED: _implied,
    Form.RATE: _implied,
}
