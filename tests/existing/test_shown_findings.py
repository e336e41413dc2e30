"""`guide serve` shows the findings of a page on the page, each below what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from ..commands import run
from ..test_preview import Preview
from .sites import SOURCE, sourced_page, write_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = """\
---
title: Chains
description: Chains
---

# Chains

A chain wears as it is used. [@chain-book#wear] It breaks after 5,000 km.

- A chain wears as it is used. [@chain-book#wear]
- It wears **as it is** used by 9 in 10 people. [@chain-book#wear]

| part | price |
| --- | --- |
| chain | 20 dollars |
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {
        "docs/index.md": sourced_page("Home"),
        "docs/chains.md": PAGE,
        "docs/references/chain-book.yml": SOURCE,
    }
    extensions = ["tables", {"guide.claims": {"gate": "report"}}]
    # Its address has no path: the preview would be below it.
    address = "https://bikes.example/"
    return write_site(tmp_path, files, markdown_extensions=extensions, nav=None, site_url=address)


@pytest.fixture
def preview(site: Path) -> Iterator[Preview]:
    started = Preview(site)
    yield started
    started.stop()


# Starting a server takes two seconds.
def test_each_finding_is_below_what_it_is_about(preview: Preview) -> None:
    page = BeautifulSoup(preview.read("chains/"), "html.parser")
    listed = page.select("h1 + aside.cs-finding li")
    assert listed[0].get_text().startswith("1:1 REV001 the page lacks the fields")
    assert listed[0].find("a") is None
    for link in page.select("aside.cs-finding a"):
        (note,) = page.select(str(link["href"]))
        (entry,) = link.find_parents("li")
        assert note.get_text() in entry.get_text()
    notes = [note.get_text() for note in page.select("span.cs-finding")]
    assert len(notes) == len(listed) - 1
    (broken,) = page.select("p + span.cs-finding")
    assert "has no source: 'It breaks after 5,000 km.'" in broken.get_text()
    (item,) = (item for item in page.select("li:has(> span.cs-finding)"))
    assert item.get_text().startswith("It wears as it is used by 9 in 10")
    (priced,) = page.select("td:last-child > span.cs-finding")
    assert "'chain | 20 dollars'" in priced.get_text()
    assert "cs-finding" not in preview.read("")


def test_readers_see_none(site: Path) -> None:
    assert run("mkdocs", "build", cwd=site).returncode == 0
    assert "cs-finding" not in (site / "site/chains/index.html").read_text("utf-8")
