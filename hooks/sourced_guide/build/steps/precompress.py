"""Text files compressed ahead: beside `a.css` lie `a.css.gz` (RFC 1952) and `a.css.br` (RFC 7932).

A host sends the one that a browser can take, and compresses nothing while somebody waits.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, as_completed
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

import brotli

from sourced_guide.build.workers import in_threads

if TYPE_CHECKING:
    from pathlib import Path

    from sourced_guide.build.built_site.site import BuiltSite

Watch = Callable[[Iterable[Future[bytes]], int], Iterable[Future[bytes]]]

_TEXT = frozenset((".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".webmanifest", ".xml"))
# What fits into one packet travels no faster when it is smaller.
_LEAST_BYTES = 1024
# A precompressed file has to be at most this part of its original.
_LARGEST_PART = 0.95
_BROKEN = (brotli.error, EOFError, OSError, zlib.error)


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


def _brotli(content: bytes) -> bytes:
    # The slowest setting: 10% fewer bytes than 9 on this site, and it is paid for once.
    compressed: bytes = brotli.compress(content, mode=brotli.MODE_TEXT, quality=11)
    return compressed


_COMPRESS: dict[str, Callable[[bytes], bytes]] = {".gz": _gzip, ".br": _brotli}
_DECOMPRESS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.decompress,
    ".br": brotli.decompress,
}
# What these files are called, as patterns of names.
PATTERNS = tuple(f"*{kind}{suffix}" for kind in sorted(_TEXT) for suffix in _COMPRESS)


@dataclass(frozen=True)
class Sizes:
    """What compressing a site came to; sizes are bytes, of files that have a precompressed one."""

    files: int
    original: int
    gzip: int
    brotli: int


def is_precompressed(name: str) -> bool:
    """Say whether a file is sent in place of the one that it is named after."""
    path = PurePath(name)
    return path.suffix in _COMPRESS and PurePath(path.stem).suffix in _TEXT


def outdated_files(site: BuiltSite) -> Iterator[str]:
    """Yield every precompressed file that does not hold what its original holds, or has none."""
    for name in sorted(name for name in site.names if PurePath(name).suffix in _DECOMPRESS):
        path = PurePath(name)
        try:
            content = _DECOMPRESS[path.suffix](site.content(name))
            if content == site.content(path.with_suffix("").as_posix()):
                continue
        except _BROKEN:
            pass
        yield name


def precompressed_files(
    site: BuiltSite, watch: Watch, left_out: Collection[str] = ()
) -> tuple[dict[str, bytes], Sizes]:
    """Return the precompressed files of all text files of a site, made side by side.

    `left_out` are files that no reader asks for. `watch` is given what is being compressed and how
    much there is of it, and passes it on.
    """
    sizes = dict(_worth_compressing(site, site.names - set(left_out)))
    names = sorted(sizes, key=lambda name: (-sizes[name], name))
    # The slow one first, so that no core is idle at the end.
    work = [(site.path(name), suffix) for suffix in reversed(_COMPRESS) for name in names]
    # Both libraries let other threads run meanwhile.
    with in_threads(_compressed, work) as begun:
        contents = {begun[done]: done.result() for done in watch(as_completed(begun), len(begun))}
    made = {
        f"{name}{suffix}": content
        for name in sorted(names)
        for suffix in _COMPRESS
        if (content := contents[site.path(name), suffix])
    }
    originals = {name.rpartition(".")[0] for name in made}
    return made, Sizes(
        files=len(made),
        original=sum(sizes[name] for name in originals),
        gzip=sum(len(content) for name, content in made.items() if name.endswith(".gz")),
        brotli=sum(len(content) for name, content in made.items() if name.endswith(".br")),
    )


def _worth_compressing(site: BuiltSite, names: Iterable[str]) -> Iterator[tuple[str, int]]:
    for name in names:
        size = site.path(name).stat().st_size
        if PurePath(name).suffix in _TEXT and size >= _LEAST_BYTES:
            yield name, size


def _compressed(work: tuple[Path, str]) -> bytes:
    """Return a file compressed for a suffix, or nothing where that would save next to nothing."""
    path, suffix = work
    content = path.read_bytes()
    compressed = _COMPRESS[suffix](content)
    return compressed if len(compressed) <= len(content) * _LARGEST_PART else b""
