"""Text files packed ahead: beside `a.css` stand `a.css.gz` (RFC 1952) and `a.css.br` (RFC 7932).

A host sends the twin that a browser can take, and packs nothing while somebody waits.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, as_completed
from dataclasses import dataclass
from pathlib import Path

import brotli

from sourced_guide.build.workers import in_threads

Watch = Callable[[Iterable[Future[bytes]], int], Iterable[Future[bytes]]]

_TEXT = frozenset((".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".webmanifest", ".xml"))
# What fits into one packet travels no faster when it is smaller.
_LEAST_BYTES = 1024
# A twin has to be at most this part of its original.
_LARGEST_PART = 0.95


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


def _brotli(content: bytes) -> bytes:
    # The slowest setting: 10% fewer bytes than 9 on this site, and it is paid for once.
    packed: bytes = brotli.compress(content, mode=brotli.MODE_TEXT, quality=11)
    return packed


_PACKERS: dict[str, Callable[[bytes], bytes]] = {".gz": _gzip, ".br": _brotli}


@dataclass(frozen=True)
class Packed:
    """What packing a site came to; sizes are bytes, of files that have a twin."""

    twins: int
    unpacked: int
    gzip: int
    brotli: int


@dataclass(frozen=True)
class Twins:
    """The twins of a site's files, not yet written, and what they came to."""

    files: dict[Path, bytes]
    packed: Packed


def remove_twins(site: Path) -> None:
    """Remove every twin in a site, also of files that are gone."""
    for path in site.rglob("*"):
        if path.suffix in _PACKERS and Path(path.stem).suffix in _TEXT:
            path.unlink()


def make_twins(site: Path, watch: Watch) -> Twins:
    """Return the twins of every text file in a site, packed side by side.

    `watch` is given what is being packed and how much there is of it, and passes it on.
    """
    files = sorted(_worth_packing(site), key=lambda path: (-path.stat().st_size, path))
    # The slow one first, so that no core is idle at the end.
    work = [(path, suffix) for suffix in reversed(_PACKERS) for path in files]
    # Both packers let other threads run meanwhile.
    with in_threads(_twin, work) as begun:
        packed = {begun[done]: done.result() for done in watch(as_completed(begun), len(begun))}
    made = {each: content for each, content in packed.items() if content}
    return Twins(
        {path.with_name(path.name + suffix): made[path, suffix] for path, suffix in sorted(made)},
        Packed(
            twins=len(made),
            unpacked=sum(path.stat().st_size for path in {path for path, _ in made}),
            gzip=sum(len(content) for (_, suffix), content in made.items() if suffix == ".gz"),
            brotli=sum(len(content) for (_, suffix), content in made.items() if suffix == ".br"),
        ),
    )


def _worth_packing(site: Path) -> Iterator[Path]:
    for path in site.rglob("*"):
        if path.suffix in _TEXT and path.is_file() and path.stat().st_size >= _LEAST_BYTES:
            yield path


def _twin(of: tuple[Path, str]) -> bytes:
    """Return the twin of a file with a suffix, or nothing where it would save next to nothing."""
    path, suffix = of
    content = path.read_bytes()
    packed = _PACKERS[suffix](content)
    return packed if len(packed) <= len(content) * _LARGEST_PART else b""
