"""Outputs that are compared as a whole. `pytest --update-goldens` renews them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import html

from sourced_guide.build.built_site.edition import Edition
from sourced_guide.build.built_site.site import BuiltSite
from sourced_guide.build.handouts.page_model import Page, add_paper_marks
from sourced_guide.build.handouts.typst_code.block_writer import BlockWriter
from sourced_guide.build.handouts.typst_code.reference_numbers import Numbers
from sourced_guide.build.offline.banner import read_banner
from sourced_guide.build.offline.page import copied_page
from sourced_guide.build.steps.host_config import host_files
from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.render.html import render_pages

from .conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sourced_guide.claims.project.project import Project

    from .conftest import Golden

WRITTEN = """\
---
title: A page
description: What it can feel like.
reviewed: 2026-11-21
next-review: 2999-11-21
reviewer: none yet
---

# A page

The pain is often worse at night. [@spine#pain] Legs may feel weak or heavy. [@spine#legs]

## How it can feel

It may include: [@legs#legs]

- weak legs
- *heavy* legs [@spine#legs]

| Sign | When |
| --- | --- |
| **Pain** [@spine#pain] | at night |

!!! danger "Get help now"

    Legs may feel weak. [@legs#legs] Call <a href="tel:999">999</a>.

Print this page.
{ .editorial }
"""

# All that a copy takes out, adds or changes, without what the theme puts around it.
BUILT = """\
<!doctype html>
<html lang="en">
<head>
<title>Legs</title>
<meta property="og:title" content="Legs">
<link rel="canonical" href="https://guide.example/legs/">
<link rel="manifest" href="../manifest.json">
<link rel="apple-touch-icon" href="../icon.png">
<link rel="stylesheet" href="../guide.css">
<script type="application/ld+json">{"name": "Legs"}</script>
</head>
<body>
<p class="cs-newer" hidden>There is a newer edition.</p>
<header><a href="..">Start</a></header>
<article>
<h1 id="legs">Legs</h1>
<p>Legs may feel weak. <a href="#legs">Back to the top</a> <a href="../#pain">Pain</a></p>
<p><a href="https://other.example/?a=1&amp;b=2" aria-describedby="note">A leaflet</a></p>
<p>Call <a href="tel:999">999</a> or <a href="mailto:us@guide.example">write to us</a>.</p>
<p><a href="../offline/">A copy of the guide</a> <img src="../leg.svg" alt="A leg"></p>
</article>
<footer><div class="cs-kept">This device keeps the guide.</div></footer>
</body>
</html>
"""


def test_a_page_with_its_citations_and_sources(
    page_project: Callable[[str], Project], golden: Golden
) -> None:
    golden("page.html", dict(render_pages(read_guide(page_project(WRITTEN))))["page.md"] + "\n")


def test_the_typst_code_of_a_page(page_project: Callable[[str], Project], golden: Golden) -> None:
    shown = dict(render_pages(read_guide(page_project(WRITTEN))))["page.md"]
    body = html.fromstring(f"<article>{shown.partition('<section')[0]}</article>")
    add_paper_marks(body)
    page = Page(
        "page.md", "A page", "1", "2026-11-21", "2999-11-21", "none yet", "en", "", body, {}, {}
    )  # fmt: skip
    golden("page.typ", "\n".join(BlockWriter(page, Numbers({})).blocks(body)) + "\n")


def test_the_headers_for_hosts(golden: Golden) -> None:
    addresses = [
        *("/index.html", "/404.html", "/legs/index.html", "/handouts/legs-a4.pdf"),
        *("/assets/bundle.0123abcd.min.js", "/stylesheets/guide.0123abcd.css", "/scripts/card.js"),
    ]
    for name, text in host_files(addresses, "default-src 'none'; script-src 'self'").items():
        golden(f"hosts/{name}", text)


def test_a_page_of_the_offline_copy(tmp_path: Path, golden: Golden) -> None:
    files = ("index.html", "guide.css", "icon.png", "leg.svg", "manifest.json", "offline/copy.zip")
    for name in files:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "legs").mkdir()
    (tmp_path / "legs/index.html").write_text(BUILT, "utf-8")
    site, home = BuiltSite(tmp_path), "https://guide.example/"
    edition = Edition("2026-11-21", "2027-05-21", "0123abc")
    banner = read_banner([ROOT / "hooks/sourced_guide/theme/cs/copy.html"], edition, home)
    copied = copied_page(site, site.page("legs/index.html"), banner)
    assert copied.findings == []
    assert copied.needs == {"index.html", "guide.css", "leg.svg"}
    golden("offline.html", copied.html)
