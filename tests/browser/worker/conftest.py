"""A host that can be switched off, and pages of the guide that it serves, with their worker.

The host lets browsers keep each file for a day: what they show may not depend on that.
"""

from __future__ import annotations

import shutil
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from sourced_guide.cli.deprecated import publish

from ...built import made_once
from ...conftest import PATIENCE, STILL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

KEPT, NEWER = ".cs-kept", ".cs-newer__box"
# Nothing is said of a page that has come from the host and is the newest.
NOTICES = f"{KEPT}:visible, {NEWER}:visible"
WORKER = "service-worker.js"
NEW_SIGN = "You cannot lift your foot."
ADDRESSES = """async () => (await Promise.all((await caches.keys()).map(async name =>
    (await (await caches.open(name)).keys()).map(({url}) => url)))).flat()"""
_ACTIVE = """() => navigator.serviceWorker.controller?.state === "activated" """


class Handler(SimpleHTTPRequestHandler):
    """Lets browsers keep each file for a day, and is as slow as its host's signal is weak."""

    server: Server

    def do_GET(self) -> None:
        self.server.answering.wait(30)
        # By the second, it could not tell two editions of a test apart.
        del self.headers["If-Modified-Since"]
        # A browser may have connected before the host was switched off.
        if not self.server.is_off:
            super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=86400")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Waits with every answer while `answering` is not set."""

    def __init__(self, folder: Path, port: int) -> None:
        self.answering = Event()
        self.answering.set()
        self.is_off = False
        super().__init__(("127.0.0.1", port), partial(Handler, directory=str(folder)))
        Thread(target=self.serve_forever, daemon=True).start()


class Host:
    """Serves a folder at an address that stays the same, also when switched off and on again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = Server(folder, 0)
        self.port = self.server.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        self.server = Server(self.folder, self.port)

    def stop(self) -> None:
        self.server.is_off = True
        self.server.answering.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="session")
def part_of_guide(built_guide: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide with a few of its pages, so that it is soon kept. No test changes it."""

    def make(folder: Path) -> None:
        whole = built_guide / "site"
        for name in ("assets", "scripts", "search", "stylesheets"):
            shutil.copytree(whole / name, folder / name, ignore=shutil.ignore_patterns("lunr"))
        for path in whole.glob("*.*"):
            shutil.copy(path, folder)
        for name in ("alert-card", "editors", "symptoms", "warning-signs"):
            (folder / name).mkdir()
            shutil.copy(whole / name / "index.html", folder / name)
        assert publish([str(folder)]) == 0

    return made_once(tmp_path_factory, "part", make)


@pytest.fixture
def site(part_of_guide: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(part_of_guide, tmp_path / "site"))


@pytest.fixture
def host(site: Path) -> Iterator[Host]:
    started = Host(site)
    yield started
    started.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 375, "height": 800})
    made.add_init_script(STILL)
    made.set_default_timeout(PATIENCE)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def visit(page: Page, address: str) -> None:
    """Open a page and stay until the guide is kept."""
    page.goto(address)
    page.wait_for_function(_ACTIVE)


def publish_edition(site: Path, name: str = "warning-signs/index.html") -> None:
    """Put another warning sign on a page, and publish the guide anew."""
    path = site / name
    path.write_text(path.read_text("utf-8").replace("</h1>", f"</h1><p>{NEW_SIGN}</p>", 1), "utf-8")
    assert publish([str(site)]) == 0


def until(page: Page, condition: str) -> None:
    """Wait for a function that has to wait itself, which `wait_for_function` does not."""
    page.evaluate(f"""async () => {{
        for (let tries = 0; tries < 1200; tries++) {{
            if (await ({condition})()) return;
            await new Promise(done => setTimeout(done, 50));
        }}
        throw new Error(`not within a minute: {condition}`);
    }}""")


def is_styled(page: Page) -> bool:
    header = page.locator(".md-header")
    return str(header.evaluate("e => getComputedStyle(e).position")) == "sticky"
