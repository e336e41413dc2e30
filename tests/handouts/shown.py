"""What the handouts of some pages show: their claims, their sources and their text."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from lxml.html import document_fromstring

from sourced_guide.build.built_site.site import BuiltSite
from sourced_guide.build.handouts.compile import LARGE, LAYOUTS
from sourced_guide.build.handouts.page_model import SiteModel, Source, read_site

from .conftest import NAMES, PAGES, Made, pdf
from .sheets import squeezed, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def claims_of(made: Made, page: str | None) -> list[dict[str, Any]]:
    """Return the claims of a page, or of all, without those that are for the web alone."""
    told = json.loads((made.site / "claims.json").read_text("utf-8"))
    wanted = [page] if page else PAGES
    # The booklet has no card.
    card = () if page else ("alert-card.md",)
    claims = [
        claim for claim in told["claims"] if claim["page"] in wanted and claim["page"] not in card
    ]
    left_out = web_only(made)
    return [claim for claim in claims if squeezed(claim["text"]) not in left_out]


@cache
def web_only(made: Made) -> str:
    """Return the text of the pages that is for the web alone, without citation numbers."""
    found = []
    for path in made.site.rglob("index.html"):
        for block in document_fromstring(path.read_text("utf-8")).cssselect(".web-only"):
            for number in block.cssselect("sup"):
                number.drop_tree()
            found.append(block.text_content())
    return squeezed(" ".join(found))


@cache
def site_of(folder: Path) -> SiteModel:
    return read_site(BuiltSite(folder))


# The alert card's page is a handout in large print only; see test_card.py for the card.
PLAIN = [name for name in NAMES if name != "alert-card"]
HANDOUTS = [
    *((name, layout) for name in (*PLAIN, "guide") for layout in LAYOUTS),
    ("alert-card", LARGE),
]
every_handout = pytest.mark.parametrize(("name", "layout"), HANDOUTS)
every_pdf = pytest.mark.parametrize("layout", LAYOUTS)
every_name = pytest.mark.parametrize("name", [*PLAIN, "guide"])
WARNING = "includes/warning-signs.md"


def whole_text(made: Made, name: str, layout: str = "a4") -> str:
    """Return the text of a page's handout, and of its second one if it has two."""
    files = [pdf(made, name, layout), pdf(made, f"{name}-more", layout)]
    return "".join(text_of(file) for file in files if file.exists())


def assert_sources(text: str, sources: Mapping[str, Source]) -> None:
    """See that each source has a number, the beginning of its title, its kind and its year."""
    for source in sources.values():
        kind = squeezed(source.kind.replace(" (no date given)", ""))
        title = squeezed(source.title)[:8]
        assert re.search(rf"\d\.{re.escape(title)}.{{0,150}}{re.escape(kind)}", text), source
