"""The pack of the whole guide: its size, and a walk through all of it."""

from __future__ import annotations

import time
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from ..engines.conftest import engine  # noqa: F401
from .walking import WALK

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from ..engines.engine import Engine
    from .conftest import Pack

MOST_BYTES = 3_000_000
MOST_SECONDS = 2


@pytest.mark.exhaustive
def test_the_whole_guide_is_small_and_opens_at_once(whole_pack: Pack, browser: Browser) -> None:
    assert whole_pack.file.stat().st_size <= MOST_BYTES
    page = browser.new_page()
    started = time.monotonic()
    page.goto(whole_pack.file.as_uri())
    page.wait_for_selector("#view-start", state="visible")
    assert time.monotonic() - started < MOST_SECONDS


@pytest.mark.exhaustive
def test_every_claim_has_its_words_marked_on_its_page(whole_pack: Pack) -> None:
    data = whole_pack.data
    pages = {page["path"]: "".join(it["html"] for it in page["blocks"]) for page in data["pages"]}
    missing = [
        question["claim"]
        for question in data["questions"]
        # Some words are parts of drawings that have no place of their own.
        if question["kind"] != "caption"
        and not any(f'"{question["id"]}"' in pages[path] for path in question["pages"])
    ]
    assert missing == []


@pytest.mark.exhaustive
def test_chromium_reaches_every_claim(whole_pack: Pack, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.goto(whole_pack.file.as_uri())
    first = page.evaluate(f"{WALK}(1000)")
    page.reload()
    rest = page.evaluate(f"{WALK}(Infinity)")
    _assert_that_all_was_answered(whole_pack, first, rest)


@pytest.mark.exhaustive
def test_other_engines_reach_every_claim(whole_pack: Pack, engine: Engine) -> None:  # noqa: F811
    engine.open(whole_pack.file.as_uri())
    first = engine.evaluate(f"{WALK}(1000)")
    engine.open("about:blank")
    engine.open(whole_pack.file.as_uri())
    rest = engine.evaluate(f"{WALK}(Infinity)")
    _assert_that_all_was_answered(whole_pack, first, rest)


def _assert_that_all_was_answered(pack: Pack, first: dict[str, Any], rest: dict[str, Any]) -> None:
    assert first["seen"] + rest["seen"] == pack.claims
    assert rest["end"] == "All claims are answered"
    expected = [*map(_answer_to, first["seen"], count(1)), *map(_answer_to, rest["seen"], count(1))]
    kept = [rest["answers"][question["id"]] for question in pack.data["questions"]]
    assert [(it["answer"], it["comment"]) for it in kept] == expected
    assert first["answers"].items() <= rest["answers"].items()


def _answer_to(claim: str, number: int) -> tuple[str, str]:
    """Return what the walk answers."""
    if number % 7 == 3:
        return "disagree", f"Comment on {claim}"
    return ("cannot-tell" if number % 5 == 4 else "agree"), ""
