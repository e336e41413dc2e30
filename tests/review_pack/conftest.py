"""The pack of a small project, as the command writes it, and a browser that keeps things."""

from __future__ import annotations

import json
import re
import shutil
import zlib
from base64 import b64decode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from bench.serving import chromium
from sourced_guide.cli.main import main

from ..built import made_once
from ..engines.conftest import engine
from ..few_pages import settings_without_pages
from ..front_matter import ROOT

__all__ = ["engine"]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page, Playwright

    OpenBrowser = Callable[[], BrowserContext]

_DATA = re.compile(r'id="pack">([^<]+)<')
_FRONT = "---\ntitle: {0}\nreviewed: 2026-11-21\nnext-review: 2999-11-21\nreviewer: none yet\n---\n"
_SIGNS = """
# Signs

!!! danger "Warning signs"
    Call 911 for weak legs. [@spine#legs]

## At night

The pain is often worse at night. [@spine#pain]

You may feel:

- weak legs [@spine#legs]
- heavy legs [@legs#legs; @spine#legs]

Legs may feel weak or heavy. [@spine#legs; @legs#legs]
"""
_CARE = """
# Care

Ask your team about pain at night. [@spine#pain]

Legs may feel weak or heavy. [@spine#legs; @legs#legs]

| Sign | What it is like |
| --- | --- |
| Pain | It is worse at night. [@spine#pain] |
"""


@dataclass(frozen=True)
class Pack:
    """A project, and the file of a pack of all of it."""

    project: Path
    file: Path

    @property
    def data(self) -> dict[str, Any]:
        """What is inside the file."""
        found = _DATA.search(self.file.read_text("utf-8"))
        assert found
        read: dict[str, Any] = json.loads(zlib.decompress(b64decode(found[1]), -zlib.MAX_WBITS))
        return read

    @property
    def claims(self) -> list[str]:
        """The claims, in the order in which they are asked."""
        return [question["claim"] for question in self.data["questions"]]


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The pack of a project of two pages. No test changes it."""

    def make(folder: Path) -> None:
        shutil.copytree(ROOT / "tests/fixtures/references", folder / "docs/references")
        (folder / "includes").mkdir()
        (folder / "mkdocs.yml").write_text(settings_without_pages(), "utf-8")
        (folder / "docs/signs.md").write_text(_FRONT.format("Signs") + _SIGNS, "utf-8")
        (folder / "docs/care.md").write_text(_FRONT.format("Care") + _CARE, "utf-8")
        _write_pack(folder / "mkdocs.yml", folder / "pack (ü) #1.html")

    folder = made_once(tmp_path_factory, "review-pack", make)
    return Pack(folder, folder / "pack (ü) #1.html")


@pytest.fixture(scope="session")
def whole_pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The pack of the whole guide. No test changes it."""

    def make(folder: Path) -> None:
        folder.mkdir()
        _write_pack(ROOT / "mkdocs.yml", folder / "pack.html")

    return Pack(ROOT, made_once(tmp_path_factory, "whole-review-pack", make) / "pack.html")


def _write_pack(config: Path, file: Path) -> None:
    assert main(["review", "pack", str(file), "--for", "Dr <N>", "--config", str(config)]) == 0


@pytest.fixture
def open_browser(playwright: Playwright, tmp_path: Path) -> Iterator[OpenBrowser]:
    """Start a browser that keeps what it kept before."""
    opened = []

    def start() -> BrowserContext:
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profile",
            executable_path=chromium.executable(),
            args=chromium.arguments(),
            accept_downloads=True,
        )
        opened.append(context)
        return context

    yield start
    for context in opened:
        context.close()


def press_until(page: Page, key: str, is_there: str) -> None:
    """Press a key until what has the focus fits a selector."""
    for _ in range(60):
        if page.evaluate("selector => document.activeElement.matches(selector)", is_there):
            return
        page.keyboard.press(key)
    pytest.fail(f"{key} does not lead to {is_there}")


def begin(page: Page) -> None:
    """Say who reviews, by keyboard only."""
    for field, text in (("name", "Jane Doe"), ("role", "spine nurse"), ("interests", "none")):
        press_until(page, "Tab", f"#{field}")
        page.keyboard.type(text)
    press_until(page, "Tab", "#begin")
    page.keyboard.press("Enter")
    page.wait_for_selector("#view-claims", state="visible")


def claim_of(page: Page) -> str:
    """Return the claim that is shown, which has the focus so that it is read aloud."""
    page.wait_for_selector("#claim:focus")
    text: str = page.evaluate("document.getElementById('claim').lastChild.data")
    return text


def saved(page: Page, to: Path) -> Path:
    """Save the answers by keyboard, and return the file."""
    press_until(page, "Shift+Tab", "header [data-do=save]")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    file = to / download.value.suggested_filename
    download.value.save_as(file)
    return file
