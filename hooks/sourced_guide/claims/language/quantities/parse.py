"""Which figures does a text state? Each with its value or range, its unit and its bound."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from sourced_guide.claims.language.quantities.context import (
    after,
    before,
    bound_and_hedge,
    counted_after,
    counts_things,
    is_base,
    may_be_taken_over,
)
from sourced_guide.claims.language.quantities.entities import split_wholes
from sourced_guide.claims.language.quantities.lexicon import Bound
from sourced_guide.claims.language.quantities.numerals import (
    Form,
    Numeral,
    may_state_a_number,
    numerals,
)
from sourced_guide.claims.language.quantities.quantity import (
    COUNT,
    NO_RANGE,
    PERCENT,
    PLACE,
    Figure,
)
from sourced_guide.claims.language.quantities.units import quantity, unit_at

if TYPE_CHECKING:
    from collections.abc import Iterator

_SAME_CHARACTER = str.maketrans(
    {"–": "-", "‑": "-", "−": "-", "‐": "-", "⁄": "/", "’": "'", "μ": "µ"}
    | dict.fromkeys("\n\t\u00a0\u2009\u202f\u2007", " ")
    | dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹", "§")
)
_DIGIT = re.compile(r"\d")
_FOREIGN_DIGIT = re.compile(r"[^\W\x00-\x7f_]")
_BETWEEN = re.compile(r"\bbetween (?:(?:about|the ages of|ages) )?$", re.I)
# What stands between the two numbers of a share, and between the two ends of a range.
_OUT_OF = re.compile(
    r"(?: [a-z'-]+){0,3} (?:out of(?: (?:every|each|the|a))?|(?:in|of|for) (?:every|each)|per) "
    r"|(?: (?:people|patients|adults|men|women|children))? (?P<short>of|in)(?: the| these| those)? "
    r"|-(?:in|out-of|of)-| ?/ ?",
    re.IGNORECASE,
)
_TO = re.compile(
    r"(?: ?- ?| (?P<word>to|and|or|through)"
    r"(?: (?:about|around|over|up to|just under|from))? )[$£€~]?",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[A-Za-z]")
# A number that numbers a point: ": 1 cervical, the neck; 2 thoracic".
_POINT = re.compile(r"(?:^|[:;,.(]) ?\d{1,2}\)? ?[A-Za-z]?")
_LONGEST_GAP = 48
# More is no sentence, and would take long.
LONGEST_TEXT, _MOST_FIGURES = 4000, 100
_ROUND = {Decimal(10) ** power for power in range(1, 7)}
_SMALL = 10
_IN_A_SHARE = (Form.DIGITS, Form.WORDS, Form.ONE)
_TIME_UNITS = ("time", "months")


def figures_in(text: str) -> tuple[Figure, ...]:
    """Return every figure that `text` states, in order.

    "Stated" leaves out what only looks like one (L4, COVID-19, "one another", "the first step").
    What goes on beyond any sentence is not read; if it has a number, it is one figure that nothing
    equals.
    """
    if not may_state_a_number(text):
        return ()
    found = all_figures_in(text)
    stated = tuple(figure for figure in found if not figure.weak)
    unread = found[-1].end if len(found) == _MOST_FIGURES else LONGEST_TEXT
    if not may_state_a_number(text[unread:]):
        return stated
    end, nothing = unread + _LONGEST_GAP, Decimal("NaN")
    return (*stated, Figure(text[unread:end], unread, end, nothing, nothing, "unread"))


@lru_cache(maxsize=8192)
def all_figures_in(text: str) -> tuple[Figure, ...]:
    """Return every figure that `text` states or implies ("a single dose", "daily")."""
    plain = text[:LONGEST_TEXT].translate(_SAME_CHARACTER)
    if not plain.isascii():
        plain = _FOREIGN_DIGIT.sub(_as_digit, plain)
    wholes, rest = split_wholes(plain) if _DIGIT.search(plain) else ([], plain)
    figures = [_in_context(rest, text, each) for each in _ranges(rest, _quantities(rest))]
    if wholes:
        figures += (replace(each, written=text[each.start : each.end]) for each in wholes)
        figures.sort(key=lambda each: each.start)
    return tuple(figures[:_MOST_FIGURES])


def _as_digit(match: re.Match[str]) -> str:
    number = unicodedata.decimal(match.group(), None)
    return match.group() if number is None else str(number)


def _quantities(text: str) -> list[Figure]:
    """Return the numbers of `text` with their units; two that make a share are one figure."""
    found = _without_numbering(text, numerals(text))
    quantities: list[Figure] = []
    at = 0
    while at < len(found):
        share = _share(text, *found[at : at + 2]) if at + 1 < len(found) else None
        figure = share or quantity(text, found[at])
        quantities += [figure] if figure else []
        at += 2 if share else 1
    return quantities


def _without_numbering(text: str, found: list[Numeral]) -> list[Numeral]:
    """Return the numbers without those that only number what follows: ": 1 neck; 2 back; 3 ..."."""
    points = [each for each in found if _POINT.search(text, max(0, each.start - 3), each.end + 2)]
    numbered = {
        each.start for each, at in zip(points, range(1, 100), strict=False) if each.value == at
    }
    return [each for each in found if len(numbered) < 3 or each.start not in numbered]


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
    value, step = 100 * number.value / whole.value, 100 * number.step / whole.value
    parts = (number.value, whole.value)
    return Figure("", number.start, whole.end, value, value, PERCENT, step=step, parts=parts)


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
    if not gap or low.is_range or high.unit == PLACE:
        return None
    if gap["word"] == "and" and not _BETWEEN.search(before(text, low.start)):
        return None
    if low.unit == high.unit:
        first = low.low
    elif low.unit == COUNT:
        # "5 to 30 out of 100", "2 to 3 weeks"
        first = 100 * low.low / high.parts[1] if high.parts else low.low * high.size
    elif high.unit == COUNT and not _LETTER.search(text, low.start, low.end):
        # "aged 40 to 65", "stage 3 or 4"
        first = low.low
        high = replace(
            high, unit=low.unit, low=high.low * low.size, high=high.high * low.size, size=low.size
        )
    else:
        return None
    if not first < high.high:
        # "6 to 6" is no range, and neither number of it says anything.
        is_slip = first == high.high and gap["word"] == "to" and _DIGIT.match(text, low.start)
        return replace(high, start=low.start, unit=NO_RANGE) if is_slip else None
    return replace(high, start=low.start, low=first, weak=low.weak and high.weak)


def _in_context(text: str, original: str, figure: Figure) -> Figure:
    """Return a figure as it was written, with what the words around it make of it."""
    words_before, words_after = before(text, figure.start), after(text, figure.end)
    bound, hedged = bound_and_hedge(words_before, words_after)
    if may_be_taken_over(words_before, words_after, is_time=figure.unit in _TIME_UNITS):
        bound = Bound.OVER
    is_count = figure.unit == COUNT
    return replace(
        figure,
        written=original[figure.start : figure.end],
        bound=bound,
        hedged=hedged,
        bare=is_count and not counts_things(words_after),
        counted=counted_after(words_before, words_after) if is_count else "",
        base=is_count and figure.low in _ROUND and not figure.is_range and is_base(words_before),
    )
