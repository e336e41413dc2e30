"""The theme's sheet of colors has what the pages of a site name, under a name of its own."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.build.built_site.palettes import named_colors, without_unused_colors
from sourced_guide.build.built_site.site import BuiltSite

if TYPE_CHECKING:
    from collections.abc import Iterator


def theirs() -> Iterator[Path]:
    """Yield the sheet of the theme that is installed."""
    theme = find_spec("material")
    assert theme
    assert theme.origin
    return (Path(theme.origin).parent / "templates/assets/stylesheets").glob("palette.*.css")


def test_colors_that_no_page_names_are_left_out(tmp_path: Path) -> None:
    (sheet,) = theirs()
    text = sheet.read_text("utf-8")
    page = '<body data-md-color-primary="custom" data-md-color-accent="custom">'
    (tmp_path / "index.html").write_text(page, "utf-8")
    named = named_colors(BuiltSite(tmp_path))
    assert named == {"custom"}
    left = without_unused_colors(text, named)
    assert re.search(r"data-md-color-(primary|accent)", text)
    assert not re.search(r"data-md-color-(primary|accent)", left)
    assert left.count("{") == left.count("}")
    dark = re.search(r"\[data-md-color-scheme=slate\]\{[^}]*\}", text)
    assert dark
    assert dark.group() in left
    assert without_unused_colors(left, named) == left


def test_a_rule_stays_for_any_of_its_selectors() -> None:
    both = "a{}[data-md-color-primary=red],[data-md-color-primary=teal] b{c:d}"
    assert without_unused_colors(both, {"teal"}) == both
    assert without_unused_colors(both, {"lime"}) == "a{}"


def test_pages_link_the_sheet_by_what_is_in_it(ready: Path) -> None:
    (sheet,) = (ready / "site/assets/stylesheets").glob("palette.*.css")
    (original,) = theirs()
    assert sheet.name != original.name
    assert sheet.stat().st_size < original.stat().st_size / 2
    for page in (ready / "site").rglob("*.html"):
        html = page.read_text("utf-8")
        assert original.name not in html
        assert sheet.name in html or 'http-equiv="refresh"' in html
