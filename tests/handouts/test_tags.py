"""How handouts are tagged, and what screen readers and other programs get of them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pikepdf
import pytest

from sourced_guide.build.handouts.compile import LAYOUTS
from sourced_guide.build.handouts.second_handout import handouts_of

from .conftest import Made, pdf
from .sheets import SIZES, alternatives, copied, structure, tags, text_of
from .shown import every_handout, every_name, every_pdf, site_of


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


@pytest.mark.parametrize("name", ["tests", "guide"])
def test_links_to_sources_lead_down_their_list(made: Made, name: str) -> None:
    with pikepdf.open(pdf(made, name, "large")) as document:
        number_of = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        places = {
            int(str(link.Contents).removeprefix("Source ")): (number_of[page.objgen], -float(y))
            for sheet in document.pages
            for link in sheet.get("/Annots", [])
            if str(link.Contents).startswith("Source ")
            for page, _, _, y, _ in [link.Dest]
        }
        addresses = [
            str(link.A.URI)
            for sheet in document.pages
            for link in sheet.get("/Annots", [])
            if "/URI" in link.get("/A", {})
        ]
    assert list(map(places.get, sorted(places))) == sorted(set(places.values()))
    assert len(places) > 2
    assert all(address.startswith(("http", "tel:")) for address in addresses)


def test_copied_text_has_a_space_before_a_mark_and_none_inside_a_word(made: Made) -> None:
    text = copied(pdf(made, "compare"))
    assert "\u200b" not in text
    assert text.count("[") == len(re.findall(r"\s\[", text)) > 20
