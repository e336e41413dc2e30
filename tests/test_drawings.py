"""Drawings and people icons: what a page shows, and what the check reads of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.model.statement import Role
from sourced_guide.claims.render.html import render_pages
from sourced_guide.claims.rules import check

from .front_matter import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from sourced_guide.claims.project.project import Project

DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200">
  <title>Left out</title>
  <desc>A leg and the nerves that lead to it.</desc>
  <path class="cs-nerve" d="M1 2l3 4"/>
  <text x="1" y="2"><tspan x="1">Weak</tspan><tspan x="1" dy="9">leg</tspan></text>
  {more}
</svg>
"""
PAGE = """\
![A weak leg](leg.svg){ .drawing }

/// caption
Legs may feel weak. [@legs#legs]
///
"""


@pytest.fixture
def drawn_project(tmp_path: Path, page_project: Callable[[str], Project]) -> Callable[..., Project]:
    """Make a project of one page with one drawing, which holds `more`."""

    def make(more: str = "", page: str = PAGE) -> Project:
        project = page_project(page)
        (project.docs / "leg.svg").write_text(DRAWING.format(more=more), "utf-8")
        return project

    return make


def shown(project: Project) -> BeautifulSoup:
    return BeautifulSoup(dict(render_pages(read_guide(project)))["page.md"], "html.parser")


def found(project: Project, rule: str) -> list[str]:
    return [each.as_text() for each in check(read_guide(project)) if each.rule == rule]


def test_a_drawing_stands_in_the_page_with_its_title_and_description(
    drawn_project: Callable[..., Project],
) -> None:
    page = shown(drawn_project())
    assert not page.img
    drawing = page.select_one("figure svg.cs-drawing[role=img]")
    assert drawing
    title = page.find(id=str(drawing["aria-labelledby"]))
    description = page.find(id=str(drawing["aria-describedby"]))
    assert title
    assert title.get_text() == "A weak leg"
    assert description
    assert description.get_text() == "A leg and the nerves that lead to it."
    assert drawing.select_one("path.cs-nerve")


def test_words_in_a_drawing_are_labels_found_in_its_file(
    drawn_project: Callable[..., Project],
) -> None:
    project = drawn_project()
    page = read_guide(project).page("page.md").text
    drawn = [each for each in page.statements if each.kind == "drawing"]
    assert [(each.text, each.role, Path(each.file).name, each.line) for each in drawn] == [
        ("A weak leg", Role.LABEL, "page.md", 1),
        ("A leg and the nerves that lead to it.", Role.LABEL, "leg.svg", 3),
        ("Weak leg", Role.LABEL, "leg.svg", 5),
    ]
    assert not [each for each in check(read_guide(project)) if each.rule.startswith("SRC")]


def test_words_of_a_drawing_are_not_taken_for_the_same_ones_in_the_caption(
    drawn_project: Callable[..., Project],
) -> None:
    caption = "Legs are numb. [@legs#legs] Is your weak leg numb? [@legs#legs]"
    project = drawn_project(page=PAGE.replace("Legs may feel weak. [@legs#legs]", caption))
    page = read_guide(project).page("page.md").text
    captions = [(each.text, each.line) for each in page.statements if each.kind == "caption"]
    assert captions == [("Legs are numb.", 4), ("Is your weak leg numb?", 4)]
    assert [each.line for each in page.statements if each.text == "Weak leg"] == [5]


def test_what_a_drawing_states_rests_on_its_caption(drawn_project: Callable[..., Project]) -> None:
    findings = found(drawn_project("<text>44 of 100 legs are weak</text>"), "SRC005")
    assert len(findings) == 1, findings
    assert "leg.svg:6:9: SRC005 the figure '44 of 100'" in findings[0]


def test_what_a_drawing_states_without_a_caption_has_no_source(
    drawn_project: Callable[..., Project],
) -> None:
    project = drawn_project("<text>Legs are weak</text>", "![A leg](leg.svg){ .drawing }\n")
    assert any("leg.svg:6:9: " in each for each in found(project, "SRC001"))


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ("<style>text { display: none }</style>", "has <style>"),
        ("<script>alert(1)</script>", "has <script>"),
        ('<image href="x.png"/>', "has <image>"),
        ("<foreignObject/>", "has <foreignObject>"),
        ('<g onclick="x()"/>', "has 'onclick' in <g>"),
        ('<g style="color: red"/>', "has 'style' in <g>"),
        ('<g id="x"/>', "has 'id' in <g>"),
        ("<g>", "cannot be read"),
    ],
)
def test_a_drawing_that_could_do_more_than_show_is_kept_out(
    drawn_project: Callable[..., Project], more: str, reason: str
) -> None:
    project = drawn_project(more)
    findings = found(project, "SRC009")
    assert len(findings) == 1, findings
    assert "page.md:1:" in findings[0]
    assert f"SRC009 the drawing 'leg.svg' {reason}" in findings[0]
    assert shown(project).img


def test_a_drawing_needs_a_description(drawn_project: Callable[..., Project]) -> None:
    project = drawn_project()
    (project.docs / "leg.svg").write_text(DRAWING.replace("desc", "g").format(more=""), "utf-8")
    assert "has no description for people who cannot see it" in found(project, "SRC009")[0]


def test_a_drawing_needs_a_file(drawn_project: Callable[..., Project]) -> None:
    project = drawn_project(page=PAGE.replace("leg.svg", "arm.svg"))
    reason = "the drawing 'arm.svg' cannot be read (No such file or directory)"
    assert any(reason in each for each in found(project, "SRC009"))


@pytest.mark.parametrize(("some", "filled", "rest"), [(23, 23, 77), (100, 100, 0), (0, 0, 100)])
def test_people_icons_show_as_many_as_they_say(
    page_project: Callable[[str], Project], some: int, filled: int, rest: int
) -> None:
    page = shown(
        page_project(f"/// people | {some} of 100\nLegs may feel weak. [@legs#legs]\n///\n")
    )
    figure = page.select_one("figure.cs-people")
    assert figure
    assert figure.title
    assert figure.title.get_text() == f"{some} of 100"
    drawn = {
        name: sum(str(path["d"]).count("M") for path in figure.select(f".cs-people__{name}"))
        for name in ("some", "rest")
    }
    assert drawn == {"some": filled, "rest": rest}
    caption = figure.figcaption
    assert caption
    assert caption.get_text().strip().startswith("Legs may feel weak.")


def test_the_figure_of_people_icons_is_held_to_the_passage(
    page_project: Callable[[str], Project],
) -> None:
    project = page_project("/// people | 44 of 100\nLegs may feel weak. [@legs#legs]\n///\n")
    assert "page.md:1:14: SRC005 the figure '44 of 100'" in found(project, "SRC005")[0]


@pytest.mark.parametrize("head", ["about 20 of 100", "120 of 100", "1 in 5", ""])
def test_people_icons_are_drawn_of_whole_people_out_of_100(
    page_project: Callable[[str], Project], head: str
) -> None:
    project = page_project(f"/// people | {head}\nLegs may feel weak. [@legs#legs]\n///\n")
    assert not shown(project).svg
    assert "page.md:1:5: " in found(project, "SRC001")[0]


DRAWINGS = sorted((ROOT / "docs/drawings").glob("*.svg"))


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda each: each.stem)
def test_a_drawing_of_the_guide_is_legible_on_a_small_phone(drawing: Path) -> None:
    code = drawing.read_text("utf-8")
    width = re.search(r'viewBox="0 0 (\d+) ', code)
    assert width
    assert int(width[1]) <= 320
    assert all(float(size) >= 16 for size in re.findall(r'font-size="([\d.]+)"', code))


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda each: each.stem)
def test_the_shapes_of_a_drawing_have_colors_for_the_dark_theme(drawing: Path) -> None:
    style = (ROOT / "hooks/sourced_guide/theme/stylesheets/drawings.css").read_text("utf-8")
    used = {
        name
        for names in re.findall(r'class="([^"]+)"', drawing.read_text())
        for name in names.split()
    }
    dark = set(re.findall(r'\[data-md-color-scheme="slate"\] \.(cs-[\w-]+)', style))
    assert not used - dark
