"""Figures in the pages for editors: a command writes them, and they say what was measured."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bench.figures import write_figures

from .conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

EDITORS = ROOT / "docs/editors"
# Where the commands that measure write: make bench, make figures, make mutate.
PLACES = {
    "hosting.md": ["reading"],
    "large-sites.md": ["parts"],
    "speed.md": ["speed", "growth", "growth of sources"],
    "what-it-proves.md": [
        "faults found",
        "citations read",
        "faults written",
        "written by an editor",
    ],
    "support.md": ["support", "support of one"],
}
PLACE = re.compile(
    r"<!-- figures: (?P<name>[^>]+) -->\n(?P<figures>.*?)<!-- end of figures -->\n", re.DOTALL
)
EXAMPLE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
DAY = r"(?:[A-Z][a-z]+ \d{1,2}, \d{4}|[A-Z][a-z]+ \d{4})"
MEASURED = re.compile(
    rf"\nMeasured on (?:the edition of )?{DAY}"
    r"(?:, with [\d,]+ claims, [\d,]+ sources and [\d,]+ passages)?\.\n\n"
)
# What changes with the guide: counts in tables, and how many claims and the like it has.
COUNTED = re.compile(
    r"^\|.*(?:\d of \d|\d%|\d,\d{3}).*\|$"
    r"|\b\d+ (?:different )?(?:claims|sources|passages|pairs|terms)\b",
    re.MULTILINE,
)


def test_every_place_is_there_once_and_says_when_it_was_measured() -> None:
    found: dict[str, list[str]] = {}
    for page in sorted(EDITORS.glob("*.md")):
        for place in PLACE.finditer(page.read_text("utf-8")):
            found.setdefault(page.name, []).append(place["name"])
            assert MEASURED.match(place["figures"]), f"{page.name}: {place['figures'][:80]}"
    assert found == PLACES


def test_what_was_counted_elsewhere_stands_under_the_day_on_which_it_was() -> None:
    for page in sorted(EDITORS.glob("*.md")):
        # What a command prints is shown as an example.
        text = EXAMPLE.sub("", PLACE.sub("", page.read_text("utf-8")))
        for section in re.split(r"^## ", text, flags=re.MULTILINE):
            if counted := COUNTED.search(section):
                assert re.search(DAY, section), f"{page.name}: when was '{counted[0]}' counted?"


def test_new_figures_take_the_place_of_the_old_ones_and_of_nothing_else(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    place = "<!-- figures: {} -->\n{}<!-- end of figures -->\n"
    kept = place.format("other", "\nThese stay.\n\n")
    page.write_text(f"# A page\n\n{place.format('faults', 'old')}\n{kept}")
    told = {
        "pages": [{"path": "index.md", "editorial": False, "reviewed": "2026-11-21"}],
        "digest": "0123456789abcdef",
        "claims": [{}] * 1234,
        "sources": [{"passages": {"a": {}, "b": {}}}],
    }
    for _ in range(2):
        write_figures(page, "faults", told, ["| fault | found |", "| --- | --- |", r"| \1 | 2 |"])
        figures = (
            "\nMeasured on the edition of November 21, 2026, with 1,234 claims, 1 sources and "
            "2 passages.\n\n| fault | found |\n| --- | --- |\n| \\1 | 2 |\n\n"
        )
        assert MEASURED.match(figures)
        assert page.read_text() == f"# A page\n\n{place.format('faults', figures)}\n{kept}"
    with pytest.raises(ValueError, match="0 places for the figures 'faulty'"):
        write_figures(page, "faulty", told, [])
