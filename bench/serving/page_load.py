"""What reading the guide asks of its host: requests and bytes, told by the host's own log.

Chromium opens the start page as one who has never been there, then a second page, then the start
page again on another day. Ten minutes, for which some files may be kept unasked, are made one
second for this, and two are waited. Headers are in the bytes, and what workers ask for.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, sync_playwright

from bench.serving import chromium, nginx
from sourced_guide.build.steps.http_headers import SHORT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.serving.nginx import Served

_STEPS = {
    "opens the start page for the first time": "",
    "opens a second page": "symptoms/",
    "opens the start page again on another day": "",
}
_OLD_AFTER = 2.0
# Without a request for as long, a browser has all that it wants.
_QUIET, _AT_MOST = 1.5, 60.0


@dataclass(frozen=True)
class Visit:
    """One step of a reader: what was asked for, how much of it had not changed, and the bytes."""

    name: str
    requests: int
    unchanged: int
    bytes: int


def visits(site: Path, *, kept_offline: bool) -> Iterator[Visit]:
    """Yield a reader's steps; `kept_offline` lets the guide's service worker keep its pages."""
    port = nginx.free_port()
    aged = nginx.deployed(site, port).replace(SHORT, "public, max-age=1")
    with nginx.serving(aged, port, logged=True) as where, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable(), args=chromium.arguments()
        )
        yield from _read(browser, where, kept_offline=kept_offline)
        browser.close()


def _read(browser: Browser, where: Served, *, kept_offline: bool) -> Iterator[Visit]:
    context = browser.new_context(service_workers="allow" if kept_offline else "block")
    seen = 0
    for name, path in _STEPS.items():
        page = context.new_page()
        page.goto(where.address + path, wait_until="networkidle")
        answers = _when_quiet(where)[seen:]
        seen += len(answers)
        yield Visit(
            name,
            requests=len(answers),
            unchanged=sum(status == 304 for status, _ in answers),
            bytes=sum(size for _, size in answers),
        )
        page.close()
        time.sleep(_OLD_AFTER)
    context.close()


def _when_quiet(where: Served) -> list[tuple[int, int]]:
    """Return status and bytes of every answer so far, once there are no more."""
    answers: list[tuple[int, int]] = []
    since = began = time.monotonic()
    while time.monotonic() - since < _QUIET and time.monotonic() - began < _AT_MOST:
        time.sleep(0.1)
        lines = where.log.read_text("utf-8").splitlines()
        if len(lines) > len(answers):
            answers = [(int(status), int(size)) for status, size, _ in map(str.split, lines)]
            since = time.monotonic()
    return answers
