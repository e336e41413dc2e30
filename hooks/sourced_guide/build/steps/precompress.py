"""Precompressed text files: beside `a.css` are `a.css.gz` (RFC 1952) and `a.css.br` (RFC 7932).

A host sends the one that a browser accepts, and need not compress anything itself. What the last
run compressed is kept by its content: most files do not change from one build to the next.
"""

from __future__ import annotations

import gzip
import hashlib
import struct
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, as_completed
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

import brotli

from sourced_guide.build.workers import in_threads
from sourced_guide.claims.model.errors import UnwritableFileError
from sourced_guide.claims.project.io.atomic_write import write_atomically

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sourced_guide.build.built_site.site import BuiltSite

Watch = Callable[[Iterable[Future[bytes]], int], Iterable[Future[bytes]]]

_TEXT = frozenset(
    (
        *(".css", ".html", ".js", ".json", ".jsonl", ".mjs", ".svg", ".txt", ".webmanifest"),
        ".xml",
    )
)
# A response that fits into one packet gains nothing.
_MIN_BYTES = 1024
# A precompressed file has to be at most this part of its original.
_MAX_RATIO = 0.95
# The file of what is kept: a digest of the rest, then each key with its value and the size of that.
_DIGEST, _SIZE = hashlib.sha256().digest_size, struct.Struct(">Q")
# Of brotli, on this site 8% fewer bytes than 9; 11 saves 2% more and takes almost three times as
# long. For `claims.json` alone, which every change of a claim changes and no page loads, 10 takes
# 1.5 seconds, 9 a tenth of that and 7 half of this, for 2% more bytes.
_QUALITY, _QUALITY_OF_LARGE = 10, 7
# Of gzip, 9 takes twice as long as 6 for large files, and saves 1%.
_LEVEL, _LEVEL_OF_LARGE = 9, 6
_LARGE = 500_000
_LEVELS = f"{_QUALITY} {_QUALITY_OF_LARGE} {_LEVEL} {_LEVEL_OF_LARGE} {_LARGE}"
_VERSIONS = f"{brotli.version} {zlib.ZLIB_RUNTIME_VERSION} {_LEVELS}"
_BROKEN = (brotli.error, EOFError, OSError, zlib.error)


def _gzip(content: bytes) -> bytes:
    level = _LEVEL if len(content) < _LARGE else _LEVEL_OF_LARGE
    return gzip.compress(content, level, mtime=0)


def _brotli(content: bytes) -> bytes:
    quality = _QUALITY if len(content) < _LARGE else _QUALITY_OF_LARGE
    compressed: bytes = brotli.compress(content, mode=brotli.MODE_TEXT, quality=quality)
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
    """Statistics of the files that have precompressed versions; sizes are in bytes."""

    files: int
    original: int
    gzip: int
    brotli: int


def is_precompressed(name: str) -> bool:
    """Say whether a file is the precompressed version of another."""
    path = PurePath(name)
    return path.suffix in _COMPRESS and PurePath(path.stem).suffix in _TEXT


def outdated_files(site: BuiltSite) -> Iterator[str]:
    """Yield every precompressed file whose content differs from its original, or that has none."""
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
    site: BuiltSite, watch: Watch, kept: Path | None = None, excluded: Collection[str] = ()
) -> tuple[dict[str, bytes], Sizes]:
    """Return the precompressed files of all text files of a site, compressed in parallel.

    `kept` is a file for what is compressed, which the next run reads; `excluded` are files that no
    reader requests. `watch` is given the running tasks and their number, and yields them as they
    finish.
    """
    sizes = dict(_worth_compressing(site, site.names - set(excluded)))
    names = sorted(sizes, key=lambda name: (-sizes[name], name))
    keys = {(name, suffix): _key(site, name, suffix) for suffix in _COMPRESS for name in names}
    known = _read_kept(kept) if kept else {}
    # The slower one first, so that no core is idle at the end.
    work = {
        (site.path(name), suffix): keys[name, suffix]
        for suffix in reversed(_COMPRESS)
        for name in names
        if keys[name, suffix] not in known
    }
    # Both libraries release the GIL.
    with in_threads(_compressed, list(work)) as begun:
        for done in watch(as_completed(begun), len(begun)):
            known[work[begun[done]]] = done.result()
    if kept and work:
        _keep(kept, {key: known[key] for key in keys.values()})
    compressed = {
        f"{name}{suffix}": content
        for name in sorted(names)
        for suffix in _COMPRESS
        if (content := known[keys[name, suffix]])
    }
    originals = {name.rpartition(".")[0] for name in compressed}
    return compressed, Sizes(
        files=len(compressed),
        original=sum(sizes[name] for name in originals),
        gzip=sum(len(content) for name, content in compressed.items() if name.endswith(".gz")),
        brotli=sum(len(content) for name, content in compressed.items() if name.endswith(".br")),
    )


def _key(site: BuiltSite, name: str, suffix: str) -> bytes:
    """Return what a compressed file depends on, as a digest."""
    whole = f"{site.digest(name)} {suffix} {_VERSIONS}"
    return hashlib.sha256(whole.encode()).digest()


def _read_kept(file: Path) -> dict[bytes, bytes]:
    """Return what was compressed, by its keys; nothing where the file is missing or spoilt."""
    found: dict[bytes, bytes] = {}
    try:
        whole = file.read_bytes()
    except OSError:
        return found
    content, at = whole[_DIGEST:], 0
    if whole[:_DIGEST] != hashlib.sha256(content).digest():
        return found
    while at < len(content):
        key, (size,) = content[at : at + _DIGEST], _SIZE.unpack_from(content, at + _DIGEST)
        at += _DIGEST + _SIZE.size + size
        found[key] = content[at - size : at]
    return found


def _keep(file: Path, compressed: Mapping[bytes, bytes]) -> None:
    """Keep what was compressed in this run, and nothing older."""
    content = b"".join(
        part for key, value in compressed.items() for part in (key, _SIZE.pack(len(value)), value)
    )
    with suppress(UnwritableFileError):
        write_atomically(file, hashlib.sha256(content).digest() + content)


def _worth_compressing(site: BuiltSite, names: Iterable[str]) -> Iterator[tuple[str, int]]:
    for name in names:
        size = site.path(name).stat().st_size
        if PurePath(name).suffix in _TEXT and size >= _MIN_BYTES:
            yield name, size


def _compressed(work: tuple[Path, str]) -> bytes:
    """Return a file compressed for a suffix, or nothing if that would hardly save anything."""
    path, suffix = work
    content = path.read_bytes()
    compressed = _COMPRESS[suffix](content)
    return compressed if len(compressed) <= len(content) * _MAX_RATIO else b""
