"""A ward's own handouts: its names and numbers in the box for the team, and nowhere else."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

import pikepdf
import pytest

from sourced_guide.build.handouts.ward.ward_file import read_ward
from sourced_guide.claims.model.errors import UnusableProjectError

from ..commands import run
from .sheets import squeezed, text_of

if TYPE_CHECKING:
    from pathlib import Path

WARD = """\
hospital: Example General Hospital
team: Spine team, ward 4
by-day: 555-0100
nights-and-weekends: 555-0199
logo: logo.svg
"""
VALUES = ("Example General Hospital", "Spine team, ward 4", "555-0100", "555-0199")
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


def write_ward(folder: Path, text: str = WARD) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "logo.svg").write_text(LOGO, "utf-8")
    path = folder / "ward.yml"
    path.write_text(text, "utf-8")
    return path


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_all_handouts_have_the_numbers_of_the_ward_and_the_site_has_none(
    ready: Path, tmp_path: Path
) -> None:
    """Takes three seconds: handouts are made in processes of their own."""
    project = tmp_path / "project"
    shutil.copytree(ready, project)
    ward = write_ward(tmp_path / "ward")
    site = digests(project / "site")

    def make() -> str:
        result = run("guide", "handouts", "--local", str(ward), cwd=project)
        assert result.returncode == 0, result.stderr
        return result.stdout

    assert "files for Spine team, ward 4" in make()
    made = digests(project / "ward-handouts")
    assert {f"handouts/{name}" for name in made} == {
        name for name in site if name.endswith(".pdf") and "/guide-" not in name
    }
    for name in made:
        text = text_of(project / "ward-handouts" / name, whole=True)
        for value in VALUES:
            assert squeezed(value) in text, name
        # The rest is as it is in the site.
        assert squeezed("Your hospital number:") in text
        with pikepdf.open(project / "ward-handouts" / name) as document:
            assert b"pdfuaid" in document.Root.Metadata.read_bytes()
    assert digests(project / "site") == site
    for path in (project / "site").rglob("*"):
        if path.suffix in (".html", ".json", ".js"):
            assert not any(value in path.read_text("utf-8") for value in VALUES)
        elif path.suffix == ".pdf" and not path.stem.startswith("guide-"):
            assert squeezed(VALUES[0]) not in text_of(path, whole=True)
    # What has not changed is not written again, and another number is.
    before = {path: path.stat().st_mtime_ns for path in (project / "ward-handouts").iterdir()}
    make()
    assert before == {path: path.stat().st_mtime_ns for path in before}
    ward.write_text(WARD.replace("0199", "0177"), "utf-8")
    make()
    assert not made.items() & digests(project / "ward-handouts").items()


FAULTS = {
    "a number is missing": (
        WARD.replace("nights-and-weekends: 555-0199\n", ""),
        "1:1: the file lacks the field 'nights-and-weekends'\n    help: add it: the number to call",
    ),
    "a field that does not exist": (
        f"{WARD}by-nigth: 1\n",
        "ward.yml:6:1: the file has a field 'by-nigth' that does not exist",
    ),
    "an empty number": (WARD.replace(" 555-0100", ""), "ward.yml:3:1: 'by-day' is empty"),
    "a number twice": (f"{WARD}team: x\n", "ward.yml:6:1: field 'team' is written twice"),
    "no YAML": ("team: [\n", "ward.yml:2:1: the YAML cannot be read"),
    "a logo that is not there": (
        WARD.replace("logo.svg", "ours.svg"),
        "ward.yml:5:1: there is no 'ours.svg' beside ward.yml",
    ),
    "a logo elsewhere": (
        WARD.replace("logo.svg", "../logo.svg"),
        "ward.yml:5:1: there is no '../logo.svg' beside ward.yml",
    ),
}


@pytest.mark.parametrize(("text", "message"), FAULTS.values(), ids=FAULTS)
def test_what_is_wrong_with_the_file_is_said_with_its_line(
    text: str, message: str, tmp_path: Path
) -> None:
    with pytest.raises(UnusableProjectError) as error:
        read_ward(write_ward(tmp_path, text))
    assert message in str(error.value)


def test_what_cannot_be_printed_is_said_with_its_line(ready: Path, tmp_path: Path) -> None:
    for text, logo, message in (
        (WARD.replace("ward 4", "漢"), LOGO, "ward.yml:2:1: the font of the handouts has no “漢”"),
        (WARD, "no drawing", "ward.yml:5:1: the logo cannot be read"),
    ):
        ward = write_ward(tmp_path / "ward", text)
        (tmp_path / "ward/logo.svg").write_text(logo, "utf-8")
        to = ("--to", str(tmp_path / "out"))
        result = run("guide", "handouts", "--local", str(ward), *to, cwd=ready)
        assert result.returncode == 2
        assert message in result.stderr
        assert not (tmp_path / "out").exists()


def test_nothing_of_a_ward_can_be_written_where_it_would_be_published(
    ready: Path, tmp_path: Path
) -> None:
    ward = str(write_ward(tmp_path / "ward"))
    result = run("guide", "handouts", "--local", ward, "--to", "site/handouts", cwd=ready)
    assert result.returncode == 2
    assert "whose files are published: choose another place" in result.stderr
    result = run("guide", "handouts", "--local", "docs/ward.yml", cwd=ready)
    assert "the ward's file, docs/ward.yml, is in" in result.stderr
