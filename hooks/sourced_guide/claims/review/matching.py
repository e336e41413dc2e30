"""Which pairs of a claim and a passage are still as a person read them together.

Each entry of the confirmations file holds for one pair. It goes to the pair

1. with the same fingerprint, in the same file or, where that has it no more, in the file that the
   claim moved to: the pair is *confirmed*;
2. with the same claim and citation, whose passage therefore changed: *suspect*;
3. in the same file (or in any, where that file has no claims any more) with the same citation and
   the most similar claim, or with the same claim and another citation: *suspect*.

A claim that stood several times in its file is one pair with one entry. Where it stands there less
often now, the entry goes on to the edited copies by the same steps.

A pair without an entry was *never confirmed*. An entry that goes to no pair is *lost* where its
claim still stands without that citation, which makes a pair of what is left *suspect*: together
they may no longer bear the claim out. Any other is *gone*: nobody claims any more what was
confirmed. Where both the claim and its citation are new, the pair is new.
A claim that is copied is not confirmed in its new place, where other words stand around it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from sourced_guide.claims.project.reviews import read_confirmations
from sourced_guide.claims.review.links import (
    Identity,
    Pair,
    fingerprint,
    pairs_of,
    project_file,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Sequence
    from pathlib import Path

    from sourced_guide.claims.model.confirmation import Confirmation
    from sourced_guide.claims.project.guide import Guide

_ANY_FILE = ""
_CLAIMS_KEPT = 4096


class State(Enum):
    """What is known of a pair."""

    CONFIRMED = "confirmed"
    SUSPECT = "suspect"
    NEVER = "never confirmed"


@dataclass(frozen=True)
class Reading:
    """What came of a pair: its state and the entry that goes to it, where there is one.

    `lost` are entries of citations that the claim had beside this one and has no more.
    """

    pair: Pair
    state: State
    confirmation: Confirmation | None = None
    lost: tuple[Confirmation, ...] = ()

    @property
    def changed(self) -> tuple[str, ...]:
        """What differs from what was confirmed: of "claim", "citation" and "passage"."""
        was, pair = self.confirmation, self.pair
        if was is None or self.state is State.CONFIRMED:
            return ()
        changed = ["claim"] if was.claim != pair.claim else []
        if was.passage != pair.reference:
            changed.append("citation")
        elif not pair.passage or fingerprint(was.claim, pair.passage) != was.fingerprint:
            changed.append("passage")
        return tuple(changed)


@dataclass(frozen=True)
class Readings:
    """Every pair of a guide, by file and line, and the entries that go to none.

    `gone` are entries for what nobody claims any more; `held` are those of pages that cannot be
    read just now, of which nothing can be said.
    """

    pairs: tuple[Reading, ...]
    gone: tuple[Confirmation, ...] = ()
    held: tuple[Confirmation, ...] = ()

    def with_confirmed(self, pair: Pair, confirmation: Confirmation) -> list[Confirmation]:
        """Return the entries that the file is to have once `pair` is confirmed."""
        kept = [
            entry
            for reading in self.pairs
            if reading.pair.identity != pair.identity
            for entry in (reading.confirmation, *reading.lost)
            if entry
        ]
        return [*kept, *self.held, confirmation]


def confirmations_path(guide: Guide) -> Path:
    """Return where the guide keeps its confirmations, whether or not there are any."""
    return guide.project.folder / guide.project.options.confirmations


def read_together(guide: Guide) -> Readings:
    """Return the state of every pair of the guide.

    Raises UnusableProjectError where the confirmations file cannot be read.
    """
    return _readings(guide, read_confirmations(confirmations_path(guide)))


def suspects(guide: Guide) -> list[Reading]:
    """Return the pairs that changed after they were confirmed; quick where nothing ever was.

    Raises UnusableProjectError where the confirmations file cannot be read.
    """
    confirmations = read_confirmations(confirmations_path(guide))
    if not confirmations:
        return []
    return [each for each in _readings(guide, confirmations).pairs if each.state is State.SUSPECT]


def _readings(guide: Guide, confirmations: Sequence[Confirmation]) -> Readings:
    unread = {
        project_file(guide, guide.project.docs / file.path)
        for file, _ in guide.pages
        if file.problems
    }
    return compare(pairs_of(guide), confirmations, unread)


def compare(
    pairs: Sequence[Pair], confirmations: Sequence[Confirmation], unread: Collection[str] = ()
) -> Readings:
    """Find the entry that goes to each pair; `unread` are files that cannot be read just now."""
    # Two people may have confirmed one pair, each on a branch: the later entry holds.
    latest_first = sorted(confirmations, key=lambda entry: entry.on, reverse=True)
    matching = _Matching(pairs, latest_first)
    matching.same(
        lambda pair: (pair.file, pair.key, pair.fingerprint),
        lambda entry: (entry.file, entry.key, entry.fingerprint),
    )
    matching.same(
        lambda pair: (pair.key, pair.fingerprint), lambda entry: (entry.key, entry.fingerprint)
    )
    confirmed = set(matching.entries)
    matching.same(
        lambda pair: pair.identity, lambda entry: (entry.file, entry.claim, entry.passage)
    )
    held = [entry for entry in matching.left if entry.file in unread]
    matching.left = [entry for entry in matching.left if entry.file not in unread]
    copies = matching.take_copies()
    matching.left += copies
    matching.similar()
    lost = matching.take_lost()
    return Readings(
        tuple(
            _reading(pair, matching.entries.get(pair.identity), lost.get(pair.identity), confirmed)
            for pair in pairs
        ),
        gone=tuple(sorted(entry for entry in matching.left if entry not in copies)),
        held=tuple(held),
    )


def _reading(
    pair: Pair,
    entry: Confirmation | None,
    lost: Sequence[Confirmation] | None,
    confirmed: Collection[Identity],
) -> Reading:
    if entry and pair.identity in confirmed:
        # The claim may have moved, or its passage have a new name: what was read is the same.
        entry = replace(entry, file=pair.file, passage=pair.reference)
        if not lost:
            return Reading(pair, State.CONFIRMED, entry)
    return Reading(pair, State.SUSPECT if entry or lost else State.NEVER, entry, tuple(lost or ()))


@dataclass
class _Matching:
    """Entries on their way to pairs: those `left`, and which pair has which of the others."""

    pairs: Sequence[Pair]
    left: list[Confirmation]
    entries: dict[Identity, Confirmation] = field(default_factory=dict)

    def same(
        self, of_pair: Callable[[Pair], Hashable], of_entry: Callable[[Confirmation], Hashable]
    ) -> None:
        """Give each pair that has no entry the first one that is the same in this respect."""
        waiting: dict[Hashable, list[Confirmation]] = {}
        for entry in self.left:
            waiting.setdefault(of_entry(entry), []).append(entry)
        for pair in self.pairs if waiting else ():
            if pair.identity not in self.entries and (found := waiting.get(of_pair(pair))):
                self.entries[pair.identity] = found.pop(0)
        self.left = [entry for entries in waiting.values() for entry in entries]

    def take_copies(self) -> list[Confirmation]:
        """Return entries for the copies of claims that stood more often than they stand now."""
        copies = []
        for pair in self.pairs:
            entry = self.entries.get(pair.identity)
            if entry and entry.times > pair.times:
                self.entries[pair.identity] = replace(entry, times=pair.times)
                copy = replace(entry, file=pair.file, passage=pair.reference, times=1)
                copies += [copy] * (entry.times - pair.times)
        return copies

    def take_lost(self) -> dict[Identity, list[Confirmation]]:
        """Take out the entries whose claim still stands, by the first pair that it makes there."""
        standing: dict[Hashable, Identity] = {}
        for pair in self.pairs if self.left else ():
            entry = self.entries.get(pair.identity)
            # The claim may have moved with its other citations.
            moved_from = entry.file if entry and entry.claim == pair.claim else pair.file
            for file in (pair.file, moved_from):
                standing.setdefault((file, pair.claim), pair.identity)
        here = {pair.identity for pair in self.pairs if standing}
        here_as_read = {(pair.file, pair.key, pair.fingerprint) for pair in self.pairs if standing}
        lost: dict[Identity, list[Confirmation]] = {}
        left = []
        for entry in self.left:
            at = standing.get((entry.file, entry.claim))
            # Of two entries for one pair, the one that did not go to it is no lost citation.
            if (
                at
                and (at[0], entry.claim, entry.passage) not in here
                and (at[0], entry.key, entry.fingerprint) not in here_as_read
            ):
                lost.setdefault(at, []).append(entry)
            else:
                left.append(entry)
        self.left = left
        return lost

    def similar(self) -> None:
        """Give entries to pairs that one half of them still fits, the most similar first."""
        files = {pair.file for pair in self.pairs}
        halves: dict[Hashable, list[Pair]] = {}
        for pair in self.pairs if self.left else ():
            if pair.identity not in self.entries:
                for file in (pair.file, _ANY_FILE):
                    halves.setdefault((file, "claim", pair.claim), []).append(pair)
                    halves.setdefault((file, "citation", pair.reference), []).append(pair)
        ranked = []
        for number, entry in enumerate(self.left):
            file = entry.file if entry.file in files else _ANY_FILE
            for half in ((file, "claim", entry.claim), (file, "citation", entry.passage)):
                ranked += [
                    (_likeness(entry.claim, pair.claim), number, pair)
                    for pair in halves.get(half, ())
                ]
        ranked.sort(key=lambda each: -each[0])
        given: set[int] = set()
        for _, number, pair in ranked:
            if number not in given and pair.identity not in self.entries:
                self.entries[pair.identity] = self.left[number]
                given.add(number)
        self.left = [entry for number, entry in enumerate(self.left) if number not in given]


def _likeness(one: str, other: str) -> float:
    """Return how much two claims have in common, from 0 to 1: the Sørensen-Dice coefficient.

    It is taken of their trigrams of letters (L. R. Dice, Ecology 26(3), 1945), which one changed
    letter and words in another order leave nearly as they were.
    """
    first, second = _trigrams(one), _trigrams(other)
    return 2 * len(first & second) / (len(first) + len(second))


@lru_cache(maxsize=_CLAIMS_KEPT)
def _trigrams(text: str) -> frozenset[str]:
    padded = f"  {text.lower()}  "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))
