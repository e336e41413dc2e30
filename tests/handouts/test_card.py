"""The alert card to fold: as large as a bank card, with all its words, and room to write.

Handouts are made by Typst in processes of their own, which takes a second or more.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image

from sourced_guide.build.handouts.compile import PAPERS

from ..front_matter import edition_of
from .conftest import ADDRESS, Made, copy_site, make, pdf
from .sheets import printed, scanned, squeezed, tags, text_of

if TYPE_CHECKING:
    from pathlib import Path

# Dots in a millimeter.
SHARP = 10
# Four sides below each other (ISO/IEC 7810, ID-1), in millimeters, on each of two cards.
SIDES, WIDE, HIGH = 4, 85.6, 54
CARDS = 2
every_paper = pytest.mark.parametrize("paper", PAPERS)


@every_paper
def test_folded_twice_it_is_as_large_as_a_bank_card(made: Made, paper: str) -> None:
    sheet = shown(pdf(made, "card", paper))
    lines = lines_of(sheet)
    assert len(lines) == 2 * CARDS
    for left, right in zip(lines[::2], lines[1::2], strict=True):
        assert (right[0] - left[0]) / SHARP == pytest.approx(WIDE, abs=0.6)
        assert left[1] / SHARP == pytest.approx(SIDES * HIGH, abs=0.6)


@every_paper
def test_no_fold_goes_through_a_line_of_text(made: Made, paper: str) -> None:
    sheet = shown(pdf(made, "card", paper))
    left, top = min((x, top) for x, _, top in lines_of(sheet))
    for number in range(1, SIDES):
        fold = top + round(number * HIGH * SHARP)
        # Above and below the dashed line itself there is only white, for two millimeters.
        for rows in (range(fold - 20, fold - 5), range(fold + 6, fold + 20)):
            for y in rows:
                row = sheet.crop((left + 10, y, left + round(WIDE * SHARP) - 10, y + 1))
                assert min(row.tobytes()) > 128, (number, y)


def shown(path: Path) -> Image.Image:
    with Image.open(BytesIO(printed(path, round(SHARP * 25.4)))) as image:
        return image.convert("L")


def lines_of(sheet: Image.Image) -> list[tuple[int, int, int]]:
    """Return the sides of the cards: where each is, how long and where it begins."""
    line = re.compile(rb"[\x00-\x80]{%d,}" % (SIDES * HIGH * SHARP - 20))
    lines: list[tuple[int, int, int]] = []
    for x in range(sheet.width):
        column = sheet.crop((x, 0, x + 1, sheet.height)).tobytes()
        # A line is some dots wide.
        if (found := line.search(column)) and (not lines or x - lines[-1][0] > SHARP):
            lines.append((x, len(found.group()), found.start()))
    return lines


@every_paper
def test_it_is_one_sheet_with_all_the_words_of_the_page(made: Made, paper: str) -> None:
    with pikepdf.open(pdf(made, "card", paper)) as document:
        assert len(document.pages) == 1
        assert tags(document)[:1] == ["Document"]
        assert {"H1", "L", "LI", "P"} <= set(tags(document))
    text = text_of(pdf(made, "card", paper), whole=True)
    for words in (
        "I have cancer and may have pressure on my spinal cord.",
        "Name:",
        "Date of birth:",
        "Hospital number:",
        "My cancer:",
        "My hospital team, by day:",
        "At night and on weekends:",
        "Doctor or nurse: please call my team now.",
        "Warning signs: get help now",
        "trouble passing pee or poo, or holding it in",
        "call your hospital team's emergency number right away.",
        "Cut along the outer line.",
    ):
        assert squeezed(words) in text
    assert text.count("Noclinicianhasreviewedthis.") == 1
    # On both cards, for whoever has one without the sheet, and on the sheet.
    assert text.count(f"Edition{squeezed(edition_of(made.site, 'alert-card.md'))}") == 3


@every_paper
def test_the_code_to_scan_is_on_both_cards(made: Made, paper: str) -> None:
    assert scanned(pdf(made, "card", paper)) == [f"{ADDRESS}alert-card/"] * CARDS


@every_paper
def test_the_handout_of_its_page_is_the_card(made: Made, paper: str) -> None:
    assert pdf(made, "alert-card", paper).read_bytes() == pdf(made, "card", paper).read_bytes()


def test_in_large_print_the_handout_is_the_page(made: Made) -> None:
    text = text_of(pdf(made, "alert-card", "large"))
    assert squeezed("Why carry a card") in text
    # The words of the card are on it, too.
    for words in ("I have cancer and may have pressure", "My hospital team, by day:"):
        assert squeezed(words) in text


def test_words_that_do_not_fit_are_an_error(made: Made, tmp_path: Path) -> None:
    assert "the alert card has more words than it has room for" in said_of(
        made, tmp_path, "stops you sleeping", "word " * 90
    )


def test_a_card_without_a_part_is_an_error(made: Made, tmp_path: Path) -> None:
    output = said_of(made, tmp_path, "cs-card__team", "cs-card__other")
    assert "alert-card/index.html:" in output
    assert "the alert card has no part of class cs-card__team" in output


def said_of(made: Made, folder: Path, old: str, new: str) -> str:
    """Return what is said about a site on whose alert card something was changed.

    It takes more than a second: handouts are made in processes of their own.
    """
    site = copy_site(made.site, folder / "site", ("index.md", "alert-card.md"))
    page = site / "alert-card/index.html"
    page.write_text(page.read_text("utf-8").replace(old, new), "utf-8")
    result = make(site, folder / "cache")
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert (site / "handouts/start-a4.pdf").exists()
    left = {file.name for file in (site / "handouts").glob("*card-*")}
    assert left == {"alert-card-large.pdf"}
    return result.stderr
