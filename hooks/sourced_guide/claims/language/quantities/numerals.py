"""Numerals of every kind: in digits, in words, fractions, ordinals, multipliers, Roman ones."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from sourced_guide.claims.language.quantities.lexicon import (
    FRACTIONS,
    IMPLIED,
    MULTIPLIERS,
    ONES,
    ORDINALS,
    PERIODS,
    RATES,
    SCALES,
    TENS,
    VULGAR_FRACTIONS,
    one_of,
)
from sourced_guide.claims.language.quantities.quantity import Form, Numeral

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
_DENOMINATOR = one_of(FRACTIONS)
_VULGAR = "".join(VULGAR_FRACTIONS)
# One outer group for each way of writing a number; `lastgroup` names the one that matched.
_PATTERN = (
    rf"(?P<fraction>\b(?P<numerator>an?|{_BELOW_20}|\d{{1,2}})[ -](?P<denominator>{_DENOMINATOR})\b"
    r"|\b(?P<half>half)\b)"
    rf"|(?P<mixed>(?:(?<![\d/.,])(?P<whole>\d{{1,6}}){_SPACE}?)?(?P<vulgar>[{_VULGAR}]))"
    rf"|(?P<figure>(?P<digits>(?<![\d.,])(?:(?<![^\s(])-)?(?:{_DIGITS}))"
    rf"(?:(?P<ordinal_suffix>(?:st|nd|rd|th)\b)|[ -](?P<scale>{one_of(SCALES)})\b"
    r"|(?P<digits_and_a_half> and a half\b))?)"
    rf"|(?P<spelled>\b(?P<words>{_WORDS})(?:\b|(?=fold\b))(?P<and_a_half> and a half\b)?)"
    rf"|(?P<ordinal>\b(?:{one_of(ORDINALS)})\b)"
    rf"|(?P<multiplier>\b(?:{one_of(MULTIPLIERS)})\b)"
    rf"|(?P<implied>\b(?:{one_of(IMPLIED)})\b)"
    rf"|(?P<rate>\b(?:{one_of(_RATES)})\b)"
    rf"|(?P<article>\ban?(?= (?:{one_of(PERIODS)})\b))"
    r"|(?P<roman>(?:(?<=stage )|(?<=grade )|(?<=phase )|(?<=type ))"
    r"(?-i:I{1,3}|IV|V)(?=[ABC]?\b))"
)
_ROMAN = ("I", "II", "III", "IV", "V")
# Where a number can begin. The pattern is long, so it is tried there only.
_START = re.compile(rf"[A-Za-z]+|(?:(?<![^\s(])-)?\.?\d+|[{_VULGAR}]")
_FIRST_WORDS = frozenset(
    {*ONES, *TENS, *SCALES, *ORDINALS, *MULTIPLIERS, *IMPLIED, "half"}
    | {f"{number}fold" for number in ONES}
    | _RATES
    | {f"{roman}{part}".lower() for roman in _ROMAN for part in ("", "A", "B", "C")}
)
_STATING_WORDS = (_FIRST_WORDS | {*PERIODS, *FRACTIONS}) - {*IMPLIED, *_RATES, "first"}
_LETTERS = re.compile(r"[a-z]+")
_DIGIT = re.compile(rf"[\d{_VULGAR}]")
_AFTER_AN_ARTICLE = re.compile(
    rf"[ -](?:{one_of({*SCALES, *FRACTIONS, *PERIODS})})\b", re.IGNORECASE
)
_ONE, _HALF = Decimal(1), Decimal("0.5")


def may_state_a_number(text: str) -> bool:
    """Say quickly whether `text` can hold a number that is more than implied."""
    if _DIGIT.search(text):
        return True
    return not _STATING_WORDS.isdisjoint(_LETTERS.findall(text.lower()))


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of a number: it takes longer to compile than most texts to read."""
    return re.compile(_PATTERN, re.IGNORECASE)


def numerals_in(text: str) -> list[Numeral]:
    """Return every number of `text`, in the order of the text."""
    found: list[Numeral] = []
    if not _may_have_a_number(text):
        return found
    at = 0
    for start in _START.finditer(text):
        word = start.group().lower()
        if start.start() < at or (word.isalpha() and not _may_begin(word, text, start.end())):
            continue
        if match := _pattern().match(text, start.start()):
            found.append(_READERS[match.lastgroup or ""](match))
            at = match.end()
    return found


def _may_have_a_number(text: str) -> bool:
    """Say quickly whether `text` may hold a number of any kind."""
    if _DIGIT.search(text) or not _FIRST_WORDS.isdisjoint(_LETTERS.findall(text.lower())):
        return True
    return bool(_AFTER_AN_ARTICLE.search(text))


def _may_begin(word: str, text: str, end: int) -> bool:
    if word in ("a", "an"):
        return bool(_AFTER_AN_ARTICLE.match(text, end))
    return word in _FIRST_WORDS


def _fraction(match: re.Match[str]) -> Numeral:
    numerator = (match["numerator"] or "a").lower()
    number = _ONE if numerator in ("a", "an") else _spelled_value(numerator)
    divisor = FRACTIONS[(match["denominator"] or match["half"]).lower()]
    return Numeral(*match.span(), Form.FRACTION, number / divisor, divisor=divisor)


def _mixed(match: re.Match[str]) -> Numeral:
    number, divisor = VULGAR_FRACTIONS[match["vulgar"]]
    whole = Decimal(match["whole"] or 0)
    if whole:
        return Numeral(*match.span(), Form.DIGITS, whole + Decimal(number) / divisor, _ONE / 10)
    return Numeral(*match.span(), Form.FRACTION, Decimal(number) / divisor, divisor=divisor)


def _digits(match: re.Match[str]) -> Numeral:
    written = _GROUP_SPACE.sub("", match["digits"])
    if _DECIMAL_COMMA.search(written):
        written = written.replace(",", ".")
    value = Decimal(written.replace(",", ""))
    times = SCALES[match["scale"].lower()] if match["scale"] else 1
    if match["digits_and_a_half"]:
        return Numeral(*match.span(), Form.DIGITS, value + _HALF, _ONE / 10)
    form = Form.ORDINAL if match["ordinal_suffix"] else Form.DIGITS
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
    """Return a reader of words with a value in `values`; without one, their value is 1."""

    def read(match: re.Match[str]) -> Numeral:
        return Numeral(*match.span(), form, Decimal(values.get(match.group().lower(), 1)))

    return read


def _roman(match: re.Match[str]) -> Numeral:
    return Numeral(*match.span(), Form.ROMAN, Decimal(1 + _ROMAN.index(match["roman"])))


_READERS: dict[str, Callable[[re.Match[str]], Numeral]] = {
    "fraction": _fraction,
    "mixed": _mixed,
    "figure": _digits,
    "spelled": _spelled,
    "ordinal": _listed(Form.ORDINAL, ORDINALS),
    "multiplier": _listed(Form.MULTIPLIER, MULTIPLIERS),
    "implied": _listed(Form.IMPLIED, IMPLIED),
    "rate": _listed(Form.RATE, {}),
    "article": _listed(Form.ARTICLE, {}),
    "roman": _roman,
}
