"""A folder of files as a reproducible zip file."""

from __future__ import annotations

import os
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from sourced_guide.claims.project.clock import today

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# The earliest date in zip files.
_EARLIEST = date(1980, 1, 1)
_UNIX = 3
_READABLE = 0o100644 << 16
# What is compressed already: to try it again takes long, and saves a twentieth.
_COMPRESSED = (".pdf", ".png")


def archive(folder: str, files: Mapping[str, bytes | Path], day: date) -> bytes:
    """Return a zip file with one folder that has the files, all of them with this date.

    Files are given by their content or by their path.
    """
    buffer = BytesIO()
    with ZipFile(buffer, "w") as zip_file:
        for name in sorted(files):
            entry = ZipInfo(f"{folder}/{name}", max(day, _EARLIEST).timetuple()[:6])
            entry.create_system = _UNIX
            entry.external_attr = _READABLE
            content = files[name]
            data = content if isinstance(content, bytes) else content.read_bytes()
            method = ZIP_STORED if name.endswith(_COMPRESSED) else ZIP_DEFLATED
            zip_file.writestr(entry, data, method, compresslevel=9)
    return buffer.getvalue()


def file_date(checked: str) -> date:
    """Return the date of the files: SOURCE_DATE_EPOCH, or the day when the guide was checked.

    `checked` is a day as YYYY-MM-DD (ISO 8601), or empty.

    Raises UnusableProjectError where SOURCE_DATE_EPOCH is not a moment in time.
    """
    if os.environ.get("SOURCE_DATE_EPOCH"):
        return today()
    return date.fromisoformat(checked) if checked else _EARLIEST
