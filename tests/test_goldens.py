"""Outputs that are compared as a whole. `pytest --update-goldens` renews them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import html

from sourced_guide.build.handouts.page_model import Page
from sourced_guide.build.handouts.typst_code.block_writer import BlockWriter
from sourced_guide.build.handouts.typst_code.reference_numbers import Numbers
from sourced_guide.build.steps.host_config import host_files
from sourced_guide.claims.markdown.extension import read_guide
from sourced_guide.claims.render.html import render_pages

if TYPE_CHECKING:
    from collections.abc import Callable

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


def test_a_page_with_its_citations_and_sources(
    page_project: Callable[[str], Project], golden: Golden
) -> None:
    golden("page.html", dict(render_pages(read_guide(page_project(WRITTEN))))["page.md"] + "\n")


def test_the_typst_code_of_a_page(page_project: Callable[[str], Project], golden: Golden) -> None:
    shown = dict(render_pages(read_guide(page_project(WRITTEN))))["page.md"]
    body = html.fromstring(f"<article>{shown.partition('<section')[0]}</article>")
    page = Page(
        "page.md", "A page", "2026-11-21", "2999-11-21", "none yet", "en", "", body, {}, {}
    )  # fmt: skip
    golden("page.typ", "\n".join(BlockWriter(page, Numbers({})).blocks(body)) + "\n")


def test_the_headers_for_hosts(golden: Golden) -> None:
    addresses = [
        *("/index.html", "/404.html", "/legs/index.html", "/handouts/legs-a4.pdf"),
        *("/assets/bundle.0123abcd.min.js", "/stylesheets/guide.0123abcd.css", "/scripts/card.js"),
    ]
    for name, text in host_files(addresses, "default-src 'none'; script-src 'self'").items():
        golden(f"hosts/{name}", text)
