"""Whether claims and passages are still as a person confirmed them.

Each entry of the confirmations file is matched to one claim-passage link:

1. the one with the same fingerprint, in the same file or, where that has it no more, in the file
   that the claim moved to: the link is *confirmed*;
2. the one with the same claim and citation, whose passage therefore changed: *stale*;
3. in the same file (or in any, where that file has no claims any more) the one with the same
   citation and the most similar claim, or with the same claim and another citation: *stale*.

A claim that stood several times in its file is one link with one entry. Where it stands there less
often now, the entry is matched to the edited copies by the same steps.

A link without an entry was *never confirmed*. An entry without a link is *dropped* where its claim
still stands without that citation, which makes a link of what is left *stale*: together they may no
longer support the claim. Any other is *orphaned*: no claim matches it any more. Where both the
claim and its citation are new, the link is new. A claim that is copied is not confirmed in its new
place, where other words stand around it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from sourced_guide.claims.project.reviews import read_confirmations
from sourced_guide.claims.review.links import (
    ClaimPassageLink,
    LinkKey,
    claim_passage_links,
    fingerprint,
    project_file,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Sequence
    from pathlib import Path

    from sourced_guide.claims.model.confirmation import Confirmation
    from sourced_guide.claims.project.guide import Guide

_ANY_FILE = ""
_CACHED_CLAIMS = 4096


class ReviewStatus(Enum):
    """Whether a person confirmed that claim and passage of a link agree."""

    CONFIRMED = "confirmed"
    STALE = "stale"
    NEVER_CONFIRMED = "never confirmed"


@dataclass(frozen=True)
class LinkReview:
    """The status of a link, and the entry that is matched to it, where there is one.

    `dropped` are entries of citations that the claim had beside this one and has no more.
    """

    link: ClaimPassageLink
    status: ReviewStatus
    confirmation: Confirmation | None = None
    dropped: tuple[Confirmation, ...] = ()

    @property
    def changed(self) -> tuple[str, ...]:
        """What differs from what was confirmed: of "claim", "citation" and "passage"."""
        was, link = self.confirmation, self.link
        if was is None or self.status is ReviewStatus.CONFIRMED:
            return ()
        changed = ["claim"] if was.claim != link.claim else []
        if was.passage != link.reference:
            changed.append("citation")
        elif not link.passage or fingerprint(was.claim, link.passage) != was.fingerprint:
            changed.append("passage")
        return tuple(changed)


@dataclass(frozen=True)
class Reviews:
    """Every link of a guide, by file and line, and the entries that match none.

    `orphaned` are entries of claims that the guide no longer makes; `unverifiable` are those of
    pages that cannot be read just now.
    """

    links: tuple[LinkReview, ...]
    orphaned: tuple[Confirmation, ...] = ()
    unverifiable: tuple[Confirmation, ...] = ()

    def with_confirmed(
        self, link: ClaimPassageLink, confirmation: Confirmation
    ) -> list[Confirmation]:
        """Return the entries that the file is to have once `link` is confirmed."""
        others = [
            entry
            for review in self.links
            if review.link.link_key != link.link_key
            for entry in (review.confirmation, *review.dropped)
            if entry
        ]
        return [*others, *self.unverifiable, confirmation]


def confirmations_path(guide: Guide) -> Path:
    """Return where the guide keeps its confirmations, whether or not there are any."""
    return guide.project.folder / guide.project.options.confirmations


def review_links(guide: Guide) -> Reviews:
    """Return the review of every link of the guide.

    Raises UnusableProjectError where the confirmations file cannot be read.
    """
    return _reviews(guide, read_confirmations(confirmations_path(guide)))


def stale_links(guide: Guide) -> list[LinkReview]:
    """Return the links that changed after they were confirmed; quick where nothing ever was.

    Raises UnusableProjectError where the confirmations file cannot be read.
    """
    confirmations = read_confirmations(confirmations_path(guide))
    if not confirmations:
        return []
    links = _reviews(guide, confirmations).links
    return [review for review in links if review.status is ReviewStatus.STALE]


def _reviews(guide: Guide, confirmations: Sequence[Confirmation]) -> Reviews:
    unread = {
        project_file(guide, guide.project.docs / file.path)
        for file, _ in guide.pages
        if file.problems
    }
    return match_confirmations(claim_passage_links(guide), confirmations, unread)


def match_confirmations(
    links: Sequence[ClaimPassageLink],
    confirmations: Sequence[Confirmation],
    unread: Collection[str] = (),
) -> Reviews:
    """Find the entry of each link; `unread` are files that cannot be read just now."""
    # Two people may have confirmed one link, each on a branch: the later entry holds.
    latest_first = sorted(confirmations, key=lambda entry: entry.on, reverse=True)
    matching = _Matching(links, latest_first)
    matching.match_equal(
        lambda link: (link.file, link.source_key, link.fingerprint),
        lambda entry: (entry.file, entry.key, entry.fingerprint),
    )
    matching.match_equal(
        lambda link: (link.source_key, link.fingerprint),
        lambda entry: (entry.key, entry.fingerprint),
    )
    confirmed = set(matching.entries)
    matching.match_equal(
        lambda link: link.link_key, lambda entry: (entry.file, entry.claim, entry.passage)
    )
    unverifiable = [entry for entry in matching.unmatched if entry.file in unread]
    matching.unmatched = [entry for entry in matching.unmatched if entry.file not in unread]
    copies = matching.split_copies()
    matching.unmatched += copies
    matching.match_similar()
    dropped = matching.take_dropped()
    return Reviews(
        tuple(
            _review(
                link, matching.entries.get(link.link_key), dropped.get(link.link_key), confirmed
            )
            for link in links
        ),
        orphaned=tuple(sorted(entry for entry in matching.unmatched if entry not in copies)),
        unverifiable=tuple(unverifiable),
    )


def _review(
    link: ClaimPassageLink,
    entry: Confirmation | None,
    dropped: Sequence[Confirmation] | None,
    confirmed: Collection[LinkKey],
) -> LinkReview:
    if entry and link.link_key in confirmed:
        # The claim may have moved, or its passage have a new name: what was read is the same.
        entry = replace(entry, file=link.file, passage=link.reference)
        if not dropped:
            return LinkReview(link, ReviewStatus.CONFIRMED, entry)
    status = ReviewStatus.STALE if entry or dropped else ReviewStatus.NEVER_CONFIRMED
    return LinkReview(link, status, entry, tuple(dropped or ()))


@dataclass
class _Matching:
    """Entries while they are matched to links: those `unmatched`, and the others by link."""

    links: Sequence[ClaimPassageLink]
    unmatched: list[Confirmation]
    entries: dict[LinkKey, Confirmation] = field(default_factory=dict)

    def match_equal(
        self,
        of_link: Callable[[ClaimPassageLink], Hashable],
        of_entry: Callable[[Confirmation], Hashable],
    ) -> None:
        """Match each link that has no entry to the first one that is equal in this respect."""
        waiting: dict[Hashable, list[Confirmation]] = {}
        for entry in self.unmatched:
            waiting.setdefault(of_entry(entry), []).append(entry)
        for link in self.links if waiting else ():
            if link.link_key not in self.entries and (found := waiting.get(of_link(link))):
                self.entries[link.link_key] = found.pop(0)
        self.unmatched = [entry for entries in waiting.values() for entry in entries]

    def split_copies(self) -> list[Confirmation]:
        """Return entries for the copies of claims that stood more often than they stand now."""
        copies = []
        for link in self.links:
            entry = self.entries.get(link.link_key)
            if entry and entry.times > link.times:
                self.entries[link.link_key] = replace(entry, times=link.times)
                copy = replace(entry, file=link.file, passage=link.reference, times=1)
                copies += [copy] * (entry.times - link.times)
        return copies

    def take_dropped(self) -> dict[LinkKey, list[Confirmation]]:
        """Take out the entries whose claim still stands, by the first link of that claim."""
        standing: dict[Hashable, LinkKey] = {}
        for link in self.links if self.unmatched else ():
            entry = self.entries.get(link.link_key)
            # The claim may have moved with its other citations.
            moved_from = entry.file if entry and entry.claim == link.claim else link.file
            for file in (link.file, moved_from):
                standing.setdefault((file, link.claim), link.link_key)
        here = {link.link_key for link in self.links if standing}
        here_as_read = {
            (link.file, link.source_key, link.fingerprint) for link in self.links if standing
        }
        dropped: dict[LinkKey, list[Confirmation]] = {}
        unmatched = []
        for entry in self.unmatched:
            at = standing.get((entry.file, entry.claim))
            # Of two entries for one link, the one that was not matched is no dropped citation.
            if (
                at
                and (at[0], entry.claim, entry.passage) not in here
                and (at[0], entry.key, entry.fingerprint) not in here_as_read
            ):
                dropped.setdefault(at, []).append(entry)
            else:
                unmatched.append(entry)
        self.unmatched = unmatched
        return dropped

    def match_similar(self) -> None:
        """Match entries to links that still have one half of them, the most similar first."""
        files = {link.file for link in self.links}
        halves: dict[Hashable, list[ClaimPassageLink]] = {}
        for link in self.links if self.unmatched else ():
            if link.link_key not in self.entries:
                for file in (link.file, _ANY_FILE):
                    halves.setdefault((file, "claim", link.claim), []).append(link)
                    halves.setdefault((file, "citation", link.reference), []).append(link)
        ranked = []
        for number, entry in enumerate(self.unmatched):
            file = entry.file if entry.file in files else _ANY_FILE
            for half in ((file, "claim", entry.claim), (file, "citation", entry.passage)):
                ranked += [
                    (_likeness(entry.claim, link.claim), number, link)
                    for link in halves.get(half, ())
                ]
        ranked.sort(key=lambda candidate: -candidate[0])
        matched: set[int] = set()
        for _, number, link in ranked:
            if number not in matched and link.link_key not in self.entries:
                self.entries[link.link_key] = self.unmatched[number]
                matched.add(number)
        self.unmatched = [
            entry for number, entry in enumerate(self.unmatched) if number not in matched
        ]


def _likeness(one: str, other: str) -> float:
    """Return how much two claims have in common, from 0 to 1: the Sørensen-Dice coefficient.

    It is taken of their trigrams of letters (L. R. Dice, Ecology 26(3), 1945), which one changed
    letter and words in another order leave nearly as they were.
    """
    first, second = _trigrams(one), _trigrams(other)
    return 2 * len(first & second) / (len(first) + len(second))


@lru_cache(maxsize=_CACHED_CLAIMS)
def _trigrams(text: str) -> frozenset[str]:
    padded = f"  {text.lower()}  "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))
