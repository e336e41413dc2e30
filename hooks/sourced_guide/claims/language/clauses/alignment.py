"""Which clause of a passage speaks of the same thing as a clause of a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sourced_guide.claims.language.clauses.clause import Clause


class Match(NamedTuple):
    """A clause of a passage, the words that it shares with what is compared, and their share."""

    clause: Clause
    shared: frozenset[str]
    share: float


def matches(
    words: frozenset[str], clauses: Iterable[Clause], weights: Mapping[str, float] | None = None
) -> list[Match]:
    """Return the clauses that share some of `words`, those with the greatest share first.

    A word weighs 1, or what `weights` says.
    """
    whole = _weight(words, weights)
    if not whole:
        return []
    found = [
        Match(clause, shared, _weight(shared, weights) / whole)
        for clause in clauses
        if (shared := words & clause.forms)
    ]
    return sorted(found, key=lambda match: -match.share)


def _weight(words: Iterable[str], weights: Mapping[str, float] | None) -> float:
    return sum(1.0 if weights is None else weights.get(word, 1.0) for word in words)
