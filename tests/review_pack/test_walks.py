"""A walk through all of a pack in each engine, and the size of the pack of the whole guide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from .walking import KEPT, WALK

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

    from ..engines.engine import Engine
    from .conftest import Pack

MOST_BYTES = 3_000_000
# In the page when it opens: pages and questions are made when a clinician comes to them.
MOST_ELEMENTS = 2_000
_AT_ONCE = 200


@pytest.mark.exhaustive
def test_the_whole_guide_is_small_and_opens_at_once(whole_pack: Pack, browser: Browser) -> None:
    assert whole_pack.file.stat().st_size <= MOST_BYTES
    page = browser.new_page()
    page.goto(whole_pack.file.as_uri())
    page.wait_for_selector("#view-start", state="visible")
    assert page.locator("*").count() <= MOST_ELEMENTS


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
    _walk(whole_pack, page.goto, page.evaluate, 1000)


# The walk of a person by keyboard, in Chromium, is in test_answering.py.
@pytest.mark.exhaustive
def test_other_engines_reach_every_claim_of_a_small_project(pack: Pack, engine: Engine) -> None:
    _walk(pack, engine.open, engine.evaluate, 3)


@pytest.mark.exhaustive
def test_other_engines_reach_every_claim(whole_pack: Pack, engine: Engine) -> None:
    _walk(whole_pack, engine.open, engine.evaluate, 1000)


def _walk(
    pack: Pack, go: Callable[[str], object], evaluate: Callable[[str], Any], closes_after: int
) -> None:
    """Answer all claims; the file is closed after some of them and opened again."""
    seen: list[str] = []
    for first in range(0, len(pack.claims), closes_after):
        go("about:blank")
        go(pack.file.as_uri())
        last = min(first + closes_after, len(pack.claims))
        # A driver does not wait for one script for ever.
        for number in range(first, last, _AT_ONCE):
            seen += evaluate(f"{WALK}({number}, {min(number + _AT_ONCE, last)})")
    kept = evaluate(KEPT)
    assert seen == pack.claims
    assert kept["end"] == "All claims are answered"
    answers = [kept["answers"][question["id"]] for question in pack.data["questions"]]
    given = [(answer["answer"], answer["comment"]) for answer in answers]
    assert given == [_answer_to(claim, number) for number, claim in enumerate(pack.claims)]


def _answer_to(claim: str, number: int) -> tuple[str, str]:
    """Return what the walk answers."""
    if number % 7 == 3:
        return "disagree", f"Comment on {claim}"
    return ("cannot-tell" if number % 5 == 4 else "agree"), ""
