"""Finds a passage in a saved copy of its source, and locators that identify it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourced_guide.claims.language.quantities.parse import figures_in
from sourced_guide.claims.language.sentences import sentences
from sourced_guide.claims.rules.sources.snapshots import normalized
from sourced_guide.records.errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# As `start` and `end` are long in the sources that there are: enough to be found once.
_FEWEST_WORDS, _MOST_WORDS = 4, 12
_ALIKE = ("'‘’", '"“”', "‐‑–—−\\-")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Located:
    """The passage around some words: its locators, found once in the copy, and its figures."""

    text: str
    start: str
    end: str
    figures: tuple[str, ...]


def locate(copy: str, words: str) -> Located:
    """Return the passage of `copy` that holds `words`, in whole sentences.

    `copy` is the text of the source; `words` are some of the passage, or all of it, as the copy
    has them but for spaces, quotes and dashes. Raises RecordError where they are not found, are
    found more than once, or no few words lead to the passage alone.
    """
    copy, wanted = " ".join(copy.split()), words.split()
    if not wanted:
        raise RecordError("no words to look for; give a few of the passage")
    found = list(_pattern(wanted).finditer(copy))
    shown = _short(" ".join(wanted))
    if not found:
        raise RecordError(f"the copy has no '{shown}'; copy the words from it")
    if len(found) > 1:
        raise RecordError(f"the copy has '{shown}' {len(found)} times; give more words")
    first, last = found[0].span()
    spans = [span for span in sentences(copy) if span[0] < last and span[1] > first]
    begin, stop = (spans[0][0], spans[-1][1]) if spans else (first, last)
    text, whole = copy[begin:stop], normalized(copy)
    start = _shortest(text, whole, _beginnings(text))
    end = _shortest(text, whole, _endings(text))
    return Located(text, start, end, _figures(text))


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of words, whichever quotes and dashes they are written with."""
    return re.compile(r"\s+".join(map(_alike, words)), re.IGNORECASE)


def _alike(word: str) -> str:
    return "".join(next((f"[{c}]" for c in _ALIKE if x in c), re.escape(x)) for x in word)


def _shortest(text: str, copy: str, offered: Iterator[str]) -> str:
    for words in offered:
        if copy.count(normalized(words)) == 1:
            return words
    raise RecordError(
        f"no {_MOST_WORDS} words lead to '{_short(text)}' alone; give words that begin earlier"
    )


def _beginnings(text: str) -> Iterator[str]:
    words = list(_WORD.finditer(text))
    for count in range(min(_FEWEST_WORDS, len(words)), min(_MOST_WORDS, len(words)) + 1):
        yield text[: words[count - 1].end()].rstrip(".,;:")


def _endings(text: str) -> Iterator[str]:
    words = list(_WORD.finditer(text))
    for count in range(min(_FEWEST_WORDS, len(words)), min(_MOST_WORDS, len(words)) + 1):
        yield text[words[-count].start() :].rstrip(".,;:")


def _figures(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(figure.written for figure in figures_in(text)))


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
