"""A folder of files as a reproducible zip file.

Most files are the same in the next copy, and packing them takes longer than all else. So what the
last copy packed is taken from it as it is.
"""

from __future__ import annotations

import os
import struct
import zlib
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from zipfile import BadZipFile, ZipFile

from sourced_guide.claims.project.clock import today

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

# The earliest date in zip files.
_EARLIEST = date(1980, 1, 1)
# The records of a zip file (APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16).
_LOCAL, _CENTRAL = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION, _DEFLATED, _IN_UTF8 = 20, 8, 0x800
_UNIX = 3 << 8
_READABLE = 0o100644 << 16


class Packed(NamedTuple):
    """A file as it is in a zip file: its checksum (CRC-32), its size, and what it is packed as."""

    checksum: int
    size: int
    data: bytes


def packed(content: bytes) -> Packed:
    """Return a file as it is in a zip file."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = deflate.compress(content) + deflate.flush()
    return Packed(zlib.crc32(content), len(content), data)


def packed_in(file: Path, names: Iterable[str]) -> dict[str, Packed]:
    """Return files of a zip file as they are in it, by their names; none if it is broken."""
    found: dict[str, Packed] = {}
    broken = (OSError, BadZipFile, KeyError, struct.error)
    with suppress(*broken), file.open("rb") as content, ZipFile(content) as archived:
        for name in names:
            entry = archived.getinfo(name)
            content.seek(entry.header_offset)
            *_, name_size, extra_size = _LOCAL.unpack(content.read(_LOCAL.size))
            content.seek(name_size + extra_size, os.SEEK_CUR)
            data = content.read(entry.compress_size)
            if entry.compress_type == _DEFLATED and len(data) == entry.compress_size:
                found[name] = Packed(entry.CRC, entry.file_size, data)
    return found


def archive(files: Mapping[str, Packed], day: date) -> bytes:
    """Return a zip file that has the files by their names, all of them with this date."""
    day = max(day, _EARLIEST)
    time_and_date = 0, (day.year - _EARLIEST.year) << 9 | day.month << 5 | day.day
    parts: list[bytes] = []
    entries: list[bytes] = []
    at = 0
    for name in sorted(files):
        checksum, size, data = files[name]
        written = name.encode()
        flags = 0 if name.isascii() else _IN_UTF8
        shared = (flags, _DEFLATED, *time_and_date, checksum, len(data), size, len(written), 0)
        entry = (*shared, 0, 0, 0, _READABLE, at)
        entries += [_CENTRAL.pack(b"PK\1\2", _UNIX | _VERSION, _VERSION, *entry), written]
        parts += [_LOCAL.pack(b"PK\3\4", _VERSION, *shared), written, data]
        at += _LOCAL.size + len(written) + len(data)
    directory, count = b"".join(entries), len(files)
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), at, 0)
    return b"".join([*parts, directory, end])


def file_date(checked: str) -> date:
    """Return the date of the files: SOURCE_DATE_EPOCH, or the day when the guide was checked.

    `checked` is a day as YYYY-MM-DD (ISO 8601), or empty.

    Raises UnusableProjectError where SOURCE_DATE_EPOCH is not a moment in time.
    """
    if os.environ.get("SOURCE_DATE_EPOCH"):
        return today()
    return date.fromisoformat(checked) if checked else _EARLIEST
