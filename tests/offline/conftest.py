"""The offline copy of the built guide, unzipped, and a browser without a network to read it with.

What a copy may never do is watched on every page that `new_page` makes: an error in the console,
an error in a script, a file that is missing, or a request that leaves the folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from sourced_guide.cli.deprecated import offline as main

from ..conftest import watched_pages

if TYPE_CHECKING:
    from pathlib import Path

NewPage: TypeAlias = Callable[..., Page]


def write_copy(site: Path, built_guide: Path) -> Path:
    """Run the command; return the zip file that it writes."""
    assert main([str(site), "--config", str(built_guide / "mkdocs.yml")]) == 0
    (written,) = (site / "offline").glob("*.zip")
    return written


def unzip(written: Path, into: Path) -> Path:
    """Unzip as a reader does; return the one folder that it makes."""
    with ZipFile(written) as packed:
        packed.extractall(into)
    (folder,) = into.iterdir()
    return folder


@pytest.fixture(scope="session")
def written(guide_site: Path) -> Path:
    """The zip file, as `guide build` wrote it."""
    (zipped,) = (guide_site / "offline").glob("*.zip")
    return zipped


@pytest.fixture(scope="session")
def folder(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy as a reader has it. Its path has what paths of people's folders have."""
    return unzip(written, tmp_path_factory.mktemp("My files (ü) #1"))


@pytest.fixture
def new_page(browser: Browser, folder: Path) -> Iterator[NewPage]:
    """Make a page that is watched; all of them are closed and judged at the test's end."""
    with watched_copies(browser, folder) as make:
        yield make


@contextmanager
def watched_copies(browser: Browser, folder: Path) -> Iterator[NewPage]:
    """Yield what makes pages that are watched; all of them are closed and judged at the end."""
    inside = f"{folder.as_uri()}/"

    def watch(context: BrowserContext, faults: list[str]) -> None:
        def asked(request: Request) -> None:
            if not request.url.startswith((inside, "data:")):
                faults.append(f"{request.frame.url} asked for {request.url}")

        def failed(request: Request) -> None:
            # A reader who goes on stops what was still on its way.
            if request.failure != "net::ERR_ABORTED":
                faults.append(f"{request.frame.url} misses {request.url}")

        context.on("request", asked)
        context.on("requestfailed", failed)

    with watched_pages(browser, watch, offline=True) as make:
        yield make
