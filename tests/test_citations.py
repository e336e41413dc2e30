"""How a citation looks on the page."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown

from sourced_guide.claims.markdown.extension import ClaimsExtension, page_reader, read_guide
from sourced_guide.claims.model.citation import parse_group
from sourced_guide.claims.project.options import REPORT
from sourced_guide.claims.render.html import render_pages
from sourced_guide.claims.render.page import render_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from sourced_guide.claims.project.project import Project


@pytest.fixture
def render(page_project: Callable[[str], Project]) -> Callable[[str], BeautifulSoup]:
    def rendered(text: str) -> BeautifulSoup:
        extension = ClaimsExtension(
            render_page, reader=page_reader(page_project(text)), page="page.md", gate=REPORT
        )
        return BeautifulSoup(
            Markdown(extensions=["tables", extension]).convert(text), "html.parser"
        )

    return rendered


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("It hurts [@spine#pain].", "It hurts.[1]"),
        ("It hurts. [@spine#pain] Badly.", "It hurts.[1] Badly."),
        ("It hurts.[@spine#pain] Badly.", "It hurts.[1] Badly."),
        ("It hurts [@spine#pain], badly.", "It hurts,[1] badly."),
        ("It *hurts [@spine#pain]*.", "It hurts.[1]"),
        ("It hurts (badly [@spine#pain]).", "It hurts (badly).[1]"),
        ('He says "it hurts" [@spine#pain].', 'He says "it hurts".[1]'),
        ("It hurts. [@spine#pain; @legs#legs]", "It hurts.[1, 2]"),
        ("It hurts. [@spine#pain] [@legs#legs]", "It hurts.[1][, 2]"),
        ("It hurts. [@spine#pain; @spine#legs]", "It hurts.[1]"),
        ("One. [@legs#legs] Two. [@spine#pain] One. [@legs#pain]", "One.[1] Two.[2] One.[1]"),
        (r"A \[@spine#pain] and `[@spine#pain]`.", "A [@spine#pain] and [@spine#pain]."),
        ("See [it [@spine#pain]](https://example.com) now.", "See it[1] now."),
    ],
)
def test_numbers_stand_after_the_stop_and_count_from_one(
    render: Callable[[str], BeautifulSoup], written: str, shown: str
) -> None:
    paragraph = render(written).p
    assert paragraph
    for mark in paragraph.find_all("sup"):
        mark.replace_with(f"[{mark.get_text()}]")
    assert paragraph.get_text() == shown


def test_a_number_is_a_link_that_a_screen_reader_can_name(
    render: Callable[[str], BeautifulSoup],
) -> None:
    page = render("It hurts. [@legs#legs] Badly. [@spine#pain]")
    link = page.select("sup a")[1]
    assert link["aria-label"] == "source 2"
    entry = page.select_one(str(link["href"]))
    assert entry
    assert "A page about the spine" in entry.get_text()
    assert "Patient page (no date given). We read all of it." in entry.get_text()


def test_the_page_ends_with_its_sources_in_the_order_of_their_numbers(
    render: Callable[[str], BeautifulSoup],
) -> None:
    page = render("It hurts. [@legs#legs] Badly. [@spine#pain]")
    assert [entry["id"] for entry in page.select(".cs-sources > ol > li")] == [
        "source-legs",
        "source-spine",
    ]


def test_a_page_without_citations_has_no_list_of_sources(
    render: Callable[[str], BeautifulSoup],
) -> None:
    assert not render("Is it bad?").select(".cs-sources")


def test_an_unsourced_sentence_is_marked_for_its_editor(
    page_project: Callable[[str], Project],
) -> None:
    text = (
        "It hurts. [@spine#pain] This **has none** at all. So it is. *Now* it does.\n\n"
        "- nor has this\n\n## A head\n\nPrint this.\n{ .editorial }\n"
    )
    extension = ClaimsExtension(
        render_page,
        reader=page_reader(page_project(text)),
        page="page.md",
        gate=REPORT,
        mark_unsourced=True,
    )
    page = BeautifulSoup(Markdown(extensions=["attr_list", extension]).convert(text), "html.parser")
    marked = [mark.get_text() for mark in page.select("mark.cs-unsourced")]
    assert marked == [
        "This ",
        "has none",
        " at all.",
        "So it is.",
        "Now",
        " it does.",
        "nor has this",
    ]
    assert page.p
    assert page.p.get_text() == "It hurts.1 This has none at all. So it is. Now it does."


def test_a_group_keeps_where_each_item_stands() -> None:
    written = "[@a#x; @b#y-z ;@c]"
    items = parse_group(written)
    assert [(item.key, item.passage) for item in items] == [("a", "x"), ("b", "y-z"), ("c", "")]
    assert [written[item.offset :][: len(item.written)] for item in items] == [
        "@a#x",
        "@b#y-z",
        "@c",
    ]


def test_a_citation_in_a_heading_stays_out_of_its_address_and_of_the_contents(
    page_project: Callable[[str], Project],
) -> None:
    project = page_project(
        "# Page\n\n## The pain is worse at night [@spine#pain]\n\n## Legs [@legs#legs]\n"
    )
    page = dict(render_pages(read_guide(project)))["page.md"]
    assert '<h2 id="the-pain-is-worse-at-night">The pain is worse at night<sup' in page
    assert '<h2 id="legs">Legs<sup' in page
    assert len(set(re.findall(r' id="(fnref[^"]*)"', page))) == 2


def test_inline_code_reads_as_its_words_with_and_without_a_highlighter(
    page_project: Callable[[str], Project],
) -> None:
    project = page_project("Type `a < b` or `#!py print(1)` first. Then rest. [@spine#pain]\n")
    plain = dataclasses.replace(project, extensions=["guide.claims"])
    highlighters = ["pymdownx.highlight", "pymdownx.inlinehilite"]
    highlighted = dataclasses.replace(project, extensions=[*highlighters, "guide.claims"])
    for each, words in ((plain, "#!py print(1)"), (highlighted, "print(1)")):
        [page] = read_guide(each).pages
        assert [one.text for one in page.text.statements] == [
            f"Type a < b or {words} first.",
            "Then rest.",
        ]
