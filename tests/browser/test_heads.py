"""What every page says of itself to browsers, screen readers and search engines."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from lxml.html import HtmlElement, tostring

from ..front_matter import NOBODY, front_matter, source_of

if TYPE_CHECKING:
    from pathlib import Path

Pages = dict[str, HtmlElement]


def _for_readers(pages: Pages) -> Pages:
    return {
        name: page
        for name, page in pages.items()
        if name != "404.html" and not name.startswith("editors/")
    }


def _is_part(name: str) -> bool:
    """Say whether a page is a part of a long list."""
    return "/" in name and not name.endswith("/index.html")


def _front_matter(built_guide: Path, name: str) -> dict[str, Any]:
    """What the page's own file says of it."""
    return front_matter(source_of(built_guide / "docs", name))


def test_every_page_has_a_language_a_title_and_one_main_heading(pages: Pages) -> None:
    titles = set()
    for name, page in pages.items():
        assert page.get("lang") == "en", name
        assert len(page.xpath("//h1")) == 1, name
        title = page.findtext(".//title", "").strip()
        assert title, name
        titles.add(title)
    assert len(titles) == len(pages)


def test_every_page_for_readers_describes_itself(built_guide: Path, pages: Pages) -> None:
    described = {}
    for name, page in _for_readers(pages).items():
        [described[name]] = page.xpath("//meta[@name='description']/@content")
        written = _front_matter(built_guide, name)["description"]
        # A part of a page says which one it is before that.
        assert described[name].partition(": ")[2 if _is_part(name) else 0] == written, name
    assert len(set(described.values())) == len(described)


def test_no_level_of_heading_is_left_out(pages: Pages) -> None:
    for name, page in pages.items():
        [main] = page.iter("main")
        levels = [int(str(each.tag)[1]) for each in main.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels[0] == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), (name, levels)


def test_facts_for_search_engines_say_what_the_page_says(built_guide: Path, pages: Pages) -> None:
    for name, page in _for_readers(pages).items():
        if _is_part(name):
            continue
        (script,) = page.xpath("//script[@type='application/ld+json']")
        facts = json.loads(script.text)
        said = _front_matter(built_guide, name)
        assert facts["@type"] == "MedicalWebPage", name
        assert facts["lastReviewed"] == str(said["reviewed"]), name
        assert facts["inLanguage"] == "en", name
        reviewer = {} if said["reviewer"] == NOBODY else {"name": said["reviewer"]}
        assert facts.get("reviewedBy", {}).items() >= reviewer.items(), name
        assert ("reviewedBy" in facts) == bool(reviewer), name


def test_every_page_is_held_to_a_policy_without_holes(pages: Pages) -> None:
    for name, page in pages.items():
        (meta,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']")
        rules = {
            words[0]: words[1:]
            for words in (rule.split() for rule in meta.attrib["content"].split(";"))
            if words
        }
        assert rules["default-src"] in (["'none'"], ["'self'"]), name
        for sources in rules.values():
            holes = [
                each for each in sources if "unsafe" in each or each in ("*", "https:", "http:")
            ]
            assert not holes, (name, holes)
        # Only what follows a policy in a page is held to it.
        held = meta.xpath("following::script | following::link | following::style")
        assert len(held) == len(list(page.iter("script", "link", "style"))), name


def test_nothing_has_a_style_of_its_own(pages: Pages) -> None:
    """The policy blocks it, so that it would look other than it was meant to."""
    for name, page in pages.items():
        styled = page.xpath("//*[@style] | //style")
        assert not styled, (name, tostring(styled[0])[:200])
