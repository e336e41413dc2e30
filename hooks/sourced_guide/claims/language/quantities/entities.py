"""Named entities with numbers in them: dates, times of day and telephone numbers, compared whole.

What only looks like a figure is found here too, so that it is not read as a number: names
(L4, COVID-19, PI3K), references ("table 2", "[3]"), versions, item numbers.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from sourced_guide.claims.language.quantities.lexicon import MONTHS, UNITS, one_of
from sourced_guide.claims.language.quantities.quantity import CLOCK, DATE, PHONE, Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTH = (
    rf"(?:{one_of(name.title() for name in MONTHS)}|{one_of(name[:3].title() for name in MONTHS)}"
    r"|Sept)\b\.?"
)
_TH = r"(?:st|nd|rd|th)?"
# "May 5" is a day, "May 5 percent" is not.
_NO_AMOUNT = r"(?!\d| ?(?:%|percent\b|to\b|out\b|of\b|people\b))"
_DATES = (
    rf"(?P<d1>\d{{1,2}}){_TH}(?: of)? (?P<m1>{_MONTH}),?(?: (?P<y1>\d{{4}})\b)?",
    rf"\b(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}}){_TH}\b,? (?P<y2>\d{{4}})\b",
    rf"\b(?P<m3>{_MONTH}),? (?P<y3>\d{{4}})\b",
    rf"\b(?P<m4>{_MONTH}) (?P<d4>\d{{1,2}}){_TH}{_NO_AMOUNT}",
    r"\b(?P<y5>\d{4})-(?P<m5>\d\d)-(?P<d5>\d\d)\b",
    # Day and month may stand in either order, so only the year is certain.
    r"\b\d{1,2}/\d{1,2}/(?P<y6>\d{4})\b",
)
_PHONES = (
    r"\+\d[\d ()-]{6,18}\d",
    r"\(\d{2,5}\)[ -]?\d{3,4}[ -]?\d{3,4}",
    r"\b0\d{2,4}(?:[ -]\d{2,4}){1,4}",
    r"\b0\d{8,11}",
    r"\b(?:1[ -])?\d{3}-\d{3}-\d{4}",
)
_CLOCK = (
    r"\b(?P<hour>\d{1,2})(?::(?P<minute>\d\d))?\s?(?P<half>[ap])\.?m\b\.?",
    r"\b(?P<hour24>\d{1,2}):(?P<minute24>\d\d)(?![\d:])",
)
_ATTACHED_UNIT = one_of([form for form in UNITS if form.isalpha()])
_PLACES_IN_A_WORK = r"tables?|figures?|fig\.|steps?|sections?|chapters?|pages?|pp?\.|questions?"
_NOT_FIGURES = (
    r"^\(?\d{1,2}[.)](?=\s)",
    r"\[[\d,; -]{1,40}\]",
    r"\b24[/-]7\b",
    r"\b\d+(?:\.\d+){2,}\b",
    r"\b95 ?(?:%|percent) (?:CI\b|confidence\b)",
    # "x10" is a factor; every other letter before a digit makes a name of it, and so do capitals
    # and unknown letters after it: "3-D", "5-FU", "18F", "1990s".
    r"(?<![A-Za-z\d])(?!x\d)[A-Za-z]{1,20}-?\d\w*(?:-[A-Za-z]?\d+)*",
    r"\b\d[\d.]*-[A-Z]+\b",
    rf"\b(?!\d[\d.,]*(?:(?i:{_ATTACHED_UNIT})|st|nd|rd|th)\b)\d[\d.,]*[A-Za-z]\w*",
    r"(?<!\d[ ,.])\b0\d+\b(?![.,]\d)",
    rf"\b(?i:{_PLACES_IN_A_WORK}) \d+(?: ?(?:-|to|and) ?\d+)*",
)
# The first line is an optimization: no entity can begin with anything else.
_ENTITY = re.compile(
    r"(?<![A-Za-z\d])(?=[A-Za-z]{1,20}+[.,]{0,2}[ -]?\d|\d|[+(\[]\(?\d)(?:"
    rf"(?P<date>{'|'.join(_DATES)})|(?P<phone>{'|'.join(_PHONES)})|(?P<clock>{'|'.join(_CLOCK)})"
    rf"|{'|'.join(_NOT_FIGURES)})"
)
_DATE_PARTS = [name for name in _ENTITY.groupindex if re.fullmatch(r"[ymd]\d", name)]
_NOON = 12


def split_entities(text: str) -> tuple[list[Figure], str]:
    """Return the entities of `text`, and `text` with them blanked out, character for character."""
    found: list[Figure] = []
    rest: list[str] = []
    at = 0
    for match in _ENTITY.finditer(text):
        found += _entity(match)
        rest += [text[at : match.start()], "§" * (match.end() - match.start())]
        at = match.end()
    return found, "".join([*rest, text[at:]])


def _entity(match: re.Match[str]) -> Iterator[Figure]:
    """Yield the figure that matched, if it is one.

    Its value is what it is compared by: the year of a date (0 if none), minutes after midnight,
    the digits of a telephone number.
    """
    if match["date"]:
        date = _year_month_day(match)
        yield _figure(match, DATE, date[0], date)
    elif match["phone"]:
        yield _figure(match, PHONE, Decimal(re.sub(r"\D", "", match["phone"])))
    elif match["clock"]:
        hour = int(match["hour"] or match["hour24"])
        minute = int(match["minute"] or match["minute24"] or 0)
        if match["half"]:
            hour = hour % _NOON + (_NOON if match["half"] == "p" else 0)
        yield _figure(match, CLOCK, Decimal(60 * hour + minute))


def _figure(
    match: re.Match[str], unit: str, value: Decimal, parts: tuple[Decimal, ...] = ()
) -> Figure:
    return Figure("", *match.span(), value, value, unit, parts=parts)


def _year_month_day(match: re.Match[str]) -> tuple[Decimal, Decimal, Decimal]:
    parts = {name[0]: match[name] for name in _DATE_PARTS if match[name]}
    month = parts.get("m", "0")
    if not month.isdigit():
        month = str(1 + [name[:3] for name in MONTHS].index(month[:3].lower()))
    return Decimal(parts.get("y", 0)), Decimal(month), Decimal(parts.get("d", 0))
