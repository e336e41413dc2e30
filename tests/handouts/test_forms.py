"""PDF forms to type in on a screen: their fields, their labels, what is filled in and read again.

Sheets are made once, in a second.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from pypdf import PdfReader, PdfWriter

from sourced_guide.build.built_site.site import BuiltSite
from sourced_guide.build.handouts.compile import LAYOUTS, PAPERS, compile_pdf, gather_fonts
from sourced_guide.build.handouts.forms.fields import Field, Fields, Kind
from sourced_guide.build.handouts.forms.sheet import is_sheet, sheet
from sourced_guide.build.handouts.page_model import SiteModel, read_site
from sourced_guide.build.handouts.ward.ward_file import Ward

from .conftest import Made, copy_site, pdf
from .sheets import squeezed, tags, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lxml.html import HtmlElement

PAGES = ("index.md", "warning-signs.md", "sheet-diary.md", "sheet-what-matters.md")
TYPED = {
    "name": "Zoë Müller-Smith",
    "date-of-birth": "12 May 1956",
    "my-hospital-team-by-day": "+44 (0)20 7946 0958 ext. 12345",
}


@pytest.fixture(scope="module")
def model(built_guide: Path, tmp_path_factory: pytest.TempPathFactory) -> SiteModel:
    folder = tmp_path_factory.mktemp("sheets") / "site"
    return read_site(BuiltSite(copy_site(built_guide / "site", folder, PAGES)))


@pytest.fixture(scope="module")
def made_sheet(
    model: SiteModel, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, str], Path]:
    """Make a sheet in a layout."""
    folder = tmp_path_factory.mktemp("made")
    fonts = gather_fonts(folder / "fonts")

    def make(name: str, layout: str = "a4") -> Path:
        page = model.page(f"{name}.md")
        assert page is not None
        file = folder / f"{name}-{layout}.pdf"
        file.write_bytes(compile_pdf(sheet(model, page), layout, fonts))
        return file

    return make


def widgets(document: pikepdf.Pdf) -> Iterator[Any]:
    for page in document.pages:
        for each in page.get("/Annots", []):
            if each.Subtype == "/Widget":
                yield each


def test_the_card_has_a_field_for_each_line_twice(made: Made) -> None:
    with pikepdf.open(pdf(made, "card")) as document:
        fields = [(str(each.T), str(each.TU), len(each.Kids)) for each in form_of(document).Fields]
        pages = [page.Tabs for page in document.pages]
    assert fields == [
        ("name", "Name", 2),
        ("date-of-birth", "Date of birth", 2),
        ("hospital-number", "Hospital number", 2),
        ("my-cancer", "My cancer", 2),
        ("my-hospital-team-by-day", "My hospital team, by day", 2),
        ("at-night-and-on-weekends", "At night and on weekends", 2),
    ]
    # Tabs go from field to field in the order of the text.
    assert pages == ["/S"]


def form_of(document: pikepdf.Pdf) -> Any:
    form = document.Root.AcroForm
    # A viewer that had to draw the fields itself would use a font of its own.
    assert "/NeedAppearances" not in form
    assert form.DR.Font.Typed.FontDescriptor.FontFile2.read_bytes()
    return form


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_blank_of_a_sheet_is_a_field_in_the_structure(
    model: SiteModel, made_sheet: Callable[[str, str], Path], layout: str
) -> None:
    for name in ("sheet-diary", "sheet-what-matters"):
        page = model.page(f"{name}.md")
        assert page is not None
        path = made_sheet(name, layout)
        with pikepdf.open(path) as document:
            found = list(widgets(document))
            assert len(found) == len(form_of(document).Fields) == blanks(page.body)
            assert tags(document).count("Form") == len(found)
            for each in found:
                assert each.AP.N
                assert each.F == 4, "it is not printed"
                assert str(each.Parent.TU).strip()
            names = [str(field.T) for field in document.Root.AcroForm.Fields]
            assert len(set(names)) == len(names)
            assert not any("." in each for each in names)
        assert "____" not in text_of(path, whole=True)


def blanks(body: HtmlElement) -> int:
    """Return how many fields a page has: lines below each other are one, the team has four."""
    text = body.text_content()
    team = "My hospital team, by day:" in text
    lines = len(re.findall(r"_{3,}", text)) - (2 if team else 0)
    alone = body.xpath("count(.//hr[not(preceding-sibling::*[1][self::hr])])")
    cells = body.xpath("count(.//tbody//td[not(normalize-space())])")
    return int(lines + alone + cells + text.count("☐") + 4)


def test_labels_are_the_words_beside_a_blank(made_sheet: Callable[[str, str], Path]) -> None:
    labels = set()
    for name in ("sheet-diary", "sheet-what-matters"):
        with pikepdf.open(made_sheet(name, "a4")) as document:
            labels |= {str(field.TU) for field in document.Root.AcroForm.Fields}
    assert labels >= {
        "My hospital team, by day",
        "Monday: Pain, 0 to 10",
        "Pee and poo: Sun",
        "What a good day is for me",
        "Going to the hospital many times: Maybe",
        "How much I want to know: the main points",
        "please tell this person",
        "Name and number",
    }


def test_what_is_filled_in_is_read_again_and_seen(made: Made, tmp_path: Path) -> None:
    filled = tmp_path / "card-a4.pdf"
    writer = PdfWriter(clone_from=pdf(made, "card"))
    writer.update_page_form_field_values(writer.pages[0], TYPED, auto_regenerate=False)
    writer.write(filled)
    fields = PdfReader(filled).get_fields() or {}
    assert {name: field.value for name, field in fields.items() if field.value} == TYPED
    for typed in TYPED.values():
        # On both cards.
        assert text_of(filled, whole=True).count(squeezed(typed)) == 2


def test_a_box_is_ticked(made_sheet: Callable[[str, str], Path], tmp_path: Path) -> None:
    ticked = tmp_path / "sheet-a4.pdf"
    name = "how-much-i-want-to-know-the-main-points"
    with pikepdf.open(made_sheet("sheet-what-matters", "a4")) as document:
        [box] = [each for each in widgets(document) if str(each.Parent.T) == name]
        assert box.AS == "/Off"
        box.Parent.V = box.AS = pikepdf.Name.Yes
        document.save(ticked)
    assert (PdfReader(ticked).get_fields() or {})[name].value == "/Yes"


@pytest.mark.parametrize("paper", PAPERS)
def test_a_sheet_is_on_one_sheet_of_paper(
    made_sheet: Callable[[str, str], Path], paper: str
) -> None:
    for name, pages in (("sheet-diary", 1), ("sheet-what-matters", 2)):
        with pikepdf.open(made_sheet(name, paper)) as document:
            assert len(document.pages) == pages
        text = text_of(made_sheet(name, paper), whole=True)
        assert text.count("Noclinicianhasreviewedthis.") == 1
        assert "Mynotes" not in text
        assert "Warningsign?Callyourhospitalteamrightaway" in text
        assert "Spinalcordcompression.PatientpagefromCancerResearchUK." in text


@pytest.mark.exhaustive
def test_every_sheet_is_on_one_sheet_of_paper(built_guide: Path) -> None:
    site = read_site(BuiltSite(built_guide / "site"))
    names = [page.name for page in site.pages if is_sheet(page)]
    assert len(names) > 10
    for name in names:
        for paper in PAPERS:
            with pikepdf.open(built_guide / f"site/handouts/{name}-{paper}.pdf") as document:
                assert 1 <= len(document.pages) <= 2, name
                assert len(form_of(document).Fields) > 2, name


def test_what_a_ward_prints_takes_the_place_of_fields(model: SiteModel, tmp_path: Path) -> None:
    page = model.page("sheet-diary.md")
    assert page is not None
    given = {"team": "Ward 7", "by-day": "01234 567 890", "nights-and-weekends": "01234 567 899"}
    file = tmp_path / "diary-a4.pdf"
    fonts = gather_fonts(tmp_path / "fonts")
    ward = Ward("ward.yml", given, {}, tmp_path)
    file.write_bytes(compile_pdf(sheet(model, page), "a4", fonts, ward))
    text = text_of(file, whole=True)
    for value in given.values():
        assert squeezed(value) in text
    with pikepdf.open(file) as document:
        assert len(document.pages) == 1
        assert len(form_of(document).Fields) == blanks(page.body) - len(given)


def test_the_same_sheet_has_the_same_bytes(made_sheet: Callable[[str, str], Path]) -> None:
    first = made_sheet("sheet-what-matters", "a4").read_bytes()
    assert made_sheet("sheet-what-matters", "a4").read_bytes() == first


def test_a_field_is_in_its_address_and_its_name_is_its_own() -> None:
    fields = Fields()
    first = fields.new("Pain, 0 to 10?\n ", Kind.LINE)
    assert first == Field("pain-0-to-10", "Pain, 0 to 10?", Kind.LINE)
    assert fields.new("Pain: 0 to 10", Kind.TICK).name == "pain-0-to-10-2"
    odd = fields.new("Größe & Gewicht = 1 %", Kind.LINES)
    assert Field.of_address(odd.address) == odd
    assert odd.address.isascii()
