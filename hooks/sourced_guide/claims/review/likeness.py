"""How much two claims have in common, by their trigrams of letters."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CACHED_TRIGRAMS = 4096
# Below this, two claims have words in common and say different things.
_LEAST_SIMILARITY = 0.5


def similarity(one: str, other: str) -> float:
    """Return how much two claims have in common, from 0 to 1: the Sørensen-Dice coefficient.

    It is taken of their trigrams of letters (L. R. Dice, Ecology 26(3), 1945), which hardly differ
    after a changed letter or a new order of words.
    """
    first, second = _trigrams(one), _trigrams(other)
    return 2 * len(first & second) / (len(first) + len(second))


def similar_pairs(before: Sequence[str], now: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the positions of claims that are versions of each other, the most similar first.

    Every claim is in at most one pair.
    """
    # As bits of one number, all claims of a guide are compared in a tenth of a second.
    numbers: dict[str, int] = {}
    old, new = ([_as_bits(_trigrams(text), numbers) for text in texts] for texts in (before, now))
    likenesses = (
        (2 * (one & other).bit_count() / (one.bit_count() + other.bit_count()), at, to)
        for at, one in enumerate(old)
        for to, other in enumerate(new)
    )
    ranked = sorted(
        (-likeness, at, to) for likeness, at, to in likenesses if likeness >= _LEAST_SIMILARITY
    )
    matched: set[int] = set()
    taken: set[int] = set()
    for _, at, to in ranked:
        if at not in matched and to not in taken:
            matched.add(at)
            taken.add(to)
            yield at, to


def _as_bits(trigrams: frozenset[str], numbers: dict[str, int]) -> int:
    bits = 0
    for trigram in trigrams:
        bits |= 1 << numbers.setdefault(trigram, len(numbers))
    return bits


@lru_cache(maxsize=_CACHED_TRIGRAMS)
def _trigrams(text: str) -> frozenset[str]:
    padded = f"  {text.lower()}  "
    return frozenset(map("".join, zip(padded, padded[1:], padded[2:], strict=False)))
