"""Are the passages still in their sources? Each is looked up in a saved copy.

Three outcomes, never two: found, not found, and *unchecked* where there is no copy to look in.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from guide.claims.findings import Finding
from guide.claims.sources import Library, Passage, Source

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SAME = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "‑": "-", "–": "-", "—": "-"})


@dataclass(frozen=True)
class Verification:
    """What came of looking the passages up.

    `findings` are LIB004 and LIB005; `found` and `unchecked` count passages; `drifted` are keys
    whose copy is not the one that the source file pins.
    """

    findings: tuple[Finding, ...]
    found: int
    unchecked: int
    drifted: tuple[str, ...]


def verify(library: Library, snapshots: Path) -> Verification:
    """Look every passage up in `snapshots/<key>.txt`."""
    findings: list[Finding] = []
    drifted: list[str] = []
    found = unchecked = 0
    for source in library.sources.values():
        copy = snapshots / f"{source.key}.txt"
        if not copy.is_file():
            unchecked += len(source.passages)
            continue
        content = copy.read_bytes()
        if source.snapshot_sha256 and hashlib.sha256(content).hexdigest() != source.snapshot_sha256:
            drifted.append(source.key)
        text = _plain(content.decode("utf-8", errors="replace"))
        for passage in source.passages.values():
            faults = list(_faults(source, passage, text))
            findings += faults
            found += not faults
    return Verification(tuple(sorted(findings)), found, unchecked, tuple(drifted))


def _faults(source: Source, passage: Passage, text: str) -> Iterator[Finding]:
    located = _locate(passage, text)
    name = f"passage '{passage.id}' of '{source.key}'"
    if len(located) != 1:
        times = "is not" if not located else f"stands {len(located)} times"
        yield Finding(
            passage.place,
            "LIB004",
            "passage-not-in-snapshot",
            f"{name} {times} in the snapshot",
            "look it up in the source; mend `start` and `end` so that they lead to one place",
        )
        return
    numbers = set(_NUMBER.findall(located[0]))
    for figure in passage.figures:
        if missing := [number for number in _NUMBER.findall(figure) if number not in numbers]:
            yield Finding(
                passage.place,
                "LIB005",
                "figure-not-in-snapshot",
                f"{name} lists the figure '{figure}', but its text has no {', '.join(missing)}",
                "mend the figure, or let the passage reach as far as the figure does",
            )


def _locate(passage: Passage, text: str) -> list[str]:
    """Return every stretch of `text` from the passage's first words to its last ones."""
    start, end = _plain(passage.start), _plain(passage.end)
    found = []
    at = text.find(start)
    while at >= 0:
        close = text.find(end, at)
        # `start` and `end` may overlap, but the passage does not end before it has begun.
        while close >= 0 and close + len(end) < at + len(start):
            close = text.find(end, close + 1)
        if close >= 0:
            found.append(text[at : close + len(end)])
        at = text.find(start, at + 1)
    return found


def _plain(text: str) -> str:
    """Return text without differences that copying makes: spaces, quotes, dashes, forms."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_SAME).split())
