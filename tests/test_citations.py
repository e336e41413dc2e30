"""How a citation looks on the page."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup, Tag
from markdown import Markdown

from sourced_guide.claims.markdown.extension import ClaimsExtension, page_reader
from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.model.citation import parse_group
from sourced_guide.claims.project.options import REPORT
from sourced_guide.claims.render.html import render_pages
from sourced_guide.claims.render.marks import _ranges
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
            Markdown(extensions=["attr_list", "tables", extension]).convert(text), "html.parser"
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
        ("It hurts. [@spine#pain] [@legs#legs]", "It hurts.[1, 2]"),
        ("It hurts. [@spine#pain; @spine#legs]", "It hurts.[1]"),
        ("It hurts. [@spine#pain; @unknown#x]", "It hurts.[1, ?]"),
        (r"A \[@spine#pain] and `[@spine#pain]`.", "A [@spine#pain] and [@spine#pain]."),
        ("See [it [@spine#pain]](https://example.com) now.", "See it[1] now."),
        # A run has one mark.
        ("One. [@legs#legs] Two. [@spine#pain] One. [@legs#pain]", "One. Two. One.[1, 2]"),
        ("One. [@legs#legs] Is it?", "One.[1] Is it?"),
    ],
)
def test_numbers_stand_after_the_stop_and_count_from_one(
    render: Callable[[str], BeautifulSoup], written: str, shown: str
) -> None:
    paragraph = render(written).p
    assert paragraph
    assert _with_numbers(paragraph) == shown


def _with_numbers(part: Tag) -> str:
    """The text of a part of a page, with the numbers as the style sheet shows them."""
    for mark in part.select("[data-cs-numbers]"):
        mark.replace_with(f"[{mark['data-cs-numbers']}]")
    return " ".join(part.get_text().split())


RUNS = {
    "a list whose items rest on up to four sources": (
        "- one [@spine#pain]\n- two [@spine#legs]\n- three [@legs#legs]",
        "one two three[1, 2]",
    ),
    "a list of more": (
        "- one [@spine#pain; @legs#legs]\n- two [@three#a; @four#a]\n- three [@five#a]",
        "one two[1, 2, ?, ?] three[?]",
    ),
    "an item of several claims": (
        "- one [@spine#pain]\n- two. [@legs#legs] Too. [@legs#legs]\n- three [@spine#legs]",
        "one two. Too. three[1, 2]",
    ),
    "items that a lead-in covers": (
        "It may be: [@spine#pain]\n\n- one\n- two [@legs#legs]\n",
        "It may be:[1] one two[2]",
    ),
    "two paragraphs": ("One. [@spine#pain]\n\nTwo. [@spine#pain]", "One.[1] Two.[1]"),
    "a table of two columns": (
        "| a | b |\n|---|---|\n| one | [@spine#pain] two |\n| three [@legs#legs] | four |",
        "a b one two three[1, 2] four",
    ),
    "a paragraph of up to four sources": (
        "One. [@spine#pain] Two. [@legs#legs] Three. [@spine#legs]",
        "One. Two. Three.[1, 2]",
    ),
    "a paragraph of more": (
        "One. [@spine#pain] Two. [@legs#legs; @three#a] Three. [@four#a] Four. [@five#a]",
        "One. Two. Three.[1, 2, ?, ?] Four.[?]",
    ),
    "a wider table": (
        (
            "| a | b | c |\n|---|---|---|\n| 1 [@spine#pain] | 2 [@legs#legs] | 3 |\n"
            "| 4 [@legs#legs] | 5 | 6 |"
        ),
        "a b c 1 2[1, 2] 3 4[2] 5 6",
    ),
    "what only paper shows": (
        "- one [@spine#pain]\n- two [@legs#legs]\n    { .paper-only }",
        "one[1] two[2]",
    ),
}


@pytest.mark.parametrize("name", RUNS)
def test_a_run_of_claims_has_one_mark_at_its_end(
    render: Callable[[str], BeautifulSoup], name: str
) -> None:
    written, shown = RUNS[name]
    page = render(written)
    page.select_one(".cs-sources").decompose()  # type: ignore[union-attr]
    assert _with_numbers(page) == shown


def test_every_claim_of_a_run_keeps_its_place_and_its_own_citations(
    page_project: Callable[[str], Project],
) -> None:
    project = page_project(
        "One. [@legs#legs; @spine#pain] Two. [@spine#pain] Three. [@legs#pain]\n"
    )
    guide = read_guide(project)
    page = BeautifulSoup(dict(render_pages(guide))["page.md"], "html.parser")
    [mark] = page.select("[data-cs-run]")
    assert mark["data-cs-run"] == "3"
    assert mark["data-cs-numbers"] == "1, 2"
    claims = guide.page("page.md").text.claims
    assert [claim.text for claim in claims] == ["One.", "Two.", "Three."]
    for claim in claims:
        [end] = page.select(f"#{claim.anchor}")
        cited = " ".join(f"{each.key}#{each.passage}" for each in claim.citations)
        assert end["data-cs-cites"] == cited
        before = end.find_previous_sibling(string=True) or end.previous_sibling
        assert str(before).strip() == claim.text


def test_many_numbers_in_a_row_are_a_range() -> None:
    assert _ranges([1, 2, 4, 5, 6, 8]) == ["1", "2", "4–6", "8"]


def test_a_mark_is_a_link_that_a_screen_reader_can_name(
    render: Callable[[str], BeautifulSoup],
) -> None:
    page = render("It hurts. [@legs#legs]\n\nBadly. [@spine#pain; @legs#pain]")
    one, two = page.select("sup a")
    assert one["aria-label"] == "source 1"
    assert two["aria-label"] == "sources 1, 2"
    # Neither in copied text nor in the way of a search in the page.
    assert two.get_text() == ""
    entry = page.select_one(str(one["href"]))
    assert entry
    assert "A page about legs. Patient page (no date given)." in entry.get_text()
    assert "We read all of it." in entry.get_text()


def test_the_page_ends_with_its_sources_in_the_order_of_their_numbers(
    render: Callable[[str], BeautifulSoup],
) -> None:
    page = render("It hurts. [@legs#legs] Badly. [@spine#pain]")
    assert [entry["id"] for entry in page.select(".cs-sources > details > ol > li")] == [
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
    assert page.p.get_text() == "It hurts. This has none at all. So it is. Now it does."


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
