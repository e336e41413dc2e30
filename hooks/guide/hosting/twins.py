"""Text files packed ahead: beside `a.css` stand `a.css.gz` (RFC 1952) and `a.css.br` (RFC 7932).

A host sends the twin that a browser can take, and packs nothing while somebody waits.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

import brotli

from guide.claims.files import write_whole

Watch = Callable[[Iterable[Future[int]], int], Iterable[Future[int]]]

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


def remove_twins(site: Path) -> None:
    """Remove every twin in a site, also of files that are gone."""
    for path in site.rglob("*"):
        if path.suffix in _PACKERS and Path(path.stem).suffix in _TEXT:
            path.unlink()


def write_twins(site: Path, watch: Watch) -> Packed:
    """Write the twins of every text file in a site, side by side.

    `watch` is given what is being written and how much there is of it, and passes it on.
    """
    files = sorted(_worth_packing(site), key=lambda path: (-path.stat().st_size, path))
    # Both packers let other threads run meanwhile.
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        begun = {
            pool.submit(_write_twin, path, suffix): (path, suffix)
            # The slow one first, so that no core is idle at the end.
            for suffix in reversed(_PACKERS)
            for path in files
        }
        sizes = {begun[done]: done.result() for done in watch(as_completed(begun), len(begun))}
    written = {each: size for each, size in sizes.items() if size}
    return Packed(
        twins=len(written),
        unpacked=sum(path.stat().st_size for path in {path for path, _ in written}),
        gzip=sum(size for (_, suffix), size in written.items() if suffix == ".gz"),
        brotli=sum(size for (_, suffix), size in written.items() if suffix == ".br"),
    )


def _worth_packing(site: Path) -> Iterator[Path]:
    for path in site.rglob("*"):
        if path.suffix in _TEXT and path.is_file() and path.stat().st_size >= _LEAST_BYTES:
            yield path


def _write_twin(path: Path, suffix: str) -> int:
    """Write one twin and return its size, or nothing where it would save next to nothing."""
    content = path.read_bytes()
    packed = _PACKERS[suffix](content)
    if len(packed) > len(content) * _LARGEST_PART:
        return 0
    write_whole(path.with_name(path.name + suffix), packed)
    return len(packed)
