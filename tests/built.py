"""The guide, built once for all processes that run the tests."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from .commands import run
from .front_matter import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

# What builds of the guide for tests keep for the next time.
CACHE = ROOT / ".cache/tests"
# What would make another site, or be taken for options of `make`.
_LEFT_OUT = ("REPORT_TO", "SITE_URL", "MAKEFLAGS", "MAKELEVEL", "MFLAGS")


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that is made by the first of the processes that run the tests to need it."""
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, done = shared / name, shared / f"{name}.done"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            done.touch()
    return folder


def copy_project(folder: Path) -> Path:
    """Copy what the site is made from."""
    for name in ("docs", "editions", "includes", "overrides"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "lookups.yml"):
        if (ROOT / name).is_file():
            shutil.copy(ROOT / name, folder)
    if (ROOT / "reviews").is_dir():
        shutil.copytree(ROOT / "reviews", folder / "reviews")
    return folder


def build_guide(folder: Path) -> None:
    """Make a copy of the guide with its site, as `make all` makes it.

    The site of the checkout is taken where nothing has changed since it was built, so that
    `make test` builds the guide once.
    """
    copy_project(folder)
    if _is_current():
        shutil.copytree(ROOT / "site", folder / "site")
        return
    CACHE.mkdir(parents=True, exist_ok=True)
    (folder / ".cache").symlink_to(CACHE)
    result = run("guide", "build", "--all", cwd=folder)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "WARNING" not in result.stderr


def pages_of(folder: Path) -> list[Path]:
    """Return the files of a built folder's pages, without those that only lead to another page."""
    pages = sorted(folder.rglob("*.html"))
    return [page for page in pages if 'http-equiv="refresh"' not in page.read_text("utf-8")]


def _is_current() -> bool:
    """Say whether `make site` would find nothing to do."""
    asked = subprocess.run(
        ["make", "--question", ".build/site"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env={name: value for name, value in os.environ.items() if name not in _LEFT_OUT},
    )
    # Booklets are left out of a site of which a page has changed.
    return asked.returncode == 0 and (ROOT / "site/handouts/guide-a4.pdf").is_file()
