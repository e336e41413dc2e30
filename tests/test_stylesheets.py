"""Our style sheets: what every browser that readers use understands of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import tinycss2

from .conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHEETS = sorted(
    path
    for folder in ("docs/stylesheets", "hooks/sourced_guide/theme/stylesheets")
    for path in (ROOT / folder).glob("*.css")
)


def declarations(content: list[Any]) -> Iterator[Any]:
    """Yield every declaration in the content of a block, and in the blocks inside it."""
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration":
            yield node
        elif getattr(node, "content", None):
            yield from declarations(node.content)


def refused_by_webkit(css: str) -> list[str]:
    """Return the lines of `css` that WebKit leaves out.

    It takes `text-decoration` with a line only, and ignores all of it where a style, a color or a
    thickness stands beside the line (WebKitGTK 2.50).
    """
    sheet = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return [
        f"{each.source_line}: {each.name}:{tinycss2.serialize(each.value)}"
        for rule in sheet
        if rule.content
        for each in declarations(rule.content)
        if each.lower_name == "text-decoration"
        and len([value for value in each.value if value.type != "whitespace"]) > 1
    ]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_style_sheet_has_a_shorthand_that_webkit_refuses(sheet: Path) -> None:
    assert refused_by_webkit(sheet.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "css",
    [
        "a { text-decoration: underline dotted }",
        "@media print { .x { color: red; TEXT-DECORATION: underline 2px !important } }",
        "a { &:hover { text-decoration: dotted underline red } }",
    ],
)
def test_such_a_shorthand_is_seen_wherever_it_stands(css: str) -> None:
    assert refused_by_webkit(css)


def test_what_webkit_takes_is_allowed() -> None:
    css = "a { text-decoration: none } b { text-decoration-line: underline; /* dotted */ }"
    assert refused_by_webkit(css) == []
