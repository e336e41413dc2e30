"""Are the passages still in their sources? Each is looked up in a saved copy.

Three outcomes, never two: found, not found, and *unchecked* where there is no copy to look in.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from guide.claims.sources import Library, Passage, Source

_SAME = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "‑": "-", "–": "-", "—": "-"})


@dataclass(frozen=True)
class Lookup:
    """A passage, and every stretch of its source's copy from its first words to its last ones.

    `texts` is None where there is no copy. `drifted` says that the copy is not the one that the
    source file pins.
    """

    source: Source
    passage: Passage
    texts: tuple[str, ...] | None
    drifted: bool = False


def look_up(library: Library, snapshots: Path) -> Iterator[Lookup]:
    """Look every passage up in `snapshots/<key>.txt`."""
    for source in library.sources.values():
        copy = snapshots / f"{source.key}.txt"
        if not copy.is_file():
            yield from (Lookup(source, passage, None) for passage in source.passages.values())
            continue
        content = copy.read_bytes()
        pinned = source.snapshot_sha256
        drifted = bool(pinned) and hashlib.sha256(content).hexdigest() != pinned
        text = _plain(content.decode("utf-8", errors="replace"))
        for passage in source.passages.values():
            yield Lookup(source, passage, tuple(_locate(passage, text)), drifted)


def _locate(passage: Passage, text: str) -> Iterator[str]:
    start, end = _plain(passage.start), _plain(passage.end)
    at = text.find(start)
    while at >= 0:
        close = text.find(end, at)
        # `start` and `end` may overlap, but the passage does not end before it has begun.
        while close >= 0 and close + len(end) < at + len(start):
            close = text.find(end, close + 1)
        if close >= 0:
            yield text[at : close + len(end)]
        at = text.find(start, at + 1)


def _plain(text: str) -> str:
    """Return text without differences that copying makes: spaces, quotes, dashes, forms."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_SAME).split())
