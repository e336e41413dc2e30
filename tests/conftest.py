"""What the tests share: where things are, and small sites made from fixture files."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from guide.claims.project import load_site
from guide.claims.site import Site

ROOT = Path(__file__).parent.parent
FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[[Path], Site]:
    """Make a site with our own settings from a fixture: a page, a source file or a folder."""

    def make(fixture: Path) -> Site:
        docs = tmp_path / "docs"
        if fixture.is_dir():
            shutil.copytree(fixture, docs)
        else:
            shutil.copytree(FIXTURES / "references", docs / "references")
            folder = docs / "references" if fixture.suffix in (".yml", ".yaml") else docs
            shutil.copy(fixture, folder / fixture.name)
            shutil.copy(FIXTURES / "weak.svg", docs)
        site = load_site(ROOT / "mkdocs.yml")
        includes = {"base_path": [str(FIXTURES / "includes")], "check_paths": True}
        return dataclasses.replace(
            site,
            docs=docs,
            root=docs,
            extension_configs={**site.extension_configs, "pymdownx.snippets": includes},
            snippets=[FIXTURES / "includes"],
        )

    return make


@pytest.fixture
def page_site(tmp_path: Path, make_site: Callable[[Path], Site]) -> Callable[[str], Site]:
    """Make a site of one page, `page.md`, with the given text."""

    def make(text: str) -> Site:
        page = tmp_path / "page.md"
        page.write_text(text, "utf-8")
        return make_site(page)

    return make
