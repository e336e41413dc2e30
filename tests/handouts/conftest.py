"""Handouts of a few pages, made once, and what they are made from."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from ..conftest import run

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
def made(project: Path) -> Made:
    """The handouts, made once for all of the processes that run the tests. No test changes them."""
    folder = project.parent / "handouts"
    made = Made(folder / "site", folder / "without", folder / "said")
    with (project.parent / "handouts.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.said.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            copy_site(project / "site", made.site, PAGES)
            copy_site(project / "site", made.without_address, ("index.md", "compare.md"))
            for page in made.site.rglob("index.html"):
                give_address(page, page.parent.relative_to(made.site).as_posix())
            result = make(made.site, folder / "cache")
            assert result.returncode == 0, result.stderr
            result = make(made.without_address, folder / "cache-without")
            assert result.returncode == 0, result.stderr
            made.said.write_text(result.stdout, "utf-8")
    return made


def give_address(page: Path, at: str) -> None:
    address = ADDRESS if at == "." else f"{ADDRESS}{at}/"
    link = f'<link rel="canonical" href="{address}">'
    page.write_text(page.read_text("utf-8").replace("</head>", f"{link}</head>", 1), "utf-8")


def copy_site(source: Path, to: Path, pages: tuple[str, ...]) -> Path:
    """Copy what handouts are made from, with some of the pages only."""
    to.mkdir()
    told = json.loads((source / "claims.json").read_text("utf-8"))
    told["pages"] = [page for page in told["pages"] if page["path"] in pages]
    (to / "claims.json").write_text(json.dumps(told), "utf-8")
    for page in pages:
        name = "index.html" if page == "index.md" else f"{page.removesuffix('.md')}/index.html"
        (to / name).parent.mkdir(exist_ok=True)
        shutil.copy(source / name, to / name)
    return to


def make(site: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    return run("python", "-m", "guide.handouts.cli", str(site), "--cache", str(cache), cwd=site)


def pdf(made: Made, name: str, layout: str = "a4") -> Path:
    return made.site / "handouts" / f"{name}-{layout}.pdf"
