"""The page in pictures as one side of a sheet, and the poster."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest

from sourced_guide.build.built_site.site import BuiltSite
from sourced_guide.build.handouts.codes import codes_of
from sourced_guide.build.handouts.compile import LARGE, PAPERS, compile_pdf, gather_fonts
from sourced_guide.build.handouts.page_model import read_site
from sourced_guide.build.handouts.posters.document import (
    POSTERS,
    in_pictures,
    pictures_page,
    poster,
)

from .conftest import ADDRESS, copy_site, spoil
from .sheets import alternatives, scanned, squeezed, tags, text_of

if TYPE_CHECKING:
    from pathlib import Path

SIZES = {"poster-a3": [842, 1191], "poster-a4": [595, 842]}


@pytest.mark.parametrize("layout", [*PAPERS, LARGE, *POSTERS])
def test_the_signs_and_the_call_are_on_one_side_with_their_pictures(
    built_guide: Path, tmp_path: Path, layout: str
) -> None:
    site = BuiltSite(built_guide / "site")
    model = read_site(site)
    page = pictures_page(model)
    assert page is not None
    page = replace(page, address=ADDRESS)
    write = poster if layout in POSTERS else in_pictures
    made = compile_pdf(write(model, page), layout, gather_fonts(tmp_path / "fonts"))
    with pikepdf.open(BytesIO(made)) as document:
        # Letters of 18 points need both sides.
        assert len(document.pages) == (2 if layout == LARGE else 1)
        assert {"H1", "H2", "Figure"} <= set(tags(document))
        # Six, and the code to scan.
        pictures = [told for told in alternatives(document) if "scan" not in told]
        assert len(pictures) == 6
        if layout in SIZES:
            size = [round(float(each)) for each in document.pages[0].mediabox[2:]]
            assert size == SIZES[layout]
    file = tmp_path / f"sheet-{'a4' if layout in POSTERS else layout}.pdf"
    file.write_bytes(made)
    text = text_of(file, whole=True)
    for claim in site.claims["claims"]:
        if claim["page"] == page.path and claim["file"] == f"docs/{page.path}":
            assert squeezed(claim["text"]) in text, claim
    # There is no list of sources that a mark could refer to.
    assert "[" not in text
    if layout != LARGE:
        assert scanned(file) == [ADDRESS]


def test_what_the_booklet_cannot_have_of_the_page_in_pictures_is_a_finding(
    built_guide: Path, tmp_path: Path
) -> None:
    pages = ("index.md", "now-in-pictures.md", "warning-signs.md")
    folder = copy_site(built_guide / "site", tmp_path / "site", pages)
    spoil(folder / "now-in-pictures/index.html", "<p><video></video></p>")
    site = BuiltSite(folder)
    _, findings = codes_of(site, read_site(site))
    first, second = (finding.as_text() for finding in findings)
    assert "now-in-pictures/index.html" in first
    assert "BLD011 <video>: handouts have no way to show <video> here" in first
    assert "BLD013 the booklet is not made" in second
