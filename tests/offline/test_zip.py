"""A copy is packed as Python's own zip files are, and takes from the last one what is the same."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from sourced_guide.build.offline.zip import archive, packed, packed_in

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "copy/index.html": b"<h1>Legs</h1>" * 200,
    "copy/Ünder/page.html": b"Legs may feel weak. " * 90,
    "copy/empty.txt": b"",
    "copy/dense.bin": bytes(range(256)),
}
DAY = date(2026, 11, 30)


def written(files: dict[str, bytes]) -> bytes:
    return archive({name: packed(content) for name, content in files.items()}, DAY)


def test_the_bytes_are_those_of_the_standard_library(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "by-python.zip", "w") as zip_file:
        for name in sorted(FILES):
            entry = ZipInfo(name, (*DAY.timetuple()[:3], 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            zip_file.writestr(entry, FILES[name], ZIP_DEFLATED, compresslevel=9)
    assert written(FILES) == (tmp_path / "by-python.zip").read_bytes()


def test_files_are_taken_from_a_copy_as_they_are_packed_there(tmp_path: Path) -> None:
    last = tmp_path / "last.zip"
    last.write_bytes(written(FILES))
    assert packed_in(last, FILES) == {name: packed(content) for name, content in FILES.items()}
    with ZipFile(last) as zip_file:
        assert {name: zip_file.read(name) for name in zip_file.namelist()} == FILES


@pytest.mark.parametrize("content", [b"", b"PK\3\4", written(FILES)[:-30]])
def test_nothing_is_taken_from_a_broken_copy(tmp_path: Path, content: bytes) -> None:
    last = tmp_path / "last.zip"
    last.write_bytes(content)
    assert packed_in(last, FILES) == {}
