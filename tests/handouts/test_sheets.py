"""What each handout holds.

About thirty handouts are made once, in seven seconds.
"""

from __future__ import annotations

import re
from copy import deepcopy

import pikepdf
import pytest

from sourced_guide.build.handouts.compile import LARGE, LAYOUTS, PAPERS
from sourced_guide.build.handouts.document import handout

from ..front_matter import ROOT, edition_of, front_matter, reviewer_of
from .conftest import ADDRESS, NAMES, PAGES, Made, pdf
from .sheets import alternatives, scanned, sheets_of, squeezed, text_of
from .shown import (
    PLAIN,
    WARNING,
    assert_sources,
    claims_of,
    every_handout,
    every_name,
    site_of,
    whole_text,
)


def test_all_handouts_and_the_booklet_are_made_in_all_layouts(made: Made) -> None:
    files = {file.name for file in (made.site / "handouts").iterdir()}
    sheets = {f"{name}-{each}.pdf" for name in (*NAMES, "guide") for each in LAYOUTS}
    more = {f"warning-signs-more-{each}.pdf" for each in LAYOUTS}
    cards = {f"card-{paper}.pdf" for paper in PAPERS}
    assert files == sheets | more | cards | {"guide-fold.pdf"}


@pytest.mark.parametrize(("layout", "most"), [("a4", 2), ("letter", 2), ("large", 6)])
def test_the_warning_signs_are_one_sheet_to_hand_over(made: Made, layout: str, most: int) -> None:
    sheets = sheets_of(pdf(made, "warning-signs", layout))
    assert len(sheets) <= most
    parts = ("Anyoneoftheseisenough", "Yourteam:", "Whattosayonthephone", "Howtomove", "Questions")
    if layout != LARGE:
        front, back = sheets
        assert all(part in front for part in parts[:2])
        assert all(part in back for part in parts[2:])
    assert all(part in "".join(sheets) for part in parts)


@every_handout
def test_nothing_is_lost(made: Made, name: str, layout: str) -> None:
    page = PAGES[NAMES.index(name)] if name in NAMES else None
    text = whole_text(made, name, layout)
    pictures = ""
    for file in pdf(made, name, layout).parent.glob(f"{name}*-{layout}.pdf"):
        with pikepdf.open(file) as document:
            pictures += squeezed(" ".join(alternatives(document)))
    for claim in claims_of(made, page):
        if claim["file"] == WARNING:
            # A handout has its short form instead: see below.
            continue
        within = text + pictures if claim["kind"] == "drawing" else text
        # Of a table's row, every cell has its own place.
        for part in claim["text"].split(" | "):
            assert squeezed(part).rstrip(".") in within, claim


@pytest.mark.parametrize("page", [page for page in PAGES if page != "alert-card.md"])
def test_words_are_explained_and_sources_printed_in_one_line(made: Made, page: str) -> None:
    built = site_of(made.site)
    found = built.page(page)
    assert found is not None
    text = whole_text(made, found.name)
    for word in found.words.values():
        terms = [squeezed(term.text_content()).lower() for term in word.terms]
        if not any(re.search(rf"\((an?|the)?{re.escape(term)}", text.lower()) for term in terms):
            for element in word.definition:
                assert squeezed(element.text_content()) in text
    assert len(found.sources) > 3
    claims = [claim for claim in claims_of(made, page) if claim["file"] != WARNING]
    cited = {citation["source"] for claim in claims for citation in claim["citations"]}
    assert_sources(text, {key: built.sources[key] for key in cited})
    # In brackets, so that it is no part of a figure before it; and the first one on the sheet is 1.
    marks = re.findall(r"\[(\d+)[^\]]*\]", text)
    assert marks[0] == "1"
    assert len(marks) == text.count("[")


def test_notes_fill_a_sheet_and_never_make_one(made: Made) -> None:
    for name in PLAIN:
        with pikepdf.open(pdf(made, name)) as document:
            last = len(document.pages)
        [*before, sheet] = sheets_of(pdf(made, name))
        assert len(before) == last - 1
        assert not any("Mynotes" in each for each in before)
        # More than the notes and the foot, which every sheet has.
        assert len(sheet.partition("Mynotes")[0]) > 20, name


@every_name
def test_the_warning_signs_are_on_every_handout(made: Made, name: str) -> None:
    text = text_of(pdf(made, name))
    warning = deepcopy(site_of(made.site).warning)
    assert warning is not None
    for mark in warning.xpath(".//sup"):
        mark.drop_tree()
    said = re.sub(r"\[[\d,–]+\]", "", text)
    for element in warning.iter("p", "li"):
        assert squeezed(element.text_content()) in said
    for number in ("Call911", "999intheUK"):
        assert number in text
    # Its sources too, where the page itself cites none of them.
    assert "Spinalcordcompression.PatientpagefromCancerResearchUK." in text


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_first_sheet_has_room_for_the_numbers_of_the_team(made: Made, layout: str) -> None:
    first, second, *_ = sheets_of(pdf(made, "tests", layout))
    # In large print, the warning signs alone fill a sheet.
    sheet = first + second if layout == LARGE else first
    parts = ("Warningsigns:gethelpnow", "Yourteam", "Byday:", "Nightsandweekends:", "Keypoints")
    places = [sheet.index(part) for part in parts]
    assert places == sorted(places)


def test_every_sheet_tells_what_it_is(made: Made) -> None:
    page = ROOT / "docs/tests.md"
    reviewed, due = (front_matter(page)[name] for name in ("reviewed", "next-review"))
    with pikepdf.open(pdf(made, "tests")) as document:
        sheets = len(document.pages)
    text = text_of(pdf(made, "tests"), whole=True)
    for number in range(1, sheets + 1):
        assert f"Page{number}of{sheets}" in text
    for each in (
        "Cancerinthespine:Tests",
        squeezed(f"Next check: {due:%B} {due.day}, {due.year}."),
        squeezed(f"Edition {edition_of(made.site, 'tests.md')}."),
        f"{ADDRESS}tests/",
    ):
        assert text.count(each) >= sheets
    checked = f"Checked against its sources on {reviewed:%B} {reviewed.day}, {reviewed.year}."
    assert text.count(squeezed(f"{reviewer_of(page, 'this')} {checked}")) == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_code_to_scan_is_the_address_of_the_page(made: Made, layout: str) -> None:
    assert scanned(pdf(made, "tests", layout)) == [f"{ADDRESS}tests/"]
    assert scanned(pdf(made, "guide", layout)) == [ADDRESS]


def test_without_an_address_no_sheet_has_one(made: Made) -> None:
    assert made.said.read_text("utf-8").count("SITE_URL is not set") == 1
    for page in site_of(made.without_address).pages:
        assert page.address == ""
    for name in ("start", "guide"):
        text = text_of(made.without_address / "handouts" / f"{name}-a4.pdf", whole=True)
        assert "guide.example" not in text
        assert "ontheweb" not in text
        assert scanned(made.without_address / "handouts" / f"{name}-a4.pdf") == []


def test_questions_have_lines_to_write_on(made: Made) -> None:
    built = site_of(made.site)
    page = built.page("tests.md")
    assert page is not None
    asked = page.body.xpath(".//h2[@id='questions-to-ask']/following-sibling::ul[1]/li")
    assert handout(built, page).partition("questions(")[2].count("?") >= len(asked) > 3
