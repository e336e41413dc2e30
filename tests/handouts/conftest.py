"""Handouts of a few pages, made once, and what they are made from."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from ..built import made_once
from ..commands import run_here

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

# As few as have everything: all kinds of boxes, drawings, people, tables, definitions, questions.
NAMES = ("start", "warning-signs", "your-spine", "compare", "tests", "glossary", "alert-card")
PAGES = ("index.md", *(f"{name}.md" for name in NAMES[1:]))
ADDRESS = "https://guide.example/"


@dataclass(frozen=True)
class Made:
    """Handouts of some pages, on a site that has an address and on one that has none."""

    site: Path
    without_address: Path
    said: Path


@pytest.fixture(scope="session")
def made(built_guide: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The handouts. No test changes them."""

    def make_both(folder: Path) -> None:
        into = in_folder(folder)
        folder.mkdir()
        copy_site(built_guide / "site", into.site, PAGES)
        copy_site(built_guide / "site", into.without_address, ("index.md",))
        for page in into.site.rglob("index.html"):
            give_address(page, page.parent.relative_to(into.site).as_posix())
        result = make(into.site, folder / "cache")
        assert result.returncode == 0, result.stderr
        result = make(into.without_address, folder / "cache-without")
        assert result.returncode == 0, result.stderr
        into.said.write_text(result.stdout, "utf-8")

    return in_folder(made_once(tmp_path_factory, "handouts", make_both))


def in_folder(folder: Path) -> Made:
    return Made(folder / "site", folder / "without", folder / "said")


def give_address(page: Path, at: str) -> None:
    address = ADDRESS if at == "." else f"{ADDRESS}{at}/"
    link = f'<link rel="canonical" href="{address}">'
    page.write_text(page.read_text("utf-8").replace("</head>", f"{link}</head>", 1), "utf-8")


def copy_site(source: Path, to: Path, pages: tuple[str, ...]) -> Path:
    """Copy what handouts are made from, with some of the pages only."""
    to.mkdir()
    claims = json.loads((source / "claims.json").read_text("utf-8"))
    claims["pages"] = [page for page in claims["pages"] if page["path"] in pages]
    (to / "claims.json").write_text(json.dumps(claims), "utf-8")
    for page in pages:
        name = "index.html" if page == "index.md" else f"{page.removesuffix('.md')}/index.html"
        (to / name).parent.mkdir(exist_ok=True)
        shutil.copy(source / name, to / name)
    return to


def spoil(page: Path, with_this: str) -> None:
    """Put something below the title of a built page."""
    text = page.read_text("utf-8")
    page.write_text(text.replace("</h1>", f"</h1>{with_this}", 1), "utf-8")


def make(site: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    return run_here("handouts", str(site), "--cache", str(cache), cwd=site)


def pdf(made: Made, name: str, layout: str = "a4") -> Path:
    return made.site / "handouts" / f"{name}-{layout}.pdf"
