"""Whether claims and passages are still as a person confirmed them.

Each confirmation in the review logs is matched to one claim-passage link:

1. the one with the same fingerprint, in the same file or, if it is no longer there, in the file
   that the claim moved to: the link is *confirmed*;
2. the one with the same claim and citation, whose passage therefore changed: *stale*;
3. in the same file (or in any, where that file has no claims any more) the one with the same
   citation and the most similar claim, or with the same claim and another citation: *stale*.

A claim that occurs several times in its file is one link with one entry. If it occurs less often
than when it was confirmed, the entry is also matched to the edited copies, by the same steps.

A link without an entry was *never confirmed*. An entry without a link is *dropped* where its claim
is still there without that citation, which makes a link of the remaining citations *stale*:
together they may no longer support the claim. Any other is *orphaned*: no claim matches it any
more. Where both the claim and its citation are new, the link is new. A copied claim is not
confirmed in its new place, where the context differs.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

from sourced_guide.claims.review.likeness import similarity
from sourced_guide.claims.review.links import (
    ClaimPassageLink,
    LinkKey,
    fingerprint,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Sequence

    from sourced_guide.claims.model.confirmation import Confirmation

_ANY_FILE = ""


class ReviewStatus(Enum):
    """Whether a person confirmed that claim and passage of a link agree."""

    CONFIRMED = "confirmed"
    STALE = "stale"
    NEVER_CONFIRMED = "never confirmed"


@dataclass(frozen=True)
class LinkReview:
    """The status of a link, and the entry that is matched to it, where there is one.

    `dropped` are entries of other citations that the claim no longer has.
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
    pages that cannot be read at present.
    """

    links: tuple[LinkReview, ...]
    orphaned: tuple[Confirmation, ...] = ()
    unverifiable: tuple[Confirmation, ...] = ()

    def replaced_by(
        self, links: Iterable[ClaimPassageLink], active: Iterable[Confirmation]
    ) -> dict[str, int]:
        """Return the ids of entries that no longer hold once `links` are confirmed.

        With each is how many of its occurrences still do, such as copies of a claim of which one
        was edited. Entries that match nothing do not hold any longer, either.
        """
        confirmed = {link.link_key: link.fingerprint for link in links}
        kept = list(self.unverifiable)
        for review in self.links:
            read_now = confirmed.get(review.link.link_key)
            if review.confirmation and read_now in (None, review.confirmation.fingerprint):
                kept.append(review.confirmation)
            if read_now is None:
                kept += review.dropped
        holding: Counter[str] = Counter()
        for entry in kept:
            holding.update(dict.fromkeys(entry.ids, entry.times))
        return {
            name: holding[name]
            for entry in active
            for name in entry.ids
            if holding[name] < entry.times
        }


def match_confirmations(
    links: Sequence[ClaimPassageLink],
    confirmations: Sequence[Confirmation],
    unread: Collection[str] = (),
) -> Reviews:
    """Find the entry of each link; `unread` are files that cannot be read at present."""
    # Two people may have confirmed one link on two branches: the later entry counts.
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
        link_value: Callable[[ClaimPassageLink], Hashable],
        entry_value: Callable[[Confirmation], Hashable],
    ) -> None:
        """Match every link without an entry to the first entry with the same value."""
        by_value: dict[Hashable, list[Confirmation]] = {}
        for entry in self.unmatched:
            by_value.setdefault(entry_value(entry), []).append(entry)
        for link in self.links if by_value else ():
            if link.link_key not in self.entries and (found := by_value.get(link_value(link))):
                self.entries[link.link_key] = found.pop(0)
        self.unmatched = [entry for entries in by_value.values() for entry in entries]

    def split_copies(self) -> list[Confirmation]:
        """Return entries for the copies of claims that occurred more often than they do now."""
        copies = []
        for link in self.links:
            entry = self.entries.get(link.link_key)
            if entry and entry.times > link.times:
                self.entries[link.link_key] = replace(entry, times=link.times)
                copy = replace(entry, file=link.file, passage=link.reference, times=1)
                copies += [copy] * (entry.times - link.times)
        return copies

    def take_dropped(self) -> dict[LinkKey, list[Confirmation]]:
        """Remove and return entries whose claim is still there, by the first link of it."""
        links_by_claim: dict[Hashable, LinkKey] = {}
        for link in self.links if self.unmatched else ():
            entry = self.entries.get(link.link_key)
            # The claim may have moved with its other citations.
            moved_from = entry.file if entry and entry.claim == link.claim else link.file
            for file in (link.file, moved_from):
                links_by_claim.setdefault((file, link.claim), link.link_key)
        current_keys = {link.link_key for link in self.links if links_by_claim}
        current_fingerprints = {
            (link.file, link.source_key, link.fingerprint) for link in self.links if links_by_claim
        }
        dropped: dict[LinkKey, list[Confirmation]] = {}
        unmatched = []
        for entry in self.unmatched:
            at = links_by_claim.get((entry.file, entry.claim))
            # Of two entries for one link, the one that was not matched is no dropped citation.
            if (
                at
                and (at[0], entry.claim, entry.passage) not in current_keys
                and (at[0], entry.key, entry.fingerprint) not in current_fingerprints
            ):
                dropped.setdefault(at, []).append(entry)
            else:
                unmatched.append(entry)
        self.unmatched = unmatched
        return dropped

    def match_similar(self) -> None:
        """Match entries to links with the same claim or citation, the most similar first."""
        files = {link.file for link in self.links}
        candidates: dict[Hashable, list[ClaimPassageLink]] = {}
        for link in self.links if self.unmatched else ():
            if link.link_key not in self.entries:
                for file in (link.file, _ANY_FILE):
                    candidates.setdefault((file, "claim", link.claim), []).append(link)
                    candidates.setdefault((file, "citation", link.reference), []).append(link)
        ranked = []
        for number, entry in enumerate(self.unmatched):
            file = entry.file if entry.file in files else _ANY_FILE
            for criterion in ((file, "claim", entry.claim), (file, "citation", entry.passage)):
                ranked += [
                    (similarity(entry.claim, link.claim), number, link)
                    for link in candidates.get(criterion, ())
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
