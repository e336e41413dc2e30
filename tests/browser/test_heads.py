"""What every page says of itself to browsers, screen readers and search engines."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup, Tag

from ..front_matter import NOBODY, front_matter, source_of

if TYPE_CHECKING:
    from pathlib import Path

Pages = dict[str, BeautifulSoup]


def _for_readers(pages: Pages) -> Pages:
    return {
        name: page
        for name, page in pages.items()
        if name != "404.html" and not name.startswith("editors/")
    }


def _front_matter(built_guide: Path, name: str) -> dict[str, Any]:
    """What the page's own file says of it."""
    return front_matter(source_of(built_guide / "docs", name))


def test_every_page_has_a_language_a_title_and_one_main_heading(pages: Pages) -> None:
    titles = set()
    for name, page in pages.items():
        assert page.html
        assert page.html.get("lang") == "en", name
        assert len(page.find_all("h1")) == 1, name
        assert page.title, name
        assert page.title.get_text().strip(), name
        titles.add(page.title.get_text().strip())
    assert len(titles) == len(pages)


def test_every_page_for_readers_describes_itself(built_guide: Path, pages: Pages) -> None:
    described = {}
    for name, page in _for_readers(pages).items():
        meta = page.select_one("meta[name=description]")
        assert meta, name
        described[name] = meta["content"]
        assert described[name] == _front_matter(built_guide, name)["description"], name
    assert len(set(described.values())) == len(described)


def test_no_level_of_heading_is_left_out(pages: Pages) -> None:
    for name, page in pages.items():
        assert page.main
        levels = [int(each.name[1]) for each in page.main.find_all(re.compile(r"^h[1-6]$"))]
        assert levels[0] == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), (name, levels)


def test_facts_for_search_engines_say_what_the_page_says(built_guide: Path, pages: Pages) -> None:
    for name, page in _for_readers(pages).items():
        (script,) = page.select('script[type="application/ld+json"]')
        facts = json.loads(script.get_text())
        said = _front_matter(built_guide, name)
        assert facts["@type"] == "MedicalWebPage", name
        assert facts["lastReviewed"] == str(said["reviewed"]), name
        assert facts["inLanguage"] == "en", name
        reviewer = {} if said["reviewer"] == NOBODY else {"name": said["reviewer"]}
        assert facts.get("reviewedBy", {}).items() >= reviewer.items(), name
        assert ("reviewedBy" in facts) == bool(reviewer), name


def test_every_page_is_held_to_a_policy_without_holes(pages: Pages) -> None:
    for name, page in pages.items():
        (meta,) = page.select('meta[http-equiv="Content-Security-Policy"]')
        rules = {
            words[0]: words[1:]
            for words in (rule.split() for rule in str(meta["content"]).split(";"))
            if words
        }
        assert rules["default-src"] in (["'none'"], ["'self'"]), name
        for sources in rules.values():
            holes = [
                each for each in sources if "unsafe" in each or each in ("*", "https:", "http:")
            ]
            assert not holes, (name, holes)
        # Only what follows a policy in a page is held to it.
        held = meta.find_all_next(["script", "link", "style"])
        assert len(held) == len(page.find_all(["script", "link", "style"])), name


def test_nothing_has_a_style_of_its_own(pages: Pages) -> None:
    """The policy blocks it, so that it would look other than it was meant to."""
    for name, page in pages.items():
        styled: list[Tag] = [*page.find_all(style=True), *page.find_all("style")]
        assert not styled, (name, str(styled[0])[:200])
