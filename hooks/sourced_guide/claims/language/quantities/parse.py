"""Which figures a text states, with their values or ranges, units and bounds.

The steps are those of any quantity extractor: numerals, then their units, then shares and ranges of
two numbers, then the bounds that the words around them set.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

from sourced_guide.claims.language.quantities.context import Context
from sourced_guide.claims.language.quantities.entities import split_entities
from sourced_guide.claims.language.quantities.numerals import may_state_a_number, numerals_in
from sourced_guide.claims.language.quantities.quantity import (
    COUNT,
    LONGEST_TEXT,
    NO_RANGE,
    PERCENT,
    RANK,
    Bound,
    Figure,
    Form,
    Numeral,
)
from sourced_guide.claims.language.quantities.units import figure_of, unit_at
from sourced_guide.claims.language.tokens import cached_by_text

if TYPE_CHECKING:
    from collections.abc import Iterator

_SAME_CHARACTER = str.maketrans(
    {"–": "-", "‑": "-", "−": "-", "‐": "-", "⁄": "/", "’": "'", "μ": "µ"}
    | dict.fromkeys("\n\t\u00a0\u2009\u202f\u2007", " ")
    | dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹", "§")
)
_DIGIT = re.compile(r"\d")
_DIGITS = range(10)
# Letters in the place of digits: "9O out of 1OO", "l00".
_LETTER_O = re.compile(r"(?<=\d)[Oo](?=[\dOo]|\b(?!-))")
_LETTER_L = re.compile(r"\b[lI](?=\d\d)")
_FOREIGN_DIGIT = re.compile(r"[^\W\x00-\x7f_]")
_BETWEEN = re.compile(r"\bbetween (?:(?:about|the ages of|ages) )?$", re.I)
# What is between the two numbers of a share, and between the two ends of a range.
_OUT_OF = re.compile(
    r"(?: [a-z'-]+){0,3} (?:out of(?: (?:every|each|the|a))?|(?:in|of|for) (?:every|each)|per) "
    r"|(?: (?:people|patients|adults|men|women|children))? (?P<short>of|in)(?: the| these| those)? "
    r"|-(?:in|out-of|of)-| ?/ ?",
    re.IGNORECASE,
)
_TO = re.compile(
    r"(?: ?- ?|-to-| (?P<word>to|and|or|through)"
    r"(?: (?:about|around|over|up to|just under|from))? )[$£€~]?",
    re.IGNORECASE,
)
_OR_TWO = re.compile(r"an? [a-z]+ or (?:two|three)\b", re.IGNORECASE)
_LETTER = re.compile(r"[A-Za-z]")
# The number of a list item: ": 1 cervical, the neck; 2 thoracic".
_ITEM_NUMBER = re.compile(r"(?:^|[:;,.(]) ?\d{1,2}\)? ?[A-Za-z]?")
_FEWEST_ITEMS = 3
_LONGEST_GAP = 48
# A text with more figures is not a sentence, and would be slow to compare.
_MOST_FIGURES = 100
_ROUND = {Decimal(10) ** power for power in range(1, 7)}
_SMALL = 10
_IN_A_SHARE = (Form.DIGITS, Form.WORDS, Form.ONE)
_TIME_UNITS = ("time", "months")


@cached_by_text
def figures_in(text: str) -> tuple[Figure, ...]:
    """Return every figure that `text` states, in order.

    "Stated" leaves out what only looks like one (L4, COVID-19, "one another", "the first step").
    The end of a text that is too long is not read; if it has a number, that is one figure
    that equals no other.
    """
    if text.isascii() and not may_state_a_number(text):
        return ()
    found = all_figures_in(text)
    stated = tuple(figure for figure in found if not figure.is_implied)
    unread = found[-1].end if len(found) == _MOST_FIGURES else LONGEST_TEXT
    if not may_state_a_number(text[unread:]):
        return stated
    end, nothing = unread + _LONGEST_GAP, Decimal("NaN")
    return (*stated, Figure(text[unread:end], unread, end, nothing, nothing, "unread"))


@cached_by_text
def all_figures_in(text: str) -> tuple[Figure, ...]:
    """Return every figure that `text` states or implies ("a single dose", "daily")."""
    plain = text[:LONGEST_TEXT].translate(_SAME_CHARACTER)
    if not plain.isascii():
        plain = _FOREIGN_DIGIT.sub(_as_digit, plain)
    if _DIGIT.search(plain):
        plain = _LETTER_L.sub("1", _LETTER_O.sub("0", plain))
    entities, rest = split_entities(plain) if _DIGIT.search(plain) else ([], plain)
    figures = [_in_context(rest, text, figure) for figure in _ranges(rest, _quantities(rest))]
    if entities:
        figures += (entity._replace(written=text[entity.start : entity.end]) for entity in entities)
        figures.sort(key=lambda figure: figure.start)
    return tuple(figures[:_MOST_FIGURES])


def _as_digit(match: re.Match[str]) -> str:
    """Return a digit of any script, or one in a circle or in brackets, as an ASCII digit."""
    number = unicodedata.numeric(match.group(), None)
    is_digit = number is not None and number in _DIGITS
    return str(int(number)) if is_digit and number is not None else match.group()


def _quantities(text: str) -> list[Figure]:
    """Return the numbers of `text` with their units; two that make a share are one figure."""
    found = _without_numbering(text, numerals_in(text))
    quantities: list[Figure] = []
    at = 0
    while at < len(found):
        share = _share(text, *found[at : at + 2]) if at + 1 < len(found) else None
        figure = share or _single(text, found[at])
        quantities += [figure] if figure else []
        at += 2 if share else 1
        # "Half an hour" has the number of "an hour" in it.
        while figure and at < len(found) and found[at].start < figure.end:
            at += 1
    return quantities


def _single(text: str, number: Numeral) -> Figure | None:
    return figure_of(text, number, Context.of(text, number.start, number.end))


def _without_numbering(text: str, found: list[Numeral]) -> list[Numeral]:
    """Return the numbers without those that only number what follows: ": 1 neck; 2 back; 3 ..."."""
    if len(found) < _FEWEST_ITEMS:
        return found
    item_numbers = [
        number
        for number in found
        if _ITEM_NUMBER.search(text, max(0, number.start - 3), number.end + 2)
    ]
    numbered = {
        item.start
        for item, at in zip(item_numbers, range(1, 100), strict=False)
        if item.value == at
    }
    if len(numbered) < _FEWEST_ITEMS:
        return found
    return [number for number in found if number.start not in numbered]


def _share(text: str, number: Numeral, whole: Numeral) -> Figure | None:
    """Return the share that two numbers make: "16 people out of every 100", "1 in 4", "42/50"."""
    if whole.start - number.end > _LONGEST_GAP or whole.value <= 1:
        return None
    if not (number.form in _IN_A_SHARE and whole.form in _IN_A_SHARE):
        return None
    gap = _OUT_OF.fullmatch(text, number.end, whole.start)
    if not gap or not 0 <= number.value <= whole.value:
        return None
    if unit_at(text, number.end)[0] or unit_at(text, whole.end)[0]:
        return None
    # "found in 16 in 2020" and "12 in 30 centers" are no shares.
    plain = whole.value in _ROUND or whole.value <= _SMALL or number.value == 1
    if gap["short"] == "in" and not plain:
        return None
    value, step = 100 * number.value / whole.value, 100 * number.precision / whole.value
    parts = (number.value, whole.value)
    return Figure("", number.start, whole.end, value, value, PERCENT, precision=step, parts=parts)


def _ranges(text: str, quantities: list[Figure]) -> Iterator[Figure]:
    """Yield the quantities, two that are the ends of a range as one."""
    at = 0
    while at < len(quantities):
        low = quantities[at]
        high = quantities[at + 1] if at + 1 < len(quantities) else None
        joined = _range(text, low, high) if high else None
        yield joined or low
        at += 2 if joined else 1


def _range(text: str, low: Figure, high: Figure) -> Figure | None:
    """Return the range that two figures make, or nothing."""
    gap = _TO.fullmatch(text, low.end, min(high.start, low.end + _LONGEST_GAP))
    if not gap or low.is_range or high.unit == RANK:
        return None
    if gap["word"] == "and" and not _BETWEEN.search(Context.of(text, low.start, low.end).left):
        return None
    if low.unit == high.unit:
        first = low.low
    elif low.unit == COUNT:
        # "5 to 30 out of 100", "2 to 3 weeks"
        first = 100 * low.low / high.parts[1] if high.parts else low.low * high.unit_size
    elif high.unit == COUNT and (
        not _LETTER.search(text, low.start, low.end) or _OR_TWO.match(text, low.start)
    ):
        # "aged 40 to 65", "stage 3 or 4", "a week or two"
        first = low.low
        high = high._replace(
            unit=low.unit,
            low=high.low * low.unit_size,
            high=high.high * low.unit_size,
            unit_size=low.unit_size,
        )
    else:
        return None
    if not first < high.high:
        # "6 to 6" is not a range, and equals no figure.
        is_mistake = first == high.high and gap["word"] == "to" and _DIGIT.match(text, low.start)
        return high._replace(start=low.start, unit=NO_RANGE) if is_mistake else None
    return high._replace(start=low.start, low=first, is_implied=low.is_implied and high.is_implied)


def _in_context(text: str, original: str, figure: Figure) -> Figure:
    """Return a figure as it was written, with what the words around it add."""
    context = Context.of(text, figure.start, figure.end)
    bound, is_approximate = context.bound()
    if context.may_be_duration(is_time=figure.unit in _TIME_UNITS):
        bound = Bound.OVER
    is_count = figure.unit == COUNT
    is_round = is_count and figure.low in _ROUND and not figure.is_range
    return figure._replace(
        written=original[figure.start : figure.end],
        bound=bound,
        is_approximate=is_approximate,
        is_unitless=is_count and not context.counts_things(),
        counted_noun=context.counted_noun() if is_count else "",
        is_denominator=is_round and context.is_denominator(),
    )
