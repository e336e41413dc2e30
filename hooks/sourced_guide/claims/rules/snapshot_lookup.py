"""Are the passages still in their sources? Each is looked up in a saved copy.

Three outcomes, never two: found, not found, and *unchecked* where there is no copy to look in.
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

    from sourced_guide.claims.model.source import Passage, Source
    from sourced_guide.claims.project.source_library import Library

_QUOTES = {"‘": "'", "’": "'", "“": '"', "”": '"'}
# A PDF's soft hyphens are drawn; a page's invisible characters only say where a line may end.
_DASHES = dict.fromkeys("‐–—\xad", "-")
_INVISIBLE = dict.fromkeys("\u200b\u2060\ufeff")
# A text copy has a sign for each item of a list where a page has a line.
_BULLETS = dict.fromkeys("•‣▪●◦", " ")
_SAME = str.maketrans({**_QUOTES, **_DASHES, **_INVISIBLE, **_BULLETS})
# A hyphen may be the word's own or the line end's: "long-term", "radio-\ntherapy".
_WITHIN_A_WORD = re.compile(r"(?<=[^\W\d_])-\s*(?=[^\W\d_])")
_AFTER_A_NUMBER = re.compile(r"(?<=\d)-\s+(?=\d)")


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
    """Return text without differences that copying makes: spaces, quotes, dashes, forms, bullets.

    Hyphens within words are taken out, of the locator and of the copy alike.
    """
    same = unicodedata.normalize("NFKC", text).translate(_SAME)
    same = _AFTER_A_NUMBER.sub("-", _WITHIN_A_WORD.sub("", same))
    return " ".join(same.split())
