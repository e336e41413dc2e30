"""The lookups file: which passages were found in a snapshot of their source, and when.

It is YAML with one entry per passage, which only `guide verify --record` writes. It holds no text
of a source, so it can be committed, and the site can say of a claim whether its passages were
found. `fingerprint` stands for the passage's locators and figures: if these change, the passage is
unchecked again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING

from sourced_guide.claims.project.io.entry_list import read_entries, write_entries
from sourced_guide.claims.project.io.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sourced_guide.claims.model.source import Passage
    from sourced_guide.claims.project.source_library import Library

FOUND, NOT_FOUND, UNCHECKED = "found", "not found", "unchecked"
_HEADER = (
    "# Which passages were found in snapshots of their sources: see `guide verify --record`.\n"
)
_SCHEMA = Schema("lookups.schema.json", "the file")
_DIGITS = 32


@dataclass(frozen=True, order=True)
class PassageLookup:
    """What a look at a snapshot showed: `passage` is as it is cited, `result` found or not."""

    passage: str
    fingerprint: str
    result: str
    on: date


def fingerprint(passage: Passage) -> str:
    """Return a hash of what is looked up: the passage's first and last words and its figures."""
    looked_up = json.dumps([passage.start, passage.end, list(passage.figures)])
    return hashlib.sha256(looked_up.encode()).hexdigest()[:_DIGITS]


def read_lookups(path: Path, library: Library) -> dict[str, PassageLookup]:
    """Return the entries of the file by passage, without those of passages that have changed.

    Raises UnusableProjectError, naming line and field, where it cannot be read.
    """
    now = {
        f"{source.key}#{passage.id}": fingerprint(passage)
        for source in library.sources.values()
        for passage in source.passages.values()
    }
    entries = [_as_lookup(entry) for entry in read_entries(path, _SCHEMA)]
    return {
        entry.passage: entry for entry in entries if now.get(entry.passage) == entry.fingerprint
    }


def write_lookups(path: Path, lookups: Iterable[PassageLookup]) -> None:
    """Write the entries in the order of their passages, atomically.

    Raises UnwritableFileError where the file cannot be written.
    """
    entries = ({**asdict(lookup), "on": str(lookup.on)} for lookup in sorted(lookups))
    write_entries(path, _HEADER, entries)


def overall(results: Iterable[str]) -> str:
    """Return the result for a claim from those of its passages: the worst one."""
    given = set(results) or {UNCHECKED}
    return next(result for result in (NOT_FOUND, UNCHECKED, FOUND) if result in given)


def _as_lookup(entry: Mapping[str, str]) -> PassageLookup:
    return PassageLookup(
        entry["passage"], entry["fingerprint"], entry["result"], date.fromisoformat(entry["on"])
    )
