"""`guide report --source`: what rests on a source, and which files carry it to readers."""

from __future__ import annotations

import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest
import typst

from .commands import claims

if TYPE_CHECKING:
    from pathlib import Path

SHARED = "Legs may feel weak or heavy in the morning and after a rest. [@legs#legs]\n"


@pytest.fixture
def sharing_pages(bare_project: Path) -> Path:
    """Two pages that share a sentence on legs; one has a sentence that two sources bear out."""
    (bare_project / "includes/shared.md").write_text(SHARED)
    (bare_project / "docs/legs.md").write_text(
        'The pain is often worse at night. [@legs#pain; @spine#pain]\n\n--8<-- "shared.md"\n'
    )
    (bare_project / "docs/index.md").write_text(
        'The pain is often worse at night. [@spine#pain]\n\n--8<-- "shared.md"\n'
    )
    return bare_project


def _page(site: Path, name: str, text: str) -> None:
    path = site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"<!doctype html><title>A page</title><article>{text}</article>")


def _pdf(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Narrow, so that sentences are broken into lines as they are on paper.
    path.write_bytes(typst.compile(f"#set page(width: 5cm)\n{text}".encode()))


@pytest.fixture
def site(sharing_pages: Path) -> Path:
    """The site that was built of it, with what other steps made of its pages."""
    site = sharing_pages / "site"
    _page(
        site, "index.html", "The pain. Legs may feel weak or heavy in the morning and after a rest."
    )
    _page(site, "legs/index.html", "The pain is often worse at night.")
    _page(
        site,
        "words/index.html",
        "A word. Legs may feel <b>weak</b> or heavy in the morning and after a rest.",
    )
    _page(site, "other/index.html", "Legs may feel weak.")
    _page(
        site, "editors/index.html", "Legs may feel weak or heavy in the morning and after a rest."
    )
    for layout in ("a4", "letter"):
        _pdf(site / f"handouts/legs-{layout}.pdf", "A table.")
        _pdf(
            site / f"handouts/pack-{layout}.pdf",
            "First sheet. #pagebreak() Legs may feel weak or heavy#super[1, 2] in the morning "
            "and after a rest.",
        )
    _pdf(site / "handouts/other-a4.pdf", "Legs may feel weak.")
    with zipfile.ZipFile(site / "guide.zip", "w"):
        pass
    return site


def test_claims_are_listed_where_they_were_written(sharing_pages: Path) -> None:
    result = claims("report", "--source", "legs", cwd=sharing_pages)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == (
        "legs: A page about legs (patient page, current)\n"
        "\n"
        "Claims: 2\n"
        "  docs/legs.md:1: The pain is often worse at night. (#pain)\n"
        "  includes/shared.md:1: Legs may feel weak or heavy in the morning and after a rest. "
        "(#legs, no other source)\n"
        "\n"
        "Pages: 2\n"
        "  index.md\n"
        "  legs.md\n"
        "\n"
        "site holds no built site, so its handouts and copies were not searched: build it with "
        "make site, or name another folder with --site\n"
        "2 claims cite it, 1 of them no other source: 2 pages\n"
    )


def test_files_that_show_a_claim_are_found_wherever_it_stands(
    sharing_pages: Path, site: Path
) -> None:
    lines = claims("report", "--source", "legs", cwd=sharing_pages).stdout.splitlines()
    assert lines[6:] == [
        "Pages in site: 3",
        "  index.html",
        "  legs/index.html",
        "  words/index.html",
        "",
        "Handouts, booklets and other PDFs: 2",
        "  handouts/legs-{a4,letter}.pdf",
        "  handouts/pack-{a4,letter}.pdf",
        "",
        "Offline copies: 1",
        "  guide.zip",
        "",
        "2 claims cite it, 1 of them no other source: 3 pages, 4 PDFs, 1 offline copy",
    ]


def test_an_older_site_is_looked_at_where_it_is_named(sharing_pages: Path, site: Path) -> None:
    older = sharing_pages / "older"
    _page(older, "index.html", "Nothing of it.")
    shutil.move(site, sharing_pages / "newer")
    result = claims("report", "--source", "spine", "--site", "older", cwd=sharing_pages)
    assert "Pages in older: 1\n  index.html\n" in result.stdout
    result = claims("report", "--source", "legs", "--site", "newer", cwd=sharing_pages)
    assert "Pages in newer: 3\n" in result.stdout


def test_a_source_that_no_claim_cites_is_in_no_file(sharing_pages: Path, site: Path) -> None:
    shutil.copy(
        sharing_pages / "docs/references/legs.yml", sharing_pages / "docs/references/arms.yml"
    )
    result = claims("report", "--source", "arms", cwd=sharing_pages)
    assert result.returncode == 0
    assert result.stdout.endswith(
        "0 claims cite it, 0 of them no other source: 0 pages, 0 PDFs, 0 offline copies\n"
    )


def test_a_site_that_lacks_its_handouts_is_not_taken_for_a_whole_one(
    sharing_pages: Path, site: Path
) -> None:
    shutil.rmtree(site / "handouts")
    lines = claims("report", "--source", "legs", cwd=sharing_pages).stdout.splitlines()
    assert "Handouts, booklets and other PDFs: none" in lines
    assert lines[-2] == ("site has no PDF at all, so it is not complete: run make site")


def test_cells_of_a_row_are_found_apart(sharing_pages: Path, site: Path) -> None:
    (sharing_pages / "docs/legs.md").write_text(
        "| Legs | Arms |\n| --- | --- |\n"
        "| Legs may feel weak or heavy after a rest. | Arms may feel weak, too. [@legs#legs] |\n"
    )
    _pdf(site / "handouts/sheet-a4.pdf", "Legs may feel weak or heavy #lower[after] a rest.")
    result = claims("report", "--source", "legs", cwd=sharing_pages)
    assert "  handouts/sheet-a4.pdf\n" in result.stdout


def test_an_unknown_source_is_answered_with_the_closest(sharing_pages: Path) -> None:
    result = claims("report", "--source", "leg", cwd=sharing_pages)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "claims: there is no source 'leg'; did you mean 'legs'?\n"


def test_a_damaged_pdf_is_named_without_a_traceback(sharing_pages: Path, site: Path) -> None:
    (site / "handouts/torn-a4.pdf").write_bytes(b"%PDF-1.7\n")
    result = claims("report", "--source", "legs", cwd=sharing_pages)
    assert result.returncode == 2
    assert "site/handouts/torn-a4.pdf is no PDF that can be read" in result.stderr
    assert "Traceback" not in result.stderr
