"""An edition is what the guide claims on a day."""

from __future__ import annotations

import gzip
import json
import shutil
from typing import TYPE_CHECKING

from sourced_guide.claims.review.editions import edition_bytes, newest_editions

from ..few_pages import our_project
from ..front_matter import ROOT
from .conftest import LEGS, on, release, write

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_first_edition_has_every_claim_and_the_same_bytes_each_time(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on("2026-12-01", monkeypatch)
    result = release(project)
    assert result.stdout == (
        "edition 1, 2026-12-01: 4 statements on 2 pages, the first edition\n"
        "commit editions/1.json.gz\n"
    )
    content = (project / "editions/1.json.gz").read_bytes()
    assert json.loads(gzip.decompress(content)) == {
        "version": 1,
        "edition": 1,
        "on": "2026-12-01",
        "pages": {
            f"{name}.md": {
                "title": f"About {name}",
                "changed": "2026-12-01",
                "claims": [
                    [text, f"legs#{name}", f"spine#{name}"],
                    ["At night, the pain is often worse.", "spine#pain"],
                ],
            }
            for name, text in {
                "legs": "Legs may feel weak or heavy.",
                "pain": "The pain is often worse at night.",
            }.items()
        },
        "sources": {
            key: {"label": "Patient page (no date given)", "url": ""} for key in ("legs", "spine")
        },
    }
    shutil.rmtree(project / "editions")
    release(project)
    assert (project / "editions/1.json.gz").read_bytes() == content


def test_a_guide_with_a_finding_is_not_released(project: Path) -> None:
    write(project, "legs", LEGS, "Legs are made of cheese.")
    result = release(project)
    assert result.returncode == 1
    assert "docs/legs.md:11:1: SRC001" in result.stdout
    assert result.stdout.endswith("not released: 1 finding\n")
    assert not (project / "editions").exists()


def test_an_edition_is_never_written_anew(project: Path) -> None:
    release(project)
    before = (project / "editions/1.json.gz").read_bytes()
    result = release(project)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == (
        "guide: the guide claims what edition 1 claims: there is nothing to release\n"
    )
    assert [path.name for path in (project / "editions").iterdir()] == ["1.json.gz"]
    assert (project / "editions/1.json.gz").read_bytes() == before


def test_a_damaged_edition_is_named(project: Path) -> None:
    release(project)
    (project / "editions/1.json.gz").write_bytes(b"text")
    result = release(project)
    assert result.returncode == 2
    assert result.stderr.startswith("guide: editions/1.json.gz is damaged (")
    (project / "editions/1.json.gz").write_bytes(gzip.compress(b'{"version": 2}'))
    assert "only guide release writes it" in release(project).stderr


def test_the_editions_of_the_guide_are_whole_and_small() -> None:
    folder = ROOT / "editions"
    paths = sorted(folder.iterdir())
    assert [path.name for path in paths] == [f"{n}.json.gz" for n in range(1, len(paths) + 1)]
    assert max(path.stat().st_size for path in paths) <= 300_000
    newest = newest_editions(our_project())[0]
    again = edition_bytes(newest)
    stored = paths[newest.number - 1].read_bytes()
    assert gzip.decompress(again) == gzip.decompress(stored)
