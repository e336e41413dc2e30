"""The command: what it needs, what it writes, what it refuses and how it says so."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from sourced_guide.cli.deprecated import offline as main
from sourced_guide.cli.deprecated import publish
from sourced_guide.cli.main import claims

from .conftest import unzip

if TYPE_CHECKING:
    from collections.abc import Callable

ADDRESS = "https://guide.example/"


@pytest.fixture
def ready_copy(ready: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(ready, tmp_path / "project"))


def offline(project: Path) -> int:
    return main([str(project / "site"), "--config", str(project / "mkdocs.yml")])


def put(page: Path, before: str, text: str) -> None:
    html = page.read_text("utf-8")
    assert before in html
    page.write_text(html.replace(before, f"{text}{before}", 1), "utf-8")


def page_of_copy(project: Path, name: str, into: Path) -> str:
    (written,) = (project / "site/offline").glob("*.zip")
    return (unzip(written, into) / name).read_text("utf-8")


def test_it_says_what_it_wrote(ready_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert offline(ready_copy) == 0
    said = capsys.readouterr().out
    assert re.fullmatch(
        r"offline: \S+/site/offline/cancer-in-the-spine-2026-11-21-[0-9a-f]{7}\.zip, "
        r"\d+\.\d MB, \d+ files, 8 of them pages\n",
        said,
    )


def test_an_older_copy_makes_room_and_links_lead_to_the_new_one(
    ready_copy: Path, tmp_path: Path
) -> None:
    folder = ready_copy / "site/offline"
    folder.mkdir()
    (folder / "cancer-in-the-spine-2025-01-01-0000000.zip").write_text("old")
    put(ready_copy / "site/legs/index.html", "</article>", '<a href="../offline/">The copy</a>')
    assert offline(ready_copy) == 0
    (written,) = folder.iterdir()
    link = f'<a href="../offline/{written.name}">The copy</a>'
    assert link in (ready_copy / "site/legs/index.html").read_text("utf-8")
    # A copy is not in itself.
    assert "<a>The copy</a>" in page_of_copy(ready_copy, "legs/index.html", tmp_path / "copy")


def test_a_booklet_that_was_left_out_is_no_link(ready_copy: Path, tmp_path: Path) -> None:
    for file in (ready_copy / "site/handouts").glob("guide-*"):
        file.unlink()
    link = '<a href="../handouts/guide-a4.pdf">The booklet</a>'
    put(ready_copy / "site/legs/index.html", "</article>", link)
    assert offline(ready_copy) == 0
    assert "<a>The booklet</a>" in page_of_copy(ready_copy, "legs/index.html", tmp_path / "copy")


def test_a_second_copy_has_the_same_bytes(ready_copy: Path) -> None:
    put(ready_copy / "site/legs/index.html", "</article>", '<a href="../offline/">The copy</a>')
    assert offline(ready_copy) == 0
    (written,) = (ready_copy / "site/offline").iterdir()
    first = written.read_bytes()
    # The site's links lead to a copy already.
    assert offline(ready_copy) == 0
    assert written.read_bytes() == first


def test_the_copy_shows_what_was_checked(
    ready_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert offline(ready_copy) == 0
    (written,) = (ready_copy / "site/offline").iterdir()
    folder = unzip(written, tmp_path / "copy")
    shutil.copy(ready_copy / "site/claims.json", folder)
    assert claims(["certify", str(folder), "--config", str(ready_copy / "mkdocs.yml")]) == 0
    page = folder / "legs/index.html"
    page.write_text(page.read_text("utf-8").replace("weak or heavy", "weak"), "utf-8")
    assert claims(["certify", str(folder), "--config", str(ready_copy / "mkdocs.yml")]) == 1
    assert "legs/index.html" in capsys.readouterr().out


def test_a_site_with_new_links_is_ready_for_its_host(ready_copy: Path) -> None:
    put(ready_copy / "site/legs/index.html", "</article>", '<a href="../offline/">The copy</a>')
    assert offline(ready_copy) == 0
    after = {path: path.read_bytes() for path in (ready_copy / "site").rglob("*") if path.is_file()}
    assert publish([str(ready_copy / "site")]) == 0
    assert all(path.read_bytes() == content for path, content in after.items())


def test_a_copy_names_the_address_that_is_set(ready_copy: Path, tmp_path: Path) -> None:
    for page, at in {"index.html": "", "legs/index.html": "legs/"}.items():
        put(ready_copy / "site" / page, "</head>", f'<link rel="canonical" href="{ADDRESS}{at}">')
    put(ready_copy / "site/legs/index.html", "</article>", '<a href="../offline/">The copy</a>')
    assert offline(ready_copy) == 0
    html = page_of_copy(ready_copy, "legs/index.html", tmp_path / "copy")
    assert html.count(f'The newest one is at <a href="{ADDRESS}" aria-describedby') == 2
    # The page where it was has the newest one, too.
    assert re.search(rf'<a href="{ADDRESS}legs/" [^>]*>The copy<', html)


def test_a_link_to_a_section_leads_there(ready_copy: Path, tmp_path: Path) -> None:
    assert offline(ready_copy) == 0
    html = page_of_copy(ready_copy, "warning-signs/index.html", tmp_path / "copy")
    assert 'href="../legs/index.html#how-legs-can-feel"' in html


def test_a_copy_without_an_address_names_none(ready_copy: Path, tmp_path: Path) -> None:
    assert offline(ready_copy) == 0
    html = page_of_copy(ready_copy, "index.html", tmp_path / "copy")
    assert "ask where you got this one" in html
    assert "canonical" not in html
    assert "og:" not in html


def test_a_link_out_is_marked_once_and_keeps_what_it_had(ready_copy: Path, tmp_path: Path) -> None:
    link = '<a href="https://other.example/?a=1&amp;b=2#c" aria-describedby="d">Out</a>'
    put(ready_copy / "site/index.html", "</article>", f'{link} <a href="tel:999">Call</a>')
    assert offline(ready_copy) == 0
    html = page_of_copy(ready_copy, "index.html", tmp_path / "copy")
    assert (
        '<a href="https://other.example/?a=1&amp;b=2#c" aria-describedby="d cs-copy-network">Out'
        '<span class="cs-copy-sign" aria-hidden="true">\u00a0\u2197\ufe0e</span></a>'
        ' <a href="tel:999">Call</a>'
    ) in html


def test_files_bear_another_day_where_one_is_set(
    ready_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(365 * 24 * 60 * 60))
    assert offline(ready_copy) == 0
    with ZipFile(next(ready_copy.glob("site/offline/*.zip"))) as packed:
        # It is in 1971, and zip files begin in 1980.
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert offline(ready_copy) == 0
    with ZipFile(next(ready_copy.glob("site/offline/*.zip"))) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(2027, 1, 15, 0, 0, 0)}


def test_dead_links_are_told_and_nothing_is_written(
    ready_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(ready_copy / "site/index.html", "</article>", '<a href="gone/#x">1</a><img src="no.png">')
    assert offline(ready_copy) == 1
    page = ready_copy / "site/index.html"
    line = page.read_text("utf-8").partition("gone/#x")[0].count("\n") + 1
    said = capsys.readouterr().err
    for link in ("gone/#x", "no.png"):
        message = f"{page}:{line}:1: BLD008 '{link}' has no target in the site (dead-link)\n"
        assert message in said
    assert said.endswith("offline: 2 findings\n")
    assert not (ready_copy / "site/offline").exists()


def _without_policy(project: Path) -> None:
    page = project / "site/index.html"
    page.write_text(page.read_text("utf-8").replace("Content-Security-Policy", "X"), "utf-8")


def _without_our_theme(project: Path) -> None:
    config = project / "mkdocs.yml"
    text = config.read_text("utf-8").replace("name: sourced-guide", "name: material")
    config.write_text(text, "utf-8")


HINDRANCES: dict[str, tuple[Callable[[Path], object], str]] = {
    "no site": (lambda project: shutil.rmtree(project / "site"), "with make site"),
    "not published": (_without_policy, "run guide build"),
    "no handouts": (
        lambda project: shutil.rmtree(project / "site/handouts"),
        "has no handouts yet",
    ),
    "no words": (_without_our_theme, "cs/copy.html"),
    "no settings": (lambda project: (project / "mkdocs.yml").unlink(), "mkdocs.yml"),
}


@pytest.mark.parametrize(("hinder", "says"), HINDRANCES.values(), ids=HINDRANCES)
def test_what_hinders_it_is_said_with_what_to_do(
    hinder: Callable[[Path], object],
    says: str,
    ready_copy: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    hinder(ready_copy)
    assert offline(ready_copy) == 2
    assert says in capsys.readouterr().err
    assert not (ready_copy / "site/offline").exists()
