"""A new guide: `guide init` and what it writes."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest
import yaml

from sourced_guide.cli.main import main

from ..commands import claims, run

if TYPE_CHECKING:
    from pathlib import Path

# "Clinician" is a level of claims.json, whatever the field; no reader sees it.
MEDICAL = re.compile(
    r"medic|clinic|patient|disease|illness|doctor|nurse|hospital|cancer|health|symptom|treatment",
    re.IGNORECASE,
)
SPINE = re.compile(r"spin(?:e|al)|vertebra|metasta", re.IGNORECASE)


def start(folder: Path, *options: str, title: str = "Lung nodules") -> dict[str, str]:
    """Make a guide and return the texts of its files by their names."""
    assert main(["init", str(folder), "--title", title, *options]) == 0
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


def make(folder: Path, target: str) -> None:
    """Run a target of a new guide's Makefile."""
    made = subprocess.run(["make", target], cwd=folder, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr


@pytest.mark.parametrize("options", [(), ("--medical",)], ids=["plain", "medical"])
def test_a_new_guide_has_no_findings(options: tuple[str, ...], tmp_path: Path) -> None:
    start(tmp_path / "new", *options)
    result = claims("check", cwd=tmp_path / "new")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("no findings: ")


def test_its_files_are_few_and_say_what_they_are_for(tmp_path: Path) -> None:
    files = start(tmp_path / "new")
    assert len(files) <= 25
    for name, text in files.items():
        assert re.search(r"^ *#|<!-- ", text, re.MULTILINE) or name == ".gitignore", name
        # Every value is filled in, and no mark of a kind is left.
        assert not re.search(r"@[a-z]+@|#plain|#medical", text), name


def test_it_names_no_field(tmp_path: Path) -> None:
    for name, text in start(tmp_path / "new", title="Bicycles").items():
        if name == "local.mk":
            continue
        # One comment lists the kinds that a source may have.
        said = re.sub(r"^# guideline, .*$", "", text, flags=re.MULTILINE)
        assert not MEDICAL.search(said), name
        assert not SPINE.search(said), name


def test_a_medical_one_names_medicine_and_no_spine(tmp_path: Path) -> None:
    files = start(tmp_path / "new", "--medical")
    assert not [name for name, text in files.items() if SPINE.search(text)]
    assert "MedicalWebPage" in files["mkdocs.yml"]
    assert "expert: clinician" in files["mkdocs.yml"]


@pytest.mark.parametrize("title", ["Bread: a beginner's guide", 'The "good" loaf', "#1", "Brød"])
def test_any_title_can_be_read_back(title: str, tmp_path: Path) -> None:
    files = start(tmp_path / "new", title=title)
    assert f"# {title}" in files["docs/index.md"]
    front = files["docs/index.md"].split("---\n")[1]
    assert yaml.safe_load(front)["title"] == title
    result = claims("check", cwd=tmp_path / "new")
    assert "not usable" not in result.stderr


def test_a_folder_with_files_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert main(["init", str(tmp_path), "--title", "Bread"]) == 2
    assert "is not empty: name a new folder" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


# What only Zensical makes otherwise: it runs no plugin, and writes no offline copy.
@pytest.mark.exhaustive
def test_it_is_built_by_zensical_and_certified(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    start(folder, title="Bicycles")
    for command in (
        ("zensical", "build", "--strict"),
        ("guide", "export", "site/claims.json"),
        ("publish", "site"),
        ("handouts", "site"),
        ("guide", "certify", "site"),
    ):
        result = run(*command, cwd=folder)
        assert result.returncode == 0, result.stdout + result.stderr


# A build with handouts and an offline copy takes ten seconds.
@pytest.mark.exhaustive
def test_make_site_builds_prints_and_certifies_it(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    start(folder, title="Bread: a beginner's guide")
    make(folder, "site")
    for name in ("index.html", "claims.json", "_headers", "handouts/guide-a4.pdf"):
        assert (folder / "site" / name).is_file(), name
    assert list((folder / "site/offline").glob("*.zip"))
    assert run("guide", "certify", "site", cwd=folder).returncode == 0
    make(folder, "review")
    assert (folder / "review.html").is_file()
