"""Drawings and people icons: what a page shows, and what the check reads of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from sourced_guide.claims.markdown.extension import render_pages
from sourced_guide.claims.model.statement import Role
from sourced_guide.claims.project.guide import Site
from sourced_guide.claims.rules import check

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
def drawn_site(tmp_path: Path, page_site: Callable[[str], Site]) -> Callable[..., Site]:
    """Make a site of one page with one drawing, which holds `more`."""

    def make(more: str = "", page: str = PAGE) -> Site:
        site = page_site(page)
        (site.docs / "leg.svg").write_text(DRAWING.format(more=more), "utf-8")
        return site

    return make


def shown(site: Site) -> BeautifulSoup:
    return BeautifulSoup(dict(render_pages(site))["page.md"], "html.parser")


def found(site: Site, rule: str) -> list[str]:
    return [each.as_text() for each in check(site) if each.rule == rule]


def test_a_drawing_stands_in_the_page_with_its_title_and_description(
    drawn_site: Callable[..., Site],
) -> None:
    page = shown(drawn_site())
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


def test_words_in_a_drawing_are_labels_found_in_its_file(drawn_site: Callable[..., Site]) -> None:
    site = drawn_site()
    site.collect_missing()
    drawn = [each for each in site.texts["page.md"].statements if each.kind == "drawing"]
    assert [(each.text, each.role, Path(each.file).name, each.line) for each in drawn] == [
        ("A weak leg", Role.LABEL, "page.md", 1),
        ("A leg and the nerves that lead to it.", Role.LABEL, "leg.svg", 3),
        ("Weak leg", Role.LABEL, "leg.svg", 5),
    ]
    assert not [each for each in check(site) if each.rule.startswith("SRC")]


def test_what_a_drawing_states_rests_on_its_caption(drawn_site: Callable[..., Site]) -> None:
    findings = found(drawn_site("<text>44 of 100 legs are weak</text>"), "SRC005")
    assert len(findings) == 1, findings
    assert "leg.svg:6:9: SRC005 the figure '44 of 100'" in findings[0]


def test_what_a_drawing_states_without_a_caption_has_no_source(
    drawn_site: Callable[..., Site],
) -> None:
    site = drawn_site("<text>Legs are weak</text>", "![A leg](leg.svg){ .drawing }\n")
    assert any("leg.svg:6:9: " in each for each in found(site, "SRC001"))


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ("<style>text { display: none }</style>", "holds <style>"),
        ("<script>alert(1)</script>", "holds <script>"),
        ('<image href="x.png"/>', "holds <image>"),
        ("<foreignObject/>", "holds <foreignObject>"),
        ('<g onclick="x()"/>', "holds 'onclick' in <g>"),
        ('<g style="color: red"/>', "holds 'style' in <g>"),
        ('<g id="x"/>', "holds 'id' in <g>"),
        ("<g>", "cannot be read"),
    ],
)
def test_a_drawing_that_could_do_more_than_show_is_kept_out(
    drawn_site: Callable[..., Site], more: str, reason: str
) -> None:
    site = drawn_site(more)
    findings = found(site, "SRC009")
    assert len(findings) == 1, findings
    assert "page.md:1:" in findings[0]
    assert f"SRC009 the drawing 'leg.svg' {reason}" in findings[0]
    assert shown(site).img


def test_a_drawing_needs_a_description(drawn_site: Callable[..., Site]) -> None:
    site = drawn_site()
    (site.docs / "leg.svg").write_text(DRAWING.replace("desc", "g").format(more=""), "utf-8")
    assert "has no description for people who cannot see it" in found(site, "SRC009")[0]


def test_a_drawing_needs_a_file(drawn_site: Callable[..., Site]) -> None:
    site = drawn_site(page=PAGE.replace("leg.svg", "arm.svg"))
    reason = "the drawing 'arm.svg' cannot be read (No such file or directory)"
    assert any(reason in each for each in found(site, "SRC009"))


@pytest.mark.parametrize(("some", "filled", "rest"), [(23, 23, 77), (100, 100, 0), (0, 0, 100)])
def test_people_icons_show_as_many_as_they_say(
    page_site: Callable[[str], Site], some: int, filled: int, rest: int
) -> None:
    page = shown(page_site(f"/// people | {some} of 100\nLegs may feel weak. [@legs#legs]\n///\n"))
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
    page_site: Callable[[str], Site],
) -> None:
    site = page_site("/// people | 44 of 100\nLegs may feel weak. [@legs#legs]\n///\n")
    assert "page.md:1:14: SRC005 the figure '44 of 100'" in found(site, "SRC005")[0]


@pytest.mark.parametrize("head", ["about 20 of 100", "120 of 100", "1 in 5", ""])
def test_people_icons_are_drawn_of_whole_people_out_of_100(
    page_site: Callable[[str], Site], head: str
) -> None:
    site = page_site(f"/// people | {head}\nLegs may feel weak. [@legs#legs]\n///\n")
    assert not shown(site).svg
    assert "page.md:1:5: " in found(site, "SRC001")[0]
