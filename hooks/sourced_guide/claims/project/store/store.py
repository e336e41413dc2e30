"""The store: what was worked out before, so that nothing is done twice.

Everything in it is found by a digest (SHA-256) of all that it depends on, so it is never out of
date, only unused. What it depends on is of two kinds:

- this program with its data files, the installed packages and Python, and the word lists of the
  project: there is one folder for each state of these, `.cache/store/<digest>-<digest>/`;
- content: a page's text and what it includes, a source's file, a claim's words with the files of
  the sources that it cites. Each layer makes its own keys from these.

What is kept, what by, and where:

- a page's statements, citations and suppressions, by its text, the settings that shape a parse,
  what it may include and the drawings that it names (`markdown/kept_pages.py`);
- a source's fields and faults, by its file (`project/source_library.py`);
- what a rule finds in a claim, by the claim, the text beside it and the files of its sources; if
  words are weighed, also by all sources and terms (`rules/support/`);
- what a rule finds on a page, by what the page says, and the terms or all sources if it looks for
  these (`rules/pages/`, `rules/support/`);
- what is wrong with style sheets, templates and other files, by all of these (`rules/visibility/`).

Rules that compare pages (unused sources, conflicting figures, unused suppressions) run on what is
kept, every time. So a run gives the same bytes with the store and without it (`--no-cache`).

Values are JSON. A file begins with a checksum of its name and content; one that does not match is
ignored, and written again. Files are replaced as a whole, so neither a second process nor a kill
leaves half of one; if they cannot be written (a full disk, no permission), nothing is kept.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sourced_guide.claims.language.word_lists.lists import word_lists_digest
from sourced_guide.claims.model.errors import UnwritableFileError
from sourced_guide.claims.project.io.atomic_write import write_all_atomically
from sourced_guide.claims.project.store.versions import versions_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

FOLDER = Path(".cache", "store")
# Files that were used last are removed last.
_LARGEST = 256_000_000
# A shelf drops what a run did not ask for if that is more than what it did.
_FEWEST_ENTRIES = 4_096
_HIDE_FROM_GIT = "*\n"

_Value = TypeVar("_Value")
# What a store has gathered: files by their names, and values of shelves by name and basis.
Gathered = tuple[dict[str, bytes], dict[tuple[str, str], dict[str, Any]]]


class Store:
    """Values by name, in files of a folder; without a folder, nothing is kept."""

    def __init__(self, folder: Path | None = None) -> None:
        self._root = folder
        self._shelves: dict[str, Shelf] = {}
        self._pending: dict[str, bytes] = {}
        self._used: set[Path] = set()
        self._opened: Path | None = None

    @property
    def is_open(self) -> bool:
        """Whether anything is kept."""
        return self._root is not None

    def read(self, name: str) -> Any:
        """Return what is kept under a name, or None."""
        if self._root is None:
            return None
        if pending := self._pending.get(name):
            return json.loads(pending.partition(b"\n")[2])
        path = self._folder / name
        try:
            checksum, _, content = path.read_bytes().partition(b"\n")
            if checksum != _checksum(name, content):
                return None
            value = json.loads(content)
        except (OSError, ValueError, RecursionError):
            return None
        self._used.add(path)
        return value

    def keep(self, name: str, value: Any) -> None:
        """Keep a value under a name once the store is saved."""
        if self._root is not None:
            content = encoded(value)
            self._pending[name] = _checksum(name, content) + b"\n" + content

    def shelf(self, name: str, basis: str = "") -> Shelf:
        """Return many small values, which one file holds.

        `basis` is a digest of what all of them depend on. With another one, none is kept.
        """
        shelf = self._shelves.get(name)
        if shelf is None or shelf.basis != basis:
            shelf = self._shelves[name] = Shelf(self, name, basis)
        return shelf

    @property
    def versions(self) -> str:
        """What all that is kept depends on: this program, the packages, Python, the word lists."""
        return self._folder.name

    def forget_new(self) -> None:
        """Hand on nothing that is new so far: the process that this one is a copy of has it."""
        self._pending = {}
        for shelf in self._shelves.values():
            shelf.new = {}

    def gathered(self) -> Gathered:
        """Return what is new, for the store of another process."""
        shelves = {(name, shelf.basis): shelf.new for name, shelf in self._shelves.items()}
        return dict(self._pending), shelves

    def adopt(self, gathered: Gathered) -> None:
        """Take what the store of another process has gathered."""
        pending, shelves = gathered
        self._pending |= pending
        for (name, basis), values in shelves.items():
            self.shelf(name, basis).adopt(values)

    def close(self) -> None:
        """Keep nothing of what is new: a run on a few pages would drop what all others need."""
        self._root = None

    def save(self) -> None:
        """Write what is new."""
        if self._root is None:
            return
        for shelf in self._shelves.values():
            shelf.keep()
        if not self._pending:
            return
        files: dict[Path, str | bytes] = {
            self._folder / name: content for name, content in self._pending.items()
        }
        self._used |= files.keys()
        if not (ignore := self._root / ".gitignore").exists():
            files[ignore] = _HIDE_FROM_GIT
        self._pending = {}
        with suppress(UnwritableFileError, OSError):
            write_all_atomically(files)
            _remove_oldest(self._root, self._used)

    @property
    def _folder(self) -> Path:
        """The folder of these versions."""
        if self._opened is None:
            self._opened = Path(self._root or "", f"{versions_digest()}-{word_lists_digest()}")
        return self._opened


class Shelf:
    """Small values of one kind by key, read and written together; `new` are not yet kept."""

    def __init__(self, store: Store, name: str, basis: str) -> None:
        self.basis = basis
        self._store, self._name = store, f"{name}.json"
        self._before: dict[str, Any] | None = None
        self._now: dict[str, Any] = {}
        self.new: dict[str, Any] = {}

    def get(self, key: str, make: Callable[[], _Value]) -> _Value:
        """Return the value of a key, made if it is not kept.

        It has to survive JSON, where a tuple is a list. What has an empty key is not kept.
        """
        if not key or not self._store.is_open:
            return make()
        if key in self._now:
            value: _Value = self._now[key]
            return value
        if self._before is None:
            basis, before = self._store.read(self._name) or ("", {})
            self._before = before if basis == self.basis else {}
        if key in self._before:
            value = self._before[key]
        else:
            value = self.new[key] = make()
        self._now[key] = value
        return value

    def adopt(self, values: Mapping[str, Any]) -> None:
        """Take new values that another process has made."""
        self._now |= values
        self.new |= values

    def keep(self) -> None:
        """Hand what is new to the store."""
        if self.new:
            before, most = self._before or {}, max(2 * len(self._now), _FEWEST_ENTRIES)
            is_small = len(before) + len(self._now) <= most
            values = {**before, **self._now} if is_small else self._now
            self._store.keep(self._name, [self.basis, values])
            self.new = {}


def in_memory() -> Store:
    """Return a store that has no folder to read from, and is not saved."""
    return Store(Path(os.devnull))


def encoded(value: Any) -> bytes:
    """Return a value as JSON."""
    return json.dumps(value, separators=(",", ":")).encode("ascii")


def digest_of(*parts: str) -> str:
    """Return the digest of texts, as a key."""
    return hashlib.sha256(encoded(parts)).hexdigest()


def file_digest(path: Path) -> str:
    """Return the digest of a file, or nothing if it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError):
        return ""


def _checksum(name: str, content: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + content).hexdigest().encode()


def _remove_oldest(root: Path, used: Iterable[Path]) -> None:
    """Remove what no run has written for longest, as long as the store is too large."""
    files = {path: path.stat() for path in root.rglob("*") if path.is_file()}
    size = sum(stat.st_size for stat in files.values())
    for path in used:
        files.pop(path, None)
    for path in sorted(files, key=lambda path: files[path].st_mtime):
        if size <= _LARGEST:
            return
        with suppress(OSError):
            path.unlink()
            size -= files[path].st_size
