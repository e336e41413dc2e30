"""The booklet: its parts, its page numbers, and how it is folded."""

from __future__ import annotations

import re
from itertools import groupby

import pikepdf

from sourced_guide.build.handouts.booklet.fold import sections, sides

from .conftest import Made, pdf
from .sheets import sheets_of, tags, text_of
from .shown import assert_sources, site_of


def _target(entry: pikepdf.OutlineItem) -> tuple[int, int]:
    """Return the object of the page that a bookmark leads to."""
    assert isinstance(entry.destination, pikepdf.Array)
    return entry.destination[0].objgen


def test_the_booklet_has_parts_bookmarks_and_one_list_of_sources(made: Made) -> None:
    with pikepdf.open(pdf(made, "guide")) as document:
        with document.open_outline() as outline:
            parts = {
                str(part.title): [str(chapter.title) for chapter in part.children]
                for part in outline.root
            }
            numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
            beginnings = {str(part.title): numbers[_target(part)] for part in outline.root}
        assert "TOC" in tags(document)
        assert document.Root.PageMode == "/UseOutlines"
        for fact in ("/Author", "/Subject"):
            assert str(document.docinfo[fact])
    pages = [page for page in site_of(made.site).pages if page.path != "alert-card.md"]
    expected = {
        part: [page.title for page in chapters]
        for part, chapters in groupby(pages, key=lambda page: page.part or "Start here")
    }
    parts.pop("My notes", None)
    assert parts == {"Contents": [], **expected, "Sources": []}
    # Right-hand pages have odd numbers.
    assert all(beginnings[part] % 2 == 1 for part in expected)
    told = text_of(pdf(made, "guide"))
    assert_sources(told[told.rindex("Sources1.") :], site_of(made.site).sources)


def test_the_booklet_names_pages_and_has_the_warning_signs_once_in_full(made: Made) -> None:
    sheets = sheets_of(pdf(made, "guide"))
    named = re.search(r"Lowinthespine\(page(\d+)\)", "".join(sheets))
    assert named
    assert "Lowinthespine" in sheets[int(named[1]) - 1]
    text = "".join(sheets)
    assert text.count("Warningsigns:gethelpnow") == 1
    assert "Warningsigns:gethelpnow" in sheets[0]
    chapters = len(site_of(made.site).pages) - 1
    assert text.count("Warningsign(page1)?") == chapters
    heads = [sheet.replace(" ", "") for sheet in sheets_of(pdf(made, "guide"), whole=True)]
    assert sum("Testsandchoices:Tests" in head for head in heads) >= 1


def test_the_booklet_to_fold_says_that_it_has_no_tags(made: Made) -> None:
    with pikepdf.open(made.site / "handouts/guide-fold.pdf") as document:
        assert "not tagged" in str(document.docinfo["/Title"])
        assert "/StructTreeRoot" not in document.Root
        assert len(document.pages) % 2 == 0
        assert [round(float(each)) for each in document.pages[0].mediabox[2:]] == [842, 595]


def test_folded_sheets_are_in_order() -> None:
    # Two sheets and six pages: the last two sides that have none are blank.
    assert list(sides(0, 6)) == [(None, 0), (1, None), (5, 2), (3, 4)]
    # A short part is folded with the next one, a long one is more than one section.
    assert list(sections([1, 2, 4, 22, 130], 134)) == [(0, 22), (22, 78), (78, 134)]
