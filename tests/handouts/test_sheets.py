"""What each handout holds, and how it is tagged.

About thirty handouts are made once, in seven seconds.
"""

from __future__ import annotations

import json
import re
from copy import deepcopy
from functools import cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from lxml.html import document_fromstring

from sourced_guide.build.built_site.site import BuiltSite
from sourced_guide.build.handouts.booklet.fold import sections, sides
from sourced_guide.build.handouts.compile import LARGE, LAYOUTS, PAPERS
from sourced_guide.build.handouts.document import handout
from sourced_guide.build.handouts.page_model import SiteModel, Source, read_site
from sourced_guide.build.handouts.second_handout import handouts_of

from ..front_matter import ROOT, edition_of, front_matter, reviewer_of
from .conftest import ADDRESS, NAMES, PAGES, Made, pdf
from .sheets import (
    SIZES,
    alternatives,
    copied,
    scanned,
    sheets_of,
    squeezed,
    structure,
    tags,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def claims_of(made: Made, page: str | None) -> list[dict[str, Any]]:
    """Return the claims of a page, or of all, without those that are for the web alone."""
    told = json.loads((made.site / "claims.json").read_text("utf-8"))
    wanted = [page] if page else PAGES
    # The booklet has no card.
    card = () if page else ("alert-card.md",)
    claims = [
        claim for claim in told["claims"] if claim["page"] in wanted and claim["page"] not in card
    ]
    left_out = web_only(made)
    return [claim for claim in claims if squeezed(claim["text"]) not in left_out]


@cache
def web_only(made: Made) -> str:
    """Return the text of the pages that is for the web alone, without citation numbers."""
    found = []
    for path in made.site.rglob("index.html"):
        for block in document_fromstring(path.read_text("utf-8")).cssselect(".web-only"):
            for number in block.cssselect("sup"):
                number.drop_tree()
            found.append(block.text_content())
    return squeezed(" ".join(found))


@cache
def site_of(folder: Path) -> SiteModel:
    return read_site(BuiltSite(folder))


# The alert card's page is a handout in large print only; see test_card.py for the card.
PLAIN = [name for name in NAMES if name != "alert-card"]
HANDOUTS = [
    *((name, layout) for name in (*PLAIN, "guide") for layout in LAYOUTS),
    ("alert-card", LARGE),
]
every_handout = pytest.mark.parametrize(("name", "layout"), HANDOUTS)
every_pdf = pytest.mark.parametrize("layout", LAYOUTS)
every_name = pytest.mark.parametrize("name", [*PLAIN, "guide"])


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
def test_a_handout_is_an_accessible_pdf(made: Made, name: str, layout: str) -> None:
    with pikepdf.open(pdf(made, name, layout)) as document:
        root = document.Root
        assert str(document.docinfo["/Title"]).startswith("Cancer in the spine")
        assert root.Lang == "en"
        assert root.MarkInfo.Marked
        assert root.ViewerPreferences.DisplayDocTitle
        assert b"pdfuaid" in root.Metadata.read_bytes()
        assert {"L", "LI", "LBody", "P", "Link"} <= set(tags(document))
        box = document.pages[0].mediabox
        assert [round(float(each)) for each in box[2:]] == list(SIZES[layout])
        for page in document.pages:
            assert b"/Artifact" in page.Contents.read_bytes()
            for link in page.get("/Annots", []):
                assert str(link.get("/Contents", ""))
                assert "/StructParent" in link
            for font in page.Resources.get("/Font", {}).values():
                [kind] = font.DescendantFonts
                assert {"/FontFile2", "/FontFile3"} & set(kind.FontDescriptor.keys())


@every_name
def test_headings_come_in_order(made: Made, name: str) -> None:
    with pikepdf.open(pdf(made, name)) as document:
        levels = [int(tag[1]) for tag in tags(document) if re.fullmatch("H[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    if name != "guide":
        assert levels.count(1) == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_tables_have_heads_and_pictures_alternatives(made: Made, layout: str) -> None:
    with pikepdf.open(pdf(made, "compare", layout)) as document:
        found = tags(document)
    page = site_of(made.site).page("compare.md")
    assert page
    tables, rows = page.body.xpath(".//table"), page.body.xpath(".//table/tbody/tr")
    # In large print each row of a wide table is a table.
    assert found.count("Table") == len(rows if layout == "large" else tables)
    assert found.count("TH") > found.count("Table")
    for name in ("warning-signs", "your-spine"):
        shown = site_of(made.site).page(f"{name}.md")
        assert shown
        # The last of its handouts has the pictures.
        *_, last = handouts_of(shown)
        with pikepdf.open(pdf(made, last.name, layout)) as document:
            told = alternatives(document)
        # And the code to scan.
        assert len(told) == len(shown.body.xpath(".//figure//svg")) + 1 > 1
        assert all(told)


@every_pdf
def test_every_cell_of_a_table_names_the_heads_of_its_row_and_column(
    made: Made, layout: str
) -> None:
    with pikepdf.open(pdf(made, "compare", layout)) as document:
        cells = [each for each in structure(document) if each.S in ("/TH", "/TD")]
        heads = {str(each.ID): str(of_table(each).Scope) for each in cells if each.S == "/TH"}
        for cell in cells:
            if cell.S == "/TD":
                named = [heads[str(each)] for each in of_table(cell).Headers]
                assert sorted(named) == ["/Column", "/Row"]


def of_table(cell: pikepdf.Dictionary) -> Any:
    """Return the attributes of a cell that are about tables."""
    [found] = [each for each in cell.A if each.O == "/Table"]
    return found


WARNING = "includes/warning-signs.md"


def whole_text(made: Made, name: str, layout: str = "a4") -> str:
    """Return the text of a page's handout, and of its second one if it has two."""
    files = [pdf(made, name, layout), pdf(made, f"{name}-more", layout)]
    return "".join(text_of(file) for file in files if file.exists())


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


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_link_to_a_source_is_named_by_its_number(made: Made, layout: str) -> None:
    with pikepdf.open(pdf(made, "tests", layout)) as document:
        names = [
            str(link.Contents)
            for sheet in document.pages
            for link in sheet.get("/Annots", [])
            if "/Dest" in link
        ]
    shown = re.findall(r"\[([\d,–]+)\]", text_of(pdf(made, "tests", layout)))
    numbers = [number for mark in shown for number in re.split("[,–]", mark)]
    assert names == [f"Source {number}" for number in numbers]


def test_copied_text_has_a_space_before_a_mark_and_none_inside_a_word(made: Made) -> None:
    text = copied(pdf(made, "compare"))
    assert "\u200b" not in text
    assert text.count("[") == len(re.findall(r"\s\[", text)) > 20


def assert_sources(text: str, sources: Mapping[str, Source]) -> None:
    """See that each source has a number, the beginning of its title, its kind and its year."""
    for source in sources.values():
        kind = squeezed(source.kind.replace(" (no date given)", ""))
        title = squeezed(source.title)[:8]
        assert re.search(rf"\d\.{re.escape(title)}.{{0,150}}{re.escape(kind)}", text), source


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
    assert handout(built, page).count("question(") == len(asked) > 3
