"""A project of a few pages: the smallest that every command can work on."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from .front_matter import ROOT

if TYPE_CHECKING:
    from pathlib import Path

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


def few_pages(small_project: Path, to: Path) -> Path:
    """Copy the project of two pages, and add the pages that its templates link."""
    shutil.copytree(small_project, to)
    shutil.copytree(ROOT / "docs/assets", to / "docs/assets")
    for name in ("warning-signs", "take-away", "common-questions", "glossary"):
        (to / f"docs/{name}.md").write_text(PAGE.format(title=name.capitalize()), "utf-8")
    return to
