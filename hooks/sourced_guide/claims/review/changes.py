"""What is new, changed and gone between two states of the guide, page by page.

A claim is looked for on its page, by its id, which is made of its words; then by likeness among
what is left of the page. A claim that another page makes in the same words has moved: it is neither
new nor gone. A change that several pages show, as of a block that they include, is one change.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sourced_guide.claims.project.store.store import digest_of
from sourced_guide.claims.review.editions import (
    Edition,
    EditionPage,
    at_current_paths,
    current_pages,
    newest_editions,
)
from sourced_guide.claims.review.likeness import similar_pairs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.store.store import Shelf
    from sourced_guide.claims.review.editions import EditionClaim


@dataclass(frozen=True)
class Change:
    """A claim as it was and as it is; a new one was not, one that is gone is no more."""

    before: EditionClaim | None
    now: EditionClaim | None

    @property
    def is_new(self) -> bool:
        """Whether nothing like it was claimed."""
        return self.before is None

    @property
    def is_gone(self) -> bool:
        """Whether nothing like it is claimed now."""
        return self.now is None

    @property
    def only_sources(self) -> bool:
        """Whether the words are the same, with other citations."""
        return bool(self.before and self.now and self.before.text == self.now.text)


@dataclass(frozen=True)
class PageChanges:
    """The changes of one page, in reading order; those that are gone come last.

    `is_new` says whether the whole page is.
    """

    path: str
    title: str
    changes: tuple[Change, ...]
    is_new: bool = False

    @property
    def new(self) -> list[Change]:
        """What is new."""
        return [change for change in self.changes if change.is_new]

    @property
    def changed(self) -> list[Change]:
        """What has changed."""
        return [change for change in self.changes if not (change.is_new or change.is_gone)]

    @property
    def gone(self) -> list[Change]:
        """What is no longer claimed."""
        return [change for change in self.changes if change.is_gone]


@dataclass(frozen=True)
class Changes:
    """What has changed since the edition `since`; `edition` is now, if that is one.

    `pages` have what only they show, in the order of their paths; `shared` are changes that
    several pages show, with the paths of these.
    """

    since: Edition
    edition: Edition | None
    pages: tuple[PageChanges, ...]
    shared: Mapping[Change, Sequence[str]] = field(default_factory=dict)

    @property
    def sections(self) -> list[PageChanges]:
        """What several pages show, without path and title, and then page by page."""
        shared = [PageChanges("", "", tuple(self.shared))] if self.shared else []
        return [*shared, *self.pages]

    @property
    def total(self) -> PageChanges:
        """All changes, those that several pages show once."""
        changes = (change for page in self.sections for change in page.changes)
        return PageChanges("", "", tuple(changes))


@dataclass(frozen=True)
class LastChange:
    """When a page's claims last changed: in the edition of a day, or at some time after it."""

    day: str
    is_after: bool


def latest_changes(guide: Guide) -> Changes | None:
    """Return what has changed since the last edition, or None where there is none to compare with.

    Where the guide is an edition itself, it is compared with the one before.

    Raises UnusableProjectError where an edition cannot be read.
    """
    editions = newest_editions(guide.project)
    if editions and is_unchanged_since(editions[0], guide):
        return changes_since(editions[1], guide, editions[0]) if editions[1:] else None
    return changes_since(editions[0], guide) if editions else None


def last_changes(guide: Guide) -> dict[str, LastChange]:
    """Return for each page with claims when they last changed; nothing where there is no edition.

    Raises UnusableProjectError where an edition cannot be read.
    """
    editions = newest_editions(guide.project)
    if not editions:
        return {}
    before = at_current_paths(editions[0], guide)
    found = {}
    for path, page in current_pages(guide).items():
        then = before.get(path)
        if then and then.claims_the_same(page):
            found[path] = LastChange(then.changed, is_after=False)
        else:
            found[path] = LastChange(editions[0].on, is_after=True)
    return found


def is_unchanged_since(edition: Edition, guide: Guide) -> bool:
    """Say whether every page makes the claims of that edition, with the same citations."""
    before, now = at_current_paths(edition, guide), current_pages(guide)
    return before.keys() == now.keys() and all(
        page.claims_the_same(now[path]) for path, page in before.items()
    )


def changes_since(since: Edition, guide: Guide, edition: Edition | None = None) -> Changes:
    """Return what has changed in the guide since an edition; `edition` is the guide as it is."""
    before, now = at_current_paths(since, guide), current_pages(guide)
    said_before, said_now = _texts(before), _texts(now)
    nothing = EditionPage("", ())
    kept = guide.project.store.shelf("similar claims")
    found = [
        PageChanges(
            path,
            (now.get(path) or before[path]).title,
            tuple(
                _page_changes(
                    before.get(path, nothing), now.get(path, nothing), said_before, said_now, kept
                )
            ),
            is_new=path not in before,
        )
        for path in sorted(before.keys() | now.keys())
    ]
    shown_on: dict[Change, list[str]] = defaultdict(list)
    for page in found:
        for change in dict.fromkeys(page.changes):
            shown_on[change].append(page.path)
    shared = {change: paths for change, paths in shown_on.items() if len(paths) > 1}
    pages = (
        replace(page, changes=tuple(each for each in page.changes if each not in shared))
        for page in found
    )
    return Changes(since, edition, tuple(page for page in pages if page.changes), shared)


def _page_changes(
    before: EditionPage,
    now: EditionPage,
    said_before: Collection[str],
    said_now: Collection[str],
    kept: Shelf,
) -> list[Change]:
    """Return the changes of one page; `said_before` and `said_now` are the texts of all pages.

    What is like nothing on the page, and in the same words on another one, has moved.
    """
    same = Counter(before.claims) & Counter(now.claims)
    old, new = _without(before.claims, same), _without(now.claims, same)
    changed: dict[int, Change] = {}
    by_text: dict[str, list[EditionClaim]] = defaultdict(list)
    for claim in old:
        by_text[claim.text].append(claim)
    for at, claim in enumerate(new):
        if with_other_sources := by_text[claim.text]:
            changed[at] = Change(with_other_sources.pop(0), claim)
    old = [claim for texts in by_text.values() for claim in texts]
    left = [at for at in range(len(new)) if at not in changed]
    texts = [claim.text for claim in old], [new[at].text for at in left]
    similar = kept.get(
        digest_of(digest_of(*texts[0]), digest_of(*texts[1])), lambda: list(similar_pairs(*texts))
    )
    pairs = {to: at for at, to in similar}
    for to, at in enumerate(left):
        if to in pairs:
            changed[at] = Change(old[pairs[to]], new[at])
        elif new[at].text not in said_before:
            changed[at] = Change(None, new[at])
    reworded = set(pairs.values())
    gone = [
        Change(claim, None)
        for at, claim in enumerate(old)
        if at not in reworded and claim.text not in said_now
    ]
    return [*(changed[at] for at in sorted(changed)), *gone]


def _without(
    claims: Iterable[EditionClaim], taken: Mapping[EditionClaim, int]
) -> list[EditionClaim]:
    """Return the claims in their order, each without as many as are taken of it."""
    left = Counter(taken)
    kept = []
    for claim in claims:
        if left[claim] > 0:
            left[claim] -= 1
        else:
            kept.append(claim)
    return kept


def _texts(pages: Mapping[str, EditionPage]) -> frozenset[str]:
    return frozenset(claim.text for page in pages.values() for claim in page.claims)
