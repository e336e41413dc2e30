"""What was compressed is kept by its content, and changes nothing but the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sourced_guide.build.built_site.site import BuiltSite
from sourced_guide.build.steps.precompress import precompressed_files

if TYPE_CHECKING:
    from collections.abc import Iterable
    from concurrent.futures import Future
    from pathlib import Path

WORDS = "Legs may feel weak or heavy. "


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in ("index", "legs", "pain"):
        page = tmp_path / "site" / f"{name}.html"
        page.parent.mkdir(exist_ok=True)
        page.write_text(f"<h1>{name}</h1>{WORDS * 80}", "utf-8")
    return tmp_path / "site"


def compressed(site: Path, kept: Path | None = None) -> tuple[dict[str, bytes], int]:
    """Return the compressed files of a site, and how many had to be compressed."""
    counts = []

    def watch(tasks: Iterable[Future[bytes]], count: int) -> Iterable[Future[bytes]]:
        counts.append(count)
        return tasks

    files, _ = precompressed_files(BuiltSite(site), watch, kept)
    return files, sum(counts)


def test_only_what_has_changed_is_compressed_again(site: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    assert compressed(site, kept) == (compressed(site)[0], 6)
    (site / "legs.html").write_text(f"<h1>Legs</h1>{WORDS * 90}", "utf-8")
    (site / "pain.html").unlink()
    assert compressed(site, kept) == (compressed(site)[0], 2)
    assert compressed(site, kept) == (compressed(site)[0], 0)


@pytest.mark.parametrize("at", [0, 40, 90, -1])
def test_a_spoilt_file_is_not_believed(site: Path, tmp_path: Path, at: int) -> None:
    kept = tmp_path / "kept"
    whole, _ = compressed(site, kept)
    content = bytearray(kept.read_bytes())
    content[at] ^= 1
    for spoilt in (bytes(content), bytes(content)[: at or 7], b""):
        kept.write_bytes(spoilt)
        assert compressed(site, kept) == (whole, 6)
