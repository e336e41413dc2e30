"""A real browser, and the built guide served to it.

What a page may never do is watched on every page that `new_page` makes: an error in the console,
an error in a script, or a request to another host fails the test that made it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from bench.serving.test_server import serving

from ..built import pages_of
from ..conftest import watched_pages

if TYPE_CHECKING:
    from pathlib import Path

# Another width or look moves and fades things in.
SETTLED = """async () => {
    await new Promise(requestAnimationFrame);
    for (const each of document.getAnimations()) if (each instanceof CSSTransition) each.finish();
}"""

# One page of each kind: templates of its own, then what its text is made of. The first list has
# what nobody should miss. The list of sources in one piece, as a generator makes it, is looked at
# in a project of few sources.
KINDS = (
    ["", "warning-signs/", "alert-card/", "compare/"],
    ["glossary/", "your-spine/", "take-away/", "references/"],
    ["404.html", "sources-differ/", "about/", "common-questions/", "references/0-9.html"],
    ["symptoms/", "editors/", "editors/rules/SRC001/", "what-has-changed/"],
    ["what-has-changed/1.html"],
)

# What `new_page` is to the tests: width, height and options of Playwright's contexts, to a page.
NewPage: TypeAlias = Callable[..., Page]


@pytest.fixture(scope="session")
def site_url(built_guide: Path) -> Iterator[str]:
    """The address of the built guide; it ends in a slash."""
    with serving(built_guide / "site") as address:
        yield address


@pytest.fixture(scope="session")
def few_url(ready: Path) -> Iterator[str]:
    """The address of the project of a few pages; it ends in a slash."""
    with serving(ready / "site") as address:
        yield address


@pytest.fixture(scope="session")
def page_urls(built_guide: Path, site_url: str) -> list[str]:
    """The address of every page of the guide, also of those that no list of pages names.

    The pages about the rules are made by one template; one of them stands for all.
    """
    site = built_guide / "site"
    paths = [path.relative_to(site).as_posix() for path in pages_of(site)]
    rules = [path for path in paths if path.startswith("editors/rules/") and path.count("/") > 2]
    paths = [path for path in paths if path not in rules[1:]]
    return [site_url + path.removesuffix("index.html") for path in paths]


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Make a page that is watched; all of them are closed and judged at the test's end.

    What a page looks like is to be the host's doing alone, so that no worker keeps anything, except
    where a test asks for one: `service_workers="allow"`.
    """

    with watched_pages(browser, watch_hosts, service_workers="block") as make:
        yield make


def watch_hosts(context: BrowserContext, faults: list[str]) -> None:
    """Note what pages ask of other hosts."""
    context.on("request", lambda request: _watch_host(request, faults))


def _watch_host(request: Request, faults: list[str]) -> None:
    address = urlsplit(request.url)
    if address.scheme not in ("data", "blob") and address.hostname != "127.0.0.1":
        faults.append(f"{request.frame.url} asked another host: {request.url}")


def summed_up(found: Iterable[tuple[str, str]]) -> str:
    """Tell each fault once, with the pages that have it."""
    pages: dict[str, list[str]] = {}
    for url, fault in found:
        pages.setdefault(fault, []).append(url)
    lines = [f"{fault}\n    on {len(urls)}: {urls[0]}" for fault, urls in pages.items()]
    return "\n".join([f"{len(lines)} faults:", *lines[:40]])
