"""The pages for editors say what is true now, and readers do not come across them."""

from __future__ import annotations

import dataclasses
import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
import yaml

from sourced_guide.build.rules import build_rules
from sourced_guide.claims.model.place import Place
from sourced_guide.claims.rules import RULES
from sourced_guide.claims.rules.docs.explanation import Documented, Explanation, explain
from sourced_guide.claims.rules.docs.pages import rule_pages
from sourced_guide.claims.rules.rule import Rule

from .conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES = ROOT / "docs/editors/rules"


def test_the_pages_about_rules_are_those_that_the_rules_make() -> None:
    made = dict(rule_pages((*RULES, *build_rules().values())))
    there = {path.name: path.read_text("utf-8") for path in PAGES.iterdir()}
    assert there == made, "run: claims rules docs/editors/rules"


@pytest.mark.parametrize("rule", [*RULES, *build_rules().values()], ids=lambda rule: rule.code)
def test_every_rule_explains_itself(rule: Documented) -> None:
    explanation = explain(rule)
    assert all(dataclasses.astuple(dataclasses.replace(explanation, suppress="-"))), explanation
    assert explanation.says.endswith(".")
    assert not re.search(
        r"\b(?:Why|Bad|Good|Fix|Suppress):", " ".join(dataclasses.astuple(explanation))
    )


def _explained(_site: object) -> Iterator[tuple[Place, str, str]]:
    """A list is wrong
    in two lines.

    Why:  It is read
          by people.
    Bad:  - one
            - nested
    Good: - one

          - two
    Fix:  Indent it.
    Suppress: Before
          the list.
    """
    yield Place("a"), "", ""


def test_an_explanation_keeps_the_lines_of_examples_only() -> None:
    assert explain(Rule("SRC000", "x", "x", _explained)) == Explanation(
        says="A list is wrong in two lines.",
        why="It is read by people.",
        bad="- one\n  - nested",
        good="- one\n\n- two",
        fix="Indent it.",
        suppress="Before the list.",
    )


def test_the_rules_of_the_design_are_all_there() -> None:
    last = {"SRC": 10, "LIB": 6, "EDT": 2, "GLO": 3, "REV": 2, "TXT": 1}
    codes = {f"{name}{at:03}" for name in last for at in range(1, last[name] + 1)}
    assert codes <= {rule.code for rule in RULES}


def test_the_page_about_the_theme_lists_what_is_let_through() -> None:
    page = (ROOT / "docs/editors/theme-text.md").read_text("utf-8")
    text = files("sourced_guide.build.certify").joinpath("theme_texts.yml").read_text("utf-8")
    let_through = {each for group in yaml.safe_load(text).values() for each in group}
    lists, _, _ = page.partition("## Labels of the guide")
    listed = set(re.findall(r"^- (.+)$", lists.replace(r"\#", "#"), re.MULTILINE))
    assert let_through == listed


def test_readers_are_not_led_to_editors_pages(built_guide: Path) -> None:
    site = built_guide / "site"
    assert (site / "editors/rules/SRC001/index.html").is_file()
    search = json.loads((site / "search/search_index.json").read_text("utf-8"))
    assert not [doc for doc in search["docs"] if doc["location"].startswith("editors/")]
    for page in site.rglob("index.html"):
        name = page.relative_to(site).as_posix()
        links = re.findall(r'href="([^"]*editors/[^"]*)"', page.read_text("utf-8"))
        assert not links or name.startswith(("editors/", "about/")), name
