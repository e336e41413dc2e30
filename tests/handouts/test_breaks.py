"""What a break between sheets puts apart: no question of a list, and no picture of a part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.sheets.breaks import breaks
from bench.sheets.letters import small_words
from sourced_guide.build.handouts.colophon import Colophon, colophon_literal
from sourced_guide.build.handouts.compile import LARGE, PAPERS, compile_pdf, gather_fonts
from sourced_guide.build.handouts.typst_code.elements import QUESTIONS
from sourced_guide.build.handouts.typst_code.literal import call, content, string

from .conftest import Made, pdf
from .shown import every_handout

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# So many lines above a list or a picture leave much room for it, or none.
LINES = range(20, 28)
# Below it, so that the last sheet is full enough.
REST = 14
ASKED = [content([string(f"Question {number}?")]) for number in range(1, 6)]
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 400"><path d="M0 0h90v400z"/></svg>'
)
PICTURE = call("picture", string(DRAWING), string("A tall picture."), "9", "24")


@pytest.fixture
def made_of(tmp_path: Path) -> Callable[[int, str], Path]:
    """Make a handout of so many lines with code below them."""
    fonts = gather_fonts(tmp_path / "fonts")
    facts = colophon_literal(Colophon("A guide: A page", "A page", "en", "1", "", "", "", ""))

    def make(lines: int, below: str) -> Path:
        said = [call("heading", string("A page"), depth="1")]
        line = call("paragraph", content([string("A line.")]))
        file = tmp_path / f"page-{lines}-a4.pdf"
        code = call(
            "handout", facts, content([*said, *[line] * lines, below, *[line] * REST]), content([])
        )
        file.write_bytes(compile_pdf(code, PAPERS[0], fonts))
        return file

    return make


def heading(title: str) -> str:
    return call("heading", string(title), depth="2")


def test_no_question_is_left_over_alone(made_of: Callable[[int, str], Path]) -> None:
    asked = heading(QUESTIONS) + "\n" + call("questions", *ASKED)
    assert faults(made_of, asked) == []
    # As a list without that rule, one of them is.
    loose = call("list", *(call("question", each) for each in ASKED))
    asked = heading(QUESTIONS) + "\n" + loose
    assert any("a question stands alone" in fault for fault in faults(made_of, asked))


def test_a_picture_is_not_below_the_next_heading(made_of: Callable[[int, str], Path]) -> None:
    rest = content([call("paragraph", content([string("What is in the picture.")]))])
    head = content([heading("Its part")])
    shown = call("figure-of", content([PICTURE]), content([]), head=head, rest=rest)
    following = heading("Another part") + '\nparagraph("Of something else.")'
    assert faults(made_of, f"{shown}\n{following}") == []
    floating = f"{heading('Its part')}\nplace(bottom, float: true, {PICTURE})\n{following}"
    found = faults(made_of, floating)
    assert any("the picture of “Its part” is below the next heading" in fault for fault in found)


def faults(made_of: Callable[[int, str], Path], below: str) -> list[str]:
    return [fault for lines in LINES for fault in breaks(made_of(lines, below))]


@every_handout
def test_sheets_put_nothing_apart_that_belongs_together(made: Made, name: str, layout: str) -> None:
    assert list(breaks(pdf(made, name, layout))) == []


@pytest.mark.parametrize("name", ["start", "warning-signs-more", "your-spine", "guide"])
def test_large_print_has_18_points_in_drawings_too(made: Made, name: str) -> None:
    assert list(small_words(pdf(made, name, LARGE))) == []


def test_small_words_are_found(made: Made) -> None:
    assert list(small_words(pdf(made, "start")))
