"""Style sheets print nothing unchecked and hide nothing that was checked."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sourced_guide.claims.project.non_page_text.style_sheets import read_style_sheets
from sourced_guide.claims.rules import check

from .conftest import guide_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sourced_guide.claims.model.finding import Finding

SETTINGS = """\
site_name: Legs
extra_css: [a.css]
exclude_docs: references/*.yml
markdown_extensions: [attr_list, md_in_html, guide.claims]
"""
PAGE = """\
---
reviewed: 2026-11-21
next-review: 2027-11-21
reviewer: none yet
---
# Legs

Legs may feel *weak*{ .soft } or heavy. [@spine#legs]
The pain is often worse at night. [@spine#pain]

Legs may feel <small class="note">weak</small> or heavy. [@spine#legs]
{ .paper-only }
"""
SOURCES = Path(__file__).parent / "fixtures/references"
DRAWN = "<svg xmlns='http://www.w3.org/2000/svg'><text>It is safe</text></svg>"
IN_BASE64 = b64encode(DRAWN.encode()).decode()


@pytest.fixture
def faults(tmp_path: Path) -> Callable[..., list[Finding]]:
    def check_with(css: str, **others: str) -> list[Finding]:
        (tmp_path / "docs/references").mkdir(parents=True)
        for source in SOURCES.glob("spine.yml"):
            (tmp_path / "docs/references" / source.name).write_bytes(source.read_bytes())
        (tmp_path / "mkdocs.yml").write_text(SETTINGS, "utf-8")
        (tmp_path / "docs/index.md").write_text(PAGE, "utf-8")
        (tmp_path / "docs/a.css").write_text(css, "utf-8")
        for name, text in others.items():
            (tmp_path / "docs" / name.replace("_", ".")).write_text(text, "utf-8")
        found = check(guide_of(tmp_path / "mkdocs.yml", tmp_path))
        return [each for each in found if each.rule in ("SRC009", "EDT002")]

    return check_with


@pytest.mark.parametrize(
    "css",
    [
        'p::after { content: "It is safe" }',
        "p::after { content: 'Z' 'i' 'n' 'c' }",
        'p::after { content: "95%" }',
        'p::after { content: ";" "It is safe" }',
        'p::after { content: "}" "It is safe" }',
        'p::after { \\63ontent: "It is safe" }',
        'p::after { content: "\\49\\74\\20\\69\\73" }',
        'p::after { CONTENT: "It is safe',
        ':root { --words: "It is safe" } p::after { content: var(--words) }',
        'p::after { content: var(--words, "It is safe") }',
        'p::after { content: "" / "It is safe" }',
        "p::after { content: attr(data-x) }",
        'p { quotes: "It is safe" ""; } p::before { content: open-quote }',
        'li { list-style-type: "It is safe " }',
        'li { list-style: "It is safe " inside }',
        "@counter-style x { system: cyclic; symbols: safe }",
        '@counter-style x { system: extends decimal; suffix: " is safe" }',
        'p { text-overflow: "It is safe" }',
        'p { hyphenate-character: "It is safe" }',
        '@property --x { syntax: "*"; inherits: true; initial-value: "It is safe" }',
        '@media print { @supports (top: 0) { p::after { content: "It is safe" } } }',
        'p { &::after { content: "It is safe" } }',
        '@page { @top-left { content: "It is safe" } }',
        '@keyframes x { to { content: "It is safe" } }',
        "p { counter-reset: x 95 } p::after { content: counter(x) }",
    ],
)
def test_what_a_style_sheet_prints_is_found(css: str, faults: Callable[..., list[Finding]]) -> None:
    found = faults(css)
    assert any("a style sheet holds text" in each.message for each in found), found


@pytest.mark.parametrize(
    ("css", "says"),
    [
        (f'p {{ background: url("data:image/svg+xml,{DRAWN}") }}', "a drawing with words"),
        (f"p {{ background: url(data:image/svg+xml;base64,{IN_BASE64}) }}", "a drawing with words"),
        (f'p {{ --x: url("data:image/svg+xml,{DRAWN}") }}', "a drawing with words"),
        ('p { background: image-set("//example.com/x.png" 1x) }', "another host"),
        ("p { background: url(https://example.com/x.png) }", "another host"),
        ("p { background: url(x.svg) }", "a drawing with words"),
        ('@import "//example.com/x.css";', "imports"),
        ("@import url(data:text/css,p{});", "imports"),
        ('@import "missing.css";', "imports"),
        ('@import "b.css";', "a style sheet holds text"),
    ],
)
def test_what_a_style_sheet_loads_is_found(
    css: str, says: str, faults: Callable[..., list[Finding]]
) -> None:
    found = faults(css, x_svg=DRAWN, b_css='@import "c.css";', c_css='p::after{content:"Safe"}')
    assert any(says in each.message for each in found if "x.svg" not in each.place.file), found


@pytest.mark.parametrize(
    "css",
    [
        "em { display: none }",
        ".soft { visibility: hidden }",
        "p > em { opacity: 0.01 }",
        "article p { font-size: 0 }",
        "p { font: 0/0 a }",
        ":root { --size: 1px } em { font-size: var(--size) }",
        "em { color: transparent }",
        "em { color: rgb(0 0 0 / 0) }",
        "em { text-indent: -9999px }",
        "em { position: absolute; left: -999em }",
        "em { clip-path: inset(50%) }",
        "em { clip: rect(0, 0, 0, 0) }",
        "em { transform: scale(0) }",
        "em { height: 0; overflow: hidden }",
        "em { text-decoration: line-through }",
        "em { direction: rtl; unicode-bidi: bidi-override }",
        "em { content-visibility: hidden }",
        "em { filter: opacity(0) }",
        "p::first-line { color: transparent }",
        ":is(em, strong) { display: none }",
        "p { & em { display: none } }",
        "@media screen { em { display: none } }",
        "small { display: none }",
        ".note { display: none }",
        "* { display: none }",
        "main { display: none }",
        ".md-content__inner { display: none }",
        "@keyframes x { to { opacity: 0 } } em { animation: x 1s forwards }",
        ".cs-citation { display: none }",
        ".cs-citation a { display: none }",
        ".cs-sources { display: none }",
        "@media print { html[data-cs-citations] .cs-citation { display: none } }",
        ".no-js .cs-citation { display: none }",
        "@media screen { .web-only { display: none } } em.web-only, em { display: none }",
        "@media print { .paper-only { display: none } }",
    ],
)
def test_what_a_style_sheet_hides_is_found(css: str, faults: Callable[..., list[Finding]]) -> None:
    found = faults(css)
    assert [each.place.file for each in found] == ["docs/a.css"], found


@pytest.mark.parametrize(
    "css",
    [
        '@charset "utf-8"; p::before { content: "→ " }',
        'p { font-family: "Source Sans", serif } @font-face { font-family: "X" }',
        'a[href^="https"] { color: #123456 } q { quotes: none }',
        'nav { grid-template-areas: "head head" "foot foot" }',
        "ol { counter-reset: x } li { counter-increment: x } li::before { content: counter(x) }",
        '/* content: "It is safe" */ em { font-style: normal; margin-left: -1px; opacity: 0.8 }',
        "p { max-width: 30rem; overflow-wrap: anywhere; transform: rotate(180deg) }",
        ".md-header__title, .headerlink, .cs-panel { display: none }",
        "strong { display: none }",
        "p::before { display: none }",
        "p { background: url(\"data:image/svg+xml,<svg><path d='M0 0'/></svg>\") }",
        "@media screen { html[data-cs-citations] .cs-citation { display: none } }",
        "@media print { .web-only { display: none } }",
        "@media screen { .paper-only { display: none } }",
        "/* allow SRC009: the drawing says it */ em { display: none }",
    ],
)
def test_what_prints_and_hides_nothing_passes(
    css: str, faults: Callable[..., list[Finding]]
) -> None:
    assert faults(css) == []


def test_a_style_sheet_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    sheet = tmp_path / "a.css"
    sheet.write_text('@import "a.css"; p { color: red }')
    [read] = read_style_sheets([sheet, sheet], tmp_path, str)
    assert read.path == sheet


def test_a_comment_that_lets_nothing_stand_is_found(faults: Callable[..., list[Finding]]) -> None:
    assert [each.rule for each in faults("/* allow SRC009: no */ em { color: red }")] == ["EDT002"]


def test_an_editorial_style_sheet_prints_but_does_not_hide(
    faults: Callable[..., list[Finding]],
) -> None:
    css = '/* editorial: names us */\np::after { content: "By us" }\nem { display: none }'
    assert [each.place.line for each in faults(css)] == [3]
