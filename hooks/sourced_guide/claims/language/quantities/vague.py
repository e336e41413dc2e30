"""Quantities without a number: "few biopsies", "several months", and whether a passage has them.

"Few" is no word for 91 percent, and "a few months" none for a few days.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from sourced_guide.claims.language.normalize import content_form, content_words
from sourced_guide.claims.language.quantities.lexicon import WORKS, one_of
from sourced_guide.claims.language.quantities.parse import all_figures_in, figures_in
from sourced_guide.claims.language.quantities.quantity import PERCENT, Bound
from sourced_guide.claims.language.tokens import LONGEST_TEXT, vocabulary_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sourced_guide.claims.language.quantities.quantity import Figure

# From which percentage to which a word may stand for one (F. Mosteller and C. Youtz, "Quantifying
# probabilistic expressions", Statistical Science 5(1), 1990: wide bounds around their means).
_SHARES = {
    "few": (0, 35),
    "very few": (0, 20),
    "hardly any": (0, 15),
    "almost no": (0, 15),
    "a minority of": (0, 50),
    "a handful of": (0, 20),
    "most": (50, 100),
    "the majority of": (50, 100),
    "nearly all": (80, 100),
    "almost all": (80, 100),
    "nearly every": (80, 100),
}
_SHARE = re.compile(
    rf"(?<!\ba )\b(?P<word>{'|'.join(sorted(_SHARES, key=len, reverse=True))})"
    r"(?: of)?(?: the| these| those| all)? (?P<noun>[a-z]+)",
    re.IGNORECASE,
)
_UNITS = "second|minute|hour|day|week|month|year|decade"
_DURATION = re.compile(
    r"\b(?:a few|few|several|some|many|a couple of|a number of|the first few|two or three)"
    rf"(?: more| full| short| long)? (?P<unit>{_UNITS})s?\b",
    re.IGNORECASE,
)
_UNIT = re.compile(rf"\b(?P<unit>{_UNITS})s?\b", re.IGNORECASE)
# From which number to which a word may stand for one.
_MAGNITUDES = {
    "dozens": (24, 200),
    "hundreds": (100, 10_000),
    "thousands": (1_000, 1_000_000),
    "millions": (1_000_000, 1_000_000_000),
}
_MAGNITUDE = re.compile(rf"\b(?:{'|'.join(_MAGNITUDES)})\b(?! of times)", re.IGNORECASE)
# "XCV out of 100": nobody writes a share so.
_ROMAN = re.compile(r"\b[IVXLCDM]{2,}(?= (?:out of|percent|per cent)\b| ?%)")
# "The latest guideline", of a work that says when it is from and not what came after it.
_RECENT = re.compile(
    r"\b(?:latest|newest|most recent|most up-to-date)(?= (?:\w+ ){0,2}"
    r"(?:guidelines?|guidance|reviews?|stud(?:y|ies)|trials?|advice|evidence|research)\b)",
    re.IGNORECASE,
)
_NEWER = re.compile(r"\b(?:latest|newer|newest|more recent|most recent)\b", re.IGNORECASE)
# "In both reviews", of fewer works, none of which tells of two.
_BOTH_WORKS = re.compile(rf"\bboth (?:of )?(?:the |these )?(?:{one_of(WORKS)})\b", re.IGNORECASE)
_TWO = re.compile(r"\b(?:both|two|2|another|second)\b", re.IGNORECASE)
# "More than half" is what "most" says, and the figure 50 is not.
_HALF = Decimal(50)
_MORE = (Bound.MIN, Bound.OVER)
_MOST = re.compile(r"\b(?:most(?! (?:often|likely|common))|majority)\b", re.IGNORECASE)
# Without one of these words, a text has no such share or time, and names neither a newest work nor
# two of them.
_FIRST_WORDS = frozenset(
    (
        *("few", "several", "some", "many", "couple", "number", "two", "hardly", "almost"),
        *("minority", "handful", "most", "majority", "nearly", "latest", "newest", "both"),
        *_MAGNITUDES,
    )
)
# What turns a share around is left to the rules for negations.
_TURNED = re.compile(
    r"\b(?:not|no|none|never|cannot|without|neither|nor)\b|n['’]t\b", re.IGNORECASE
)


def may_be_vague(claim: str) -> bool:
    """Say quickly whether a claim may have such words, or a share in Roman numerals."""
    return (
        not _FIRST_WORDS.isdisjoint(vocabulary_of(claim))
        or len(claim) > LONGEST_TEXT
        or bool(_ROMAN.search(claim))
    )


def unsupported_quantities(claim: str, passages: Sequence[str]) -> Iterator[str]:
    """Yield the words of a claim for a share or a time that the passages have otherwise."""
    yield from _unlike(_ROMAN, _ROMAN, claim, passages)
    yield from _durations(claim, passages)
    yield from _magnitudes(claim, passages)
    yield from _unlike(_RECENT, _NEWER, claim, passages)
    if not figures_in(claim):
        yield from _shares(claim, passages)


def is_told_by_most(figure: Figure, passages: Sequence[str]) -> bool:
    """Say whether a figure is "more than half" and a passage says "most"."""
    is_more_than_half = figure.unit == PERCENT and figure.low == _HALF and figure.bound in _MORE
    return is_more_than_half and any(map(_MOST.search, passages))


def works_without_citation(claim: str, passages: Sequence[str], works: int) -> Iterator[str]:
    """Yield the words of a claim for two works, where its passages are of fewer."""
    match = _BOTH_WORKS.search(claim) if works == 1 else None
    if match and not any(map(_TWO.search, passages)):
        yield match.group()


def _durations(claim: str, passages: Sequence[str]) -> Iterator[str]:
    for match in _DURATION.finditer(claim):
        known = {unit["unit"].lower() for passage in passages for unit in _UNIT.finditer(passage)}
        # Where no passage has any, it is another rule that misses the support.
        if known and match["unit"].lower() not in known:
            yield match.group()


def _magnitudes(claim: str, passages: Sequence[str]) -> Iterator[str]:
    known = {match.group().lower() for each in passages for match in _MAGNITUDE.finditer(each)}
    for match in _MAGNITUDE.finditer(claim):
        low, high = _MAGNITUDES[word := match.group().lower()]
        figures = (figure for passage in passages for figure in all_figures_in(passage))
        if word not in known and not any(low <= figure.high <= high for figure in figures):
            yield match.group()


def _shares(claim: str, passages: Sequence[str]) -> Iterator[str]:
    found = list(_SHARE.finditer(claim))
    if found and _TURNED.search(claim):
        return
    for match in found:
        noun = content_form(match["noun"].lower())
        shares = {
            figure.low
            for passage in passages
            for sentence in passage.split(". ")
            if noun in content_words(sentence) and not _TURNED.search(sentence)
            for figure in all_figures_in(sentence)
            if figure.unit == PERCENT
        }
        low, high = _SHARES[match["word"].lower()]
        if len(shares) == 1 and not low <= next(iter(shares)) <= high:
            yield f"{match['word']} {match['noun']}"


def _unlike(
    pattern: re.Pattern[str], allowing: re.Pattern[str], claim: str, passages: Sequence[str]
) -> Iterator[str]:
    for match in pattern.finditer(claim):
        if not any(allowing.search(passage) for passage in passages):
            yield match.group()
