"""Finds in a text whom and what it is about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from sourced_guide.claims.language.tokens import cached_by_text
from sourced_guide.claims.language.topics.lexicon import CIRCUMSTANCES, TOPICS, Name, names

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
# No text is read further, in characters.
LONGEST = 1_500
_CACHED_WORDS = 65_536
_PLURALS = (("ies", "y"), ("es", ""), ("s", ""))
# Names of one word, and longer ones by their second.
_Names = tuple[tuple[Name, ...], Mapping[str, Sequence[Name]]]
_NO_NAMES: _Names = ((), {})


class Mention(NamedTuple):
    """Words of a text that name a group of a facet, or are a sign of it.

    `written` stands at `start` to `end` of the text; `named` are those of the `groups` that it
    names.
    """

    facet: str
    groups: frozenset[str]
    named: frozenset[str]
    written: str
    start: int
    end: int


@cached_by_text
def mentions_in(text: str) -> tuple[Mention, ...]:
    """Return what `text` mentions, in order; of names that overlap, the longest of each facet."""
    return _mentions(text, TOPICS)


@cached_by_text
def circumstances_in(text: str) -> tuple[Mention, ...]:
    """Return when, how often, how and where something is in `text`, likewise."""
    return _mentions(text, CIRCUMSTANCES)


def named_circumstances_in(text: str) -> tuple[Mention, ...]:
    """Return those of them that are named in `text`, and not only told by a sign."""
    # Most texts have signs, and few have names.
    if not _names_among(_words_of(text), CIRCUMSTANCES, only_named=True):
        return ()
    return tuple(mention for mention in circumstances_in(text) if mention.named)


def _mentions(text: str, lexicon: tuple[str, str]) -> tuple[Mention, ...]:
    words = _words_of(text)
    found = _names_among(words, lexicon)
    if not found:
        return ()
    starts = list(_starts_of(words, text))
    mentions = []
    for at, name in found:
        last = at + len(name.words) - 1
        start, end = starts[at], starts[last] + len(words[last])
        mentions.append(Mention(name.facet, name.groups, name.named, text[start:end], start, end))
    return tuple(mentions)


def _starts_of(words: Sequence[str], text: str) -> Iterator[int]:
    """Yield where each of the words of a text begins."""
    # Nothing between two words is a letter or a digit, so each is found at its own place.
    end = 0
    for word in words:
        start = text.index(word, end)
        yield start
        end = start + len(word)


@cached_by_text
def _words_of(text: str) -> tuple[str, ...]:
    return tuple(map(intern, _TOKEN.findall(text[:LONGEST])))


def _names_among(
    words: Sequence[str], lexicon: tuple[str, str], *, only_named: bool = False
) -> list[tuple[int, Name]]:
    """Return the names that stand among the words of a text, each with where it begins."""
    found: list[tuple[int, Name]] = []
    taken: dict[str, int] = {}
    names_with = _names_by_word(lexicon, only_named=only_named)
    # No name begins with most of the words.
    beginnings = enumerate(map(names_with.__getitem__, words))
    for at, (of_one_word, longer) in [each for each in beginnings if each[1] is not _NO_NAMES]:
        follows = longer and at + 1 < len(words)
        begun = longer.get(_as_listed(words[at + 1]), ()) if follows else ()
        for name in (*begun, *of_one_word) if begun else of_one_word:
            if taken.get(name.facet, 0) <= at and _stands_at(name, words, at):
                taken[name.facet] = at + len(name.words)
                found.append((at, name))
    return found


def _stands_at(name: Name, words: Sequence[str], at: int) -> bool:
    """Say whether the rest of a name follows its first word; the last may be in the plural."""
    count = len(name.words)
    if count == 1:
        return True
    if at + count > len(words) or name.words[-1] not in _forms(words[at + count - 1]):
        return False
    return tuple(word.lower() for word in words[at + 1 : at + count - 1]) == name.words[1:-1]


class _NamesByWord(dict[str, _Names]):
    """What `_names_with` returns for each word, found when it is asked for."""

    def __init__(self, lexicon: tuple[str, str], *, only_named: bool) -> None:
        super().__init__()
        self._lexicon, self._only_named = lexicon, only_named

    def __missing__(self, word: str) -> _Names:
        found = self[word] = _names_with(word, self._lexicon, only_named=self._only_named)
        return found


@cache
def _names_by_word(lexicon: tuple[str, str], *, only_named: bool) -> _NamesByWord:
    return _NamesByWord(lexicon, only_named=only_named)


def _names_with(word: str, lexicon: tuple[str, str], *, only_named: bool) -> _Names:
    """Return the names that may begin with a word as it is written.

    Those of one word come first, then those of more by their second word, the longest first.
    """
    listed, forms = names(lexicon), _forms(word)
    if listed.keys().isdisjoint(forms):
        return _NO_NAMES
    known = (name for form in forms for name in listed.get(form, ()))
    found = [name for name in known if name.named or not only_named]
    if not found:
        return _NO_NAMES
    longer: dict[str, list[Name]] = {}
    for name in sorted(found, key=lambda name: -len(name.words)):
        if len(name.words) > 1:
            for second in _numbers(name):
                longer.setdefault(second, []).append(name)
    return tuple(name for name in found if len(name.words) == 1), longer


def _numbers(name: Name) -> Iterator[str]:
    """Yield the second word of a name, and its plurals where it is the last one."""
    second = name.words[1].lower()
    yield second
    if len(name.words) == 2:
        yield from (
            f"{second.removesuffix(left)}{end}" for end, left in _PLURALS if second.endswith(left)
        )


@lru_cache(_CACHED_WORDS)
def _as_listed(word: str) -> str:
    return word.lower().replace("’", "'").removesuffix("'s")


@lru_cache(_CACHED_WORDS)
def _forms(word: str) -> tuple[str, ...]:
    """Return a word as it may be listed: in capitals, in lower case, in the singular."""
    word = word.replace("’", "'").removesuffix("'s")
    lower = word.lower()
    singular = [lower[: -len(end)] + left for end, left in _PLURALS if lower.endswith(end)]
    return tuple(dict.fromkeys((word, lower, *singular)))
