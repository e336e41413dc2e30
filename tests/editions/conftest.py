"""A project of two pages whose editions are compared."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from lxml.html import fromstring

from sourced_guide.claims.render.html import render_pages
from sourced_guide.claims.report.export import claims_data

from ..commands import run_here
from ..conftest import guide_of

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path
    from typing import Any

    from lxml.html import HtmlElement


HEAD = """\
---
title: {title}
description: What it can feel like.
{editorial}reviewed: 2026-11-21
next-review: 2999-11-21
reviewer: none yet
---

"""
PAIN = "The pain is often worse at night. [@spine#pain; @legs#pain]"
LEGS = "Legs may feel weak or heavy. [@spine#legs; @legs#legs]"
BLOCK = "includes/sign.md"


@pytest.fixture
def project(bare_project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of two pages that include a block, and of the list of changes."""
    # What is included is looked for from where one is.
    monkeypatch.chdir(bare_project)
    (bare_project / BLOCK).write_text("At night, the pain is often worse. [@spine#pain]\n")
    write(bare_project, "legs", LEGS, '--8<-- "sign.md"')
    write(bare_project, "pain", PAIN, '--8<-- "sign.md"')
    write(bare_project, "list", "[CHANGES]", editorial="lists what has changed")
    return bare_project


def write(project: Path, name: str, *paragraphs: str, editorial: str = "") -> None:
    head = HEAD.format(
        title=f"About {name}", editorial=f"editorial: {editorial}\n" if editorial else ""
    )
    (project / f"docs/{name}.md").write_text(head + "\n\n".join(paragraphs) + "\n")


def release(project: Path) -> subprocess.CompletedProcess[str]:
    return run_here("guide", "release", cwd=project)


def listed(project: Path) -> HtmlElement:
    """Return the list of changes as a page shows it."""
    guide = guide_of(project / "mkdocs.yml")
    assert not guide.page("list.md").text.claims, "what it lists is not claimed a second time"
    return fromstring(dict(render_pages(guide))["list.md"])


def summaries(shown: HtmlElement) -> list[str]:
    return [each.text_content() for each in shown.cssselect(".cs-changes > details > summary")]


def pages(project: Path) -> dict[str, dict[str, Any]]:
    data = claims_data(guide_of(project / "mkdocs.yml"))
    return {page["path"]: page for page in data["pages"]}


def on(day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    noon = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(noon.timestamp())))
