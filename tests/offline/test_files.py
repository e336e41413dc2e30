"""What lies in the copy: all that its pages lead to, nothing else, and the same bytes each time."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

import pytest
from lxml import html

from sourced_guide.cli.main import claims

from ..built import pages_of
from .conftest import write_copy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

# What scripts ask for.
BY_SCRIPT = re.compile(r"search/search_index\.js|search/worker\.[0-9a-f]{8}\.js")


@pytest.fixture(scope="session")
def pages(folder: Path) -> dict[Path, HtmlElement]:
    return {path: html.fromstring(path.read_bytes()) for path in sorted(folder.rglob("*.html"))}


def leads_to(path: Path, page: HtmlElement) -> Iterator[tuple[Path, str]]:
    """Yield the file and the fragment that each link of a page within the copy leads to."""
    for link in page.xpath("//@href | //@src"):
        parts = urlsplit(link)
        if not parts.scheme:
            file = path.parent / unquote(parts.path) if parts.path else path
            yield file.resolve(), unquote(parts.fragment)


def test_every_link_within_the_copy_leads_to_a_file_and_to_a_place_in_it(
    pages: dict[Path, HtmlElement], folder: Path
) -> None:
    ids = {path: set(page.xpath("//@id")) for path, page in pages.items()}
    dead = [
        (path.relative_to(folder), file, fragment)
        for path, page in pages.items()
        for file, fragment in leads_to(path, page)
        if not file.is_file()
        or not file.is_relative_to(folder)
        or (fragment and fragment not in ids[file])
    ]
    assert not dead


def test_every_page_of_the_site_is_in_the_copy(guide_site: Path, folder: Path) -> None:
    of_site = {path.relative_to(guide_site) for path in guide_site.rglob("*.html")} - {
        Path("404.html")
    }
    assert {path.relative_to(folder) for path in folder.rglob("*.html")} == of_site


def test_nothing_is_in_the_copy_that_nothing_needs(
    pages: dict[Path, HtmlElement], folder: Path
) -> None:
    needed = {file for path, page in pages.items() for file, _ in leads_to(path, page)}
    rest = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    rest -= {file.relative_to(folder).as_posix() for file in needed}
    rest -= {path.relative_to(folder).as_posix() for path in pages}
    assert sorted(name for name in rest if not BY_SCRIPT.fullmatch(name)) == []


def test_what_is_for_a_visited_site_only_is_left_out(
    pages: dict[Path, HtmlElement], folder: Path
) -> None:
    for page in pages.values():
        assert not page.xpath("//link[@rel='manifest'] | //script[@type='application/ld+json']")
        assert not page.find_class("cs-kept") + page.find_class("cs-newer")
    assert not list(folder.glob("service-worker*"))


def test_every_page_says_that_it_is_a_copy_and_until_when(
    pages: dict[Path, HtmlElement], folder: Path
) -> None:
    for path in pages_of(folder):
        page = pages[path]
        (late,) = page.find_class("cs-copy__late")
        (line,) = page.find_class("cs-copy__line")
        assert late.get("data-cs-due"), path
        assert "This is a copy that works without a network." in line.text_content()
        assert page.xpath("//script[contains(@src, 'late.js') and @defer]"), path


def test_the_handouts_are_there(folder: Path) -> None:
    handouts = sorted((folder / "handouts").iterdir())
    assert {"guide-a4.pdf", "start-large.pdf"} <= {path.name for path in handouts}
    assert all(path.read_bytes().startswith(b"%PDF-") for path in handouts)


def test_a_page_differs_from_that_of_the_site_only_where_a_copy_has_to(
    folder: Path, guide_site: Path
) -> None:
    """Drawings, above all: they stay as they are."""
    for name in ("your-spine/index.html", "compare/index.html"):
        drawings = [
            re.findall(r"<svg.*?</svg>", (root / name).read_text("utf-8"), re.DOTALL)
            for root in (folder, guide_site)
        ]
        assert drawings[0]
        assert drawings[0] == drawings[1]


@pytest.mark.exhaustive
def test_the_copy_shows_what_was_checked(
    folder: Path, built_guide: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    shutil.copy(built_guide / "site/claims.json", copy)
    result = claims(["certify", str(copy), "--config", str(built_guide / "mkdocs.yml")])
    assert result == 0, capsys.readouterr().out


@pytest.mark.exhaustive
def test_a_second_copy_has_the_same_bytes(written: Path, built_guide: Path, tmp_path: Path) -> None:
    """As for a few pages in test_command.py."""
    again = shutil.copytree(built_guide / "site", tmp_path / "site")
    assert write_copy(again, built_guide).read_bytes() == written.read_bytes()


def test_files_bear_the_day_of_the_edition_and_lie_in_one_folder(written: Path) -> None:
    with ZipFile(written) as packed:
        entries = packed.infolist()
    edition_day = re.search(r"-(\d{4})-(\d\d)-(\d\d)-[0-9a-f]{7}$", written.stem)
    assert edition_day
    day = tuple(int(part) for part in edition_day.groups())
    assert {entry.date_time for entry in entries} == {(*day, 0, 0, 0)}
    assert {entry.filename.partition("/")[0] for entry in entries} == {written.stem}
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
