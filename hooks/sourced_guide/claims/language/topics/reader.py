"""Finds in a text whom and what it is about."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sourced_guide.claims.language.topics.lexicon import Name, names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TOKEN = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
# No text is read further, in characters.
LONGEST = 1_500
_MOST_TEXTS_KEPT = 16_384
_PLURALS = (("ies", "y"), ("es", ""), ("s", ""))


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


@lru_cache(_MOST_TEXTS_KEPT)
def mentions_in(text: str) -> tuple[Mention, ...]:
    """Return what `text` mentions, in order; of names that overlap, the longest of each facet."""
    tokens = list(_TOKEN.finditer(text, 0, LONGEST))
    words = [token.group().replace("’", "'").removesuffix("'s") for token in tokens]
    found: list[Mention] = []
    taken: dict[str, int] = {}
    for at, token in enumerate(tokens):
        for name, length in _names_at(words, at):
            if taken.get(name.facet, 0) <= at:
                taken[name.facet] = at + length
                end = tokens[at + length - 1].end()
                written = text[token.start() : end]
                found.append(
                    Mention(name.facet, name.groups, name.named, written, token.start(), end)
                )
    return tuple(found)


def _names_at(words: Sequence[str], at: int) -> Iterable[tuple[Name, int]]:
    for first in _forms(words[at]):
        for name in names().get(first, ()):
            length = len(name.words)
            rest = words[at + 1 : at + length]
            if length == 1 or (
                len(rest) == length - 1
                and [word.lower() for word in rest[:-1]] == [*name.words[1:-1]]
                and name.words[-1] in _forms(rest[-1])
            ):
                yield name, length


@lru_cache(_MOST_TEXTS_KEPT)
def _forms(word: str) -> tuple[str, ...]:
    """Return a word as it may be listed: in capitals, in lower case, in the singular."""
    lower = word.lower()
    singular = [lower[: -len(end)] + left for end, left in _PLURALS if lower.endswith(end)]
    return tuple(dict.fromkeys((word, lower, *singular)))
