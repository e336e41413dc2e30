"""A folder of files as a zip file, the same bytes for the same files."""

from __future__ import annotations

import os
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sourced_guide.claims.project.clock import today

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# Zip files know no earlier day.
_FIRST = date(1980, 1, 1)
_UNIX = 3
_READABLE = 0o100644 << 16


def archive(folder: str, files: Mapping[str, bytes | Path], day: date) -> bytes:
    """Return a zip file with one folder that holds the files, all of them of that day.

    Files are given by what they hold, or by where that is.
    """
    made = BytesIO()
    with ZipFile(made, "w") as packed:
        for name in sorted(files):
            entry = ZipInfo(f"{folder}/{name}", max(day, _FIRST).timetuple()[:6])
            entry.create_system = _UNIX
            entry.external_attr = _READABLE
            content = files[name]
            data = content if isinstance(content, bytes) else content.read_bytes()
            packed.writestr(entry, data, ZIP_DEFLATED, compresslevel=9)
    return made.getvalue()


def day_of_files(checked: str) -> date:
    """Return the day that the files bear: SOURCE_DATE_EPOCH, else when the guide was checked.

    `checked` is a day as YYYY-MM-DD (ISO 8601), or empty.

    Raises UnusableProjectError where SOURCE_DATE_EPOCH is not a moment in time.
    """
    if os.environ.get("SOURCE_DATE_EPOCH"):
        return today()
    return date.fromisoformat(checked) if checked else _FIRST
