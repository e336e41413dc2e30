"""Projects of two pages and of a few: the smallest that every command can work on."""

from __future__ import annotations

import re
import shutil
from functools import cache
from typing import TYPE_CHECKING

from sourced_guide.claims.project.mkdocs_config import load_project

from .front_matter import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from sourced_guide.claims.project.project import Project

FIXTURES = ROOT / "tests/fixtures"
# What the checkout's own build has compressed: files of the theme are the same in all projects.
COMPRESSED = ".cache/precompressed"
WORDCUT = "overrides/assets/javascripts/lunr/wordcut.js"
NAMES_PAGES = re.compile(r"(?: +#.*\n)* +(?:redirects|packs):\n(?: {8}.+\n)+")
SMALL_PAGE = """\
---
title: {title}
description: What it can feel like.
reviewed: 2026-11-21
next-review: 2999-11-21
reviewer: none yet
---

# {title}

The pain is often worse at night. [@{source}#pain]

## How legs can feel

Legs may feel weak or heavy. [@{source}#legs]
"""
# What every page leads to: by the header, at its end, and where a search finds nothing.
PAGE = """\
---
title: {title}
description: What to look out for.
editorial: a page for tests
---

# {title}

See [the other page](legs.md#how-legs-can-feel).
"""


@cache
def our_project() -> Project:
    """Return the guide's project: its settings are long, and a process reads them once."""
    return load_project(ROOT / "mkdocs.yml", ROOT)


@cache
def settings_without_pages() -> str:
    """Return our mkdocs.yml without what names pages, which other projects do not have."""
    text = NAMES_PAGES.sub("", (ROOT / "mkdocs.yml").read_text("utf-8"))
    return text[: text.index("\nnav:")] + text[text.index("\ntheme:") :]


def write_settings_and_sources(folder: Path) -> None:
    """Write what a project of ours has before its first page."""
    (folder / "includes").mkdir()
    shutil.copytree(FIXTURES / "references", folder / "docs/references")
    (folder / "mkdocs.yml").write_text(settings_without_pages(), "utf-8")


def write_small_project(folder: Path) -> None:
    """Write a project of two pages with the guide's settings and templates."""
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    # No page loads it, it is a third of the theme, and a host gets it packed in two ways.
    (folder / WORDCUT).parent.mkdir(parents=True)
    (folder / WORDCUT).touch()
    write_settings_and_sources(folder)
    for name in ("scripts", "stylesheets"):
        shutil.copytree(ROOT / "docs" / name, folder / "docs" / name)
    for name, source in {"index": "spine", "legs": "legs"}.items():
        page = SMALL_PAGE.format(title=f"About {source}", source=source)
        (folder / f"docs/{name}.md").write_text(page, "utf-8")


def few_pages(small_project: Path, to: Path) -> Path:
    """Copy the project of two pages, and add the pages that its templates link."""
    shutil.copytree(small_project, to)
    shutil.copytree(ROOT / "docs/assets", to / "docs/assets")
    if (ROOT / COMPRESSED).is_file():
        (to / COMPRESSED).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / COMPRESSED, to / COMPRESSED)
    for name in ("warning-signs", "take-away", "common-questions", "glossary", "what-has-changed"):
        (to / f"docs/{name}.md").write_text(PAGE.format(title=name.capitalize()), "utf-8")
    shutil.copy(ROOT / "docs/references/index.md", to / "docs/references.md")
    return to
