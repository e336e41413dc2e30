"""Medical words in text that has no citation: remedies, and statements about them.

A command to take one, praise of one, and a question that presupposes its effect state something,
even in a heading or a button.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.claims.language.phrases import PhraseTable
from sourced_guide.claims.language.tokens import cached_by_text
from sourced_guide.claims.language.topics.reader import Mention, mentions_in
from sourced_guide.claims.language.word_lists.lists import read_lists

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LETTERS = re.compile(r"[a-z]{3,}")
_REMEDIES = frozenset(("medicine", "remedy", "treatment"))
_CACHED_WORDS = 65_536


def command_in(text: str) -> str:
    """Return the verb by which a text advises readers what to take or do, or nothing."""
    words = [word for word in words_in(text) if word not in word_list("before_commands")]
    is_command = bool(words) and words[0] in word_list("commands")
    return words[0] if is_command and (remedies_in(text) or has_word(words[1:], "illness")) else ""


def praise_in(text: str) -> str:
    """Return the words by which a text praises or disparages a remedy."""
    return phrase_in(words_in(text), "praise") if remedies_in(text) else ""


def presupposed_effect_in(text: str) -> str:
    """Return the verb by which a topic or question presupposes a remedy's effect."""
    if not (remedies := remedies_in(text)):
        return ""
    after = words_in(text[remedies[0].end :])
    return next((word for word in after[:3] if word in word_list("effects")), "")


@cached_by_text
def remedies_in(text: str) -> tuple[Mention, ...]:
    """Return the medicines and treatments that a text names."""
    named = [
        mention for mention in mentions_in(text) if mention.facet in _REMEDIES and mention.named
    ]
    if any(map(_has_medicine_stem, _LETTERS.findall(text.lower()))):
        named += [
            Mention("medicine", frozenset(), frozenset(), match.group(), match.start(), match.end())
            for match in _medicine().finditer(text)
        ]
    return tuple(named)


def words_in(text: str) -> list[str]:
    """Return the words of a text, in lower case."""
    return _WORD.findall(text.lower().replace("’", "'"))


def has_word(words: Iterable[str], group: str) -> bool:
    """Say whether one of the words is in a list of medical_words.yml."""
    return not word_list(group).isdisjoint(words)


def phrase_in(words: Sequence[str], group: str) -> str:
    """Return the first of a group's words that is among the words, or else of its phrases."""
    found = word_list(group).intersection(words) or _phrases(group).among(words)
    return min(found, default="")


def word_list(group: str) -> frozenset[str]:
    """Return a list of medical_words.yml, of which some are a field's own."""
    return _lists().get(group, frozenset())


@cache
def _phrases(group: str) -> PhraseTable[str]:
    return PhraseTable((tuple(phrase.split()), phrase) for phrase in word_list(group))


@cache
def _medicine_stems() -> tuple[str, ...]:
    return tuple(sorted(word_list("medicine_stems")))


@lru_cache(_CACHED_WORDS)
def _has_medicine_stem(word: str) -> bool:
    return word.endswith(_medicine_stems())


@cache
def _medicine() -> re.Pattern[str]:
    """Return what finds a word with the stem of an international name."""
    stems = "|".join(_medicine_stems())
    return re.compile(rf"\b[A-Za-z]{{3,}}(?:{stems})\b", re.IGNORECASE)


@cache
def _lists() -> dict[str, frozenset[str]]:
    lists: dict[str, str] = read_lists(
        Path(__file__).with_name("medical_words.yml"), "medical_words"
    )
    return {
        group: frozenset(
            words.split()
            if group == "medicine_stems"
            else (phrase.strip() for phrase in words.split(","))
        )
        for group, words in lists.items()
    }
