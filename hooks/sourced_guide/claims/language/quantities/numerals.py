"""Numbers as they are written: in digits, in words, as fractions, as places in an order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

from sourced_guide.claims.language.quantities.lexicon import (
    FRACTIONS,
    IMPLIED,
    MULTIPLES,
    ONES,
    ORDINALS,
    PERIODS,
    RATES,
    SCALES,
    TENS,
    VULGAR,
    one_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Form(Enum):
    """How a number is written."""

    DIGITS = "digits"
    WORDS = "words"
    ONE = "one"
    FRACTION = "fraction"
    MULTIPLE = "multiple"
    ARTICLE = "article"
    ORDINAL = "ordinal"
    ROMAN = "roman"
    IMPLIED = "implied"
    RATE = "rate"


@dataclass(frozen=True)
class Numeral:
    """A number in a text. `step` is the smallest difference that it shows: 0.1 for "1.5".

    `of` is what a fraction divides the whole into, and 0 for any other number.
    """

    start: int
    end: int
    form: Form
    value: Decimal
    step: Decimal = Decimal(1)
    of: int = 0


_SPACE = r"[ \u00a0\u2009\u202f]"
_GROUP_SPACE = re.compile(_SPACE)
_DECIMAL_COMMA = re.compile(r",\d{1,2}$|^-?0,")
_DIGITS = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+(?![\d])|\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)|\d{{1,12}}(?!\d))"
    r"(?:\.\d{1,9}(?!\d)|,\d{1,2}(?![\d,]))?|\.\d{1,9}(?!\d)"
)
_RATES = {word for word in RATES if word.endswith("ly")}
_BELOW_20 = rf"(?:{one_of(ONES)})"
_BELOW_100 = rf"(?:(?:{one_of(TENS)})(?:[ -](?:{_BELOW_20}))?|{_BELOW_20})"
_BELOW_1000 = rf"(?:(?:{_BELOW_100}|a)[ -])?hundred(?:(?: and)?[ -]{_BELOW_100})?|{_BELOW_100}"
_WORDS = (
    rf"(?:(?:{_BELOW_1000})(?: (?:thousand|million|billion|dozen)"
    rf"(?:(?:,| and)? (?:{_BELOW_1000}))?)?|(?:a )?(?:dozen|thousand|million|billion))"
)
_PART = one_of(FRACTIONS)
# One outer group for each way of writing a number; `lastgroup` names the one that was met.
_PATTERN = re.compile(
    rf"(?P<part>\b(?P<parts>an?|{_BELOW_20}|\d{{1,2}})[ -](?P<a_part>{_PART})\b|\b(?P<half>half)\b)"
    rf"|(?P<mixed>(?:(?<![\d/.,])(?P<whole>\d{{1,6}}){_SPACE}?)?(?P<vulgar>[{''.join(VULGAR)}]))"
    rf"|(?P<figure>(?P<digits>(?<![\d.,])(?:(?<![^\s(])-)?(?:{_DIGITS}))"
    rf"(?:(?P<th>(?:st|nd|rd|th)\b)|[ -](?P<scale>{one_of(SCALES)})\b|(?P<more> and a half\b))?)"
    rf"|(?P<spelled>\b(?P<words>{_WORDS})(?:\b|(?=fold\b))(?P<and_a_half> and a half\b)?)"
    rf"|(?P<ordinal>\b(?:{one_of(ORDINALS)})\b)"
    rf"|(?P<multiple>\b(?:{one_of(MULTIPLES)})\b)"
    rf"|(?P<implied>\b(?:{one_of(IMPLIED)})\b)"
    rf"|(?P<rate>\b(?:{one_of(_RATES)})\b)"
    rf"|(?P<article>\ban?(?= (?:{one_of(PERIODS)})\b))"
    r"|(?P<roman>(?:(?<=stage )|(?<=grade )|(?<=phase )|(?<=type ))"
    r"(?-i:I{1,3}|IV|V)(?=[ABC]?\b))",
    re.IGNORECASE,
)
_ROMAN = ("I", "II", "III", "IV", "V")
# Where a number can begin. The pattern is long, so it is tried there only.
_START = re.compile(rf"[A-Za-z]+|(?:(?<![^\s(])-)?\.?\d+|[{''.join(VULGAR)}]")
_FIRST_WORDS = frozenset(
    {*ONES, *TENS, *SCALES, *ORDINALS, *MULTIPLES, *IMPLIED, "half"}
    | {f"{number}fold" for number in ONES}
    | _RATES
    | {f"{roman}{part}".lower() for roman in _ROMAN for part in ("", "A", "B", "C")}
)
_STATING_WORDS = (_FIRST_WORDS | {*PERIODS, *FRACTIONS}) - {*IMPLIED, *_RATES, "first"}
_LETTERS = re.compile(r"[a-z]+")
_DIGIT = re.compile(rf"[\d{''.join(VULGAR)}]")
_AFTER_AN_ARTICLE = re.compile(
    rf"[ -](?:{one_of({*SCALES, *FRACTIONS, *PERIODS})})\b", re.IGNORECASE
)
_ONE, _HALF = Decimal(1), Decimal("0.5")


def may_state_a_number(text: str) -> bool:
    """Say quickly whether `text` can hold a number that is more than implied."""
    if _DIGIT.search(text):
        return True
    return not _STATING_WORDS.isdisjoint(_LETTERS.findall(text.lower()))


def numerals(text: str) -> list[Numeral]:
    """Return every number of `text`, in the order that they stand in."""
    found: list[Numeral] = []
    at = 0
    for start in _START.finditer(text):
        word = start.group().lower()
        if start.start() < at or (word.isalpha() and not _may_begin(word, text, start.end())):
            continue
        if match := _PATTERN.match(text, start.start()):
            found.append(_READERS[match.lastgroup or ""](match))
            at = match.end()
    return found


def _may_begin(word: str, text: str, end: int) -> bool:
    if word in ("a", "an"):
        return bool(_AFTER_AN_ARTICLE.match(text, end))
    return word in _FIRST_WORDS


def _part(match: re.Match[str]) -> Numeral:
    parts, part = (match["parts"] or "a").lower(), (match["a_part"] or match["half"]).lower()
    number = _ONE if parts in ("a", "an") else _spelled_value(parts)
    of = FRACTIONS[part]
    return Numeral(*match.span(), Form.FRACTION, number / of, of=of)


def _mixed(match: re.Match[str]) -> Numeral:
    number, of = VULGAR[match["vulgar"]]
    whole = Decimal(match["whole"] or 0)
    if whole:
        return Numeral(*match.span(), Form.DIGITS, whole + Decimal(number) / of, _ONE / 10)
    return Numeral(*match.span(), Form.FRACTION, Decimal(number) / of, of=of)


def _digits(match: re.Match[str]) -> Numeral:
    written = _GROUP_SPACE.sub("", match["digits"])
    if _DECIMAL_COMMA.search(written):
        written = written.replace(",", ".")
    value = Decimal(written.replace(",", ""))
    times = SCALES[match["scale"].lower()] if match["scale"] else 1
    if match["more"]:
        return Numeral(*match.span(), Form.DIGITS, value + _HALF, _ONE / 10)
    form = Form.ORDINAL if match["th"] else Form.DIGITS
    step = _ONE.scaleb(int(value.as_tuple().exponent))
    return Numeral(*match.span(), form, value * times, step * times)


def _spelled(match: re.Match[str]) -> Numeral:
    value = _spelled_value(match["words"].lower())
    if match["and_a_half"]:
        return Numeral(*match.span(), Form.WORDS, value + _HALF, _ONE / 10)
    return Numeral(*match.span(), Form.ONE if value == 1 else Form.WORDS, value)


def _spelled_value(words: str) -> Decimal:
    """Return the value of "two hundred and fifty thousand", or of digits."""
    total = part = 0
    for word in re.split(r"[ ,-]+", words):
        if word in SCALES and SCALES[word] > SCALES["hundred"]:
            total, part = total + max(part, 1) * SCALES[word], 0
        elif word in SCALES:
            part = max(part, 1) * SCALES[word]
        else:
            part += ONES.get(word, TENS.get(word, int(word) if word.isdecimal() else 0))
    return Decimal(total + part)


def _listed(form: Form, values: Mapping[str, int]) -> Callable[[re.Match[str]], Numeral]:
    """Return a reader of words that each have one value; 1 where it is not listed."""

    def read(match: re.Match[str]) -> Numeral:
        return Numeral(*match.span(), form, Decimal(values.get(match.group().lower(), 1)))

    return read


def _roman(match: re.Match[str]) -> Numeral:
    return Numeral(*match.span(), Form.ROMAN, Decimal(1 + _ROMAN.index(match["roman"])))


_READERS: dict[str, Callable[[re.Match[str]], Numeral]] = {
    "part": _part,
    "mixed": _mixed,
    "figure": _digits,
    "spelled": _spelled,
    "ordinal": _listed(Form.ORDINAL, ORDINALS),
    "multiple": _listed(Form.MULTIPLE, MULTIPLES),
    "implied": _listed(Form.IMPLIED, IMPLIED),
    "rate": _listed(Form.RATE, {}),
    "article": _listed(Form.ARTICLE, {}),
    "roman": _roman,
}
