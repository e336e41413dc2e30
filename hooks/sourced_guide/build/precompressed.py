"""Packed twins in a built site: a host shows `a.html.gz` (RFC 1952) or `a.html.br` for `a.html`."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING

import brotli

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_UNPACK: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.decompress,
    ".br": brotli.decompress,
}
_BROKEN = (brotli.error, EOFError, OSError, zlib.error)


def is_twin(path: Path) -> bool:
    """Say whether a file is shown in place of the one that it is named after."""
    return path.suffix in _UNPACK


def false_twins(folder: Path) -> Iterator[Path]:
    """Yield every twin in a folder that does not hold what its file holds, or has no file."""
    for twin in sorted(filter(is_twin, folder.rglob("*"))):
        original = twin.with_suffix("")
        try:
            if _UNPACK[twin.suffix](twin.read_bytes()) == original.read_bytes():
                continue
        except _BROKEN:
            pass
        yield twin
