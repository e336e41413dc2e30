"""LIB004 and LIB005: each passage is in the snapshot of its source, with its figures.

Snapshots are not part of a build; without a folder of them these rules find nothing. A passage is
found, not found, or *unchecked* where its source has no snapshot.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sourced_guide.claims.model.place import Place
    from sourced_guide.claims.model.source import Passage, Source
    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.source_library import Library

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_QUOTES = {"‘": "'", "’": "'", "“": '"', "”": '"'}
# A PDF's soft hyphens are drawn; a page's invisible characters only say where a line may end.
_DASHES = dict.fromkeys("‐–—\xad", "-")
_INVISIBLE = dict.fromkeys("\u200b\u2060\ufeff")
# A snapshot has a bullet where a page has the marker of a list item.
_BULLETS = dict.fromkeys("•‣▪●◦", " ")
_EQUIVALENTS = str.maketrans({**_QUOTES, **_DASHES, **_INVISIBLE, **_BULLETS})
# A hyphen may belong to the word or to the end of the line: "long-term", "radio-\ntherapy".
_WITHIN_A_WORD = re.compile(r"(?<=[^\W\d_])-\s*(?=[^\W\d_])")
_AFTER_A_NUMBER = re.compile(r"(?<=\d)-\s+(?=\d)")


@dataclass(frozen=True)
class Lookup:
    """A passage, and every text of its source's snapshot from its first words to its last ones.

    `texts` is None where there is no snapshot. `drifted` says that the snapshot is not the one
    that the source file pins.
    """

    source: Source
    passage: Passage
    texts: tuple[str, ...] | None
    drifted: bool = False

    @property
    def reference(self) -> str:
        """The passage as it is cited."""
        return f"{self.source.key}#{self.passage.id}"

    @property
    def is_missing(self) -> bool:
        """Whether there is a snapshot in which the passage does not occur exactly once."""
        return self.texts is not None and len(self.texts) != 1


def passage_not_in_snapshot(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A passage's start and end are not in the snapshot of its source, or are there twice.

    Why:  Readers who follow the citation must be able to find the passage. If it is missing, the
          source has changed, or the passage was never there.
    Bad:  start: usually worse by night  (the source has "usually worse at night")
    Good: start: usually worse at night
    Fix:  Look up the passage in the source. Correct `start` and `end` so that they match exactly
          once, or remove the claims that cite it.
    """
    for found in _lookups(guide):
        if found.texts is not None and len(found.texts) != 1:
            times = f"occurs {len(found.texts)} times" if found.texts else "is not"
            yield (
                found.passage.place,
                f"passage '{found.passage.id}' of '{found.source.key}' {times} in the snapshot",
                "look it up in the source; correct `start` and `end` so that they match once",
            )


def figure_not_in_snapshot(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A passage lists a figure that is not in its text in the snapshot.

    Why:  Claims are checked against the figures of the passage, so these must be in the source.
    Bad:  figures: [70 percent]  (the text of the passage has "30 percent")
    Good: figures: [30 percent]
    Fix:  Correct the figure, or extend the passage to include it.
    """
    for found in _lookups(guide):
        if found.texts is None or len(found.texts) != 1:
            continue
        numbers = set(_NUMBER.findall(found.texts[0]))
        for figure in found.passage.figures:
            if missing := [number for number in _NUMBER.findall(figure) if number not in numbers]:
                name = f"passage '{found.passage.id}' of '{found.source.key}'"
                lacking = ", ".join(missing)
                yield (
                    found.passage.place,
                    f"{name} lists the figure '{figure}', but its text has no {lacking}",
                    "correct the figure, or extend the passage to include it",
                )


def look_up(library: Library, snapshots: Path) -> Iterator[Lookup]:
    """Look every passage up in `snapshots/<key>.txt`."""
    for source in library.sources.values():
        snapshot = snapshots / f"{source.key}.txt"
        if not snapshot.is_file():
            yield from (Lookup(source, passage, None) for passage in source.passages.values())
            continue
        content = snapshot.read_bytes()
        pinned = source.snapshot_sha256
        drifted = bool(pinned) and hashlib.sha256(content).hexdigest() != pinned
        text = normalized(content.decode("utf-8", errors="replace"))
        for passage in source.passages.values():
            yield Lookup(source, passage, tuple(_locate(passage, text)), drifted)


def _lookups(guide: Guide) -> Iterator[Lookup]:
    snapshots = guide.project.snapshots
    return look_up(guide.references, snapshots) if snapshots else iter(())


def _locate(passage: Passage, text: str) -> Iterator[str]:
    start, end = normalized(passage.start), normalized(passage.end)
    at = text.find(start)
    while at >= 0:
        close = text.find(end, at)
        # `start` and `end` may overlap, but `end` does not end before `start`.
        while close >= 0 and close + len(end) < at + len(start):
            close = text.find(end, close + 1)
        if close >= 0:
            yield text[at : close + len(end)]
        at = text.find(start, at + 1)


def normalized(text: str) -> str:
    """Return text without differences due to copying: spaces, quotes, dashes, bullets.

    Hyphens within words are removed, from locators and from snapshots.
    """
    text = unicodedata.normalize("NFKC", text).translate(_EQUIVALENTS)
    text = _AFTER_A_NUMBER.sub("-", _WITHIN_A_WORD.sub("", text))
    return " ".join(text.split())
