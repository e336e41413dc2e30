"""The guide in Firefox and in WebKit: pages open, panels too, the search finds, so do copies.

Each engine takes some seconds to start, and WebKit some more to draw.
"""

from __future__ import annotations

import json
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from ..browser.panels import BLOCKS, FAULTS, LINKS, SOME
from ..built import pages_of
from ..searching import ASK
from .engine import Engine, lines

if TYPE_CHECKING:
    from pathlib import Path

# The start page and one of text; `make test-all` opens every page.
PAGES = ("", "symptoms/")
PANELS = f"({FAULTS})({json.dumps({'links': LINKS, 'blocks': BLOCKS, 'most': SOME})})"
# Somebody goes to the search, and it has answered.
SEARCHES = """(async () => {
    const field = document.querySelector("input[name=query]");
    document.querySelector("[data-md-toggle=search]").click();
    field.focus();
    // A window that nobody sees may have no focus, and tells of none.
    for (const type of ["focus", "focusin"])
        field.dispatchEvent(new FocusEvent(type, {bubbles: type === "focusin"}));
    field.value = "radiotherapy";
    for (let tries = 0; !document.querySelector(".md-search-result__link"); tries++) {
        if (tries === 600) throw new Error("the search does not answer");
        field.dispatchEvent(new KeyboardEvent("keyup"));
        await new Promise(done => setTimeout(done, 100));
    }
})()"""
QUERY = "document.querySelector('input[name=query]').value"
# Voices come, somebody wants to listen, and the first sentence is read.
LISTENS = """(async () => {
    const said = [];
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    Object.assign(speechSynthesis, {
        getVoices: () => [{name: "Mine", lang: "en-US", localService: true, default: true}],
        cancel() {},
        speak(utterance) {
            if (utterance.volume !== 0) said.push(utterance);
        },
    });
    speechSynthesis.dispatchEvent(new Event("voiceschanged"));
    document.querySelector(".cs-tools__listen").click();
    for (let tries = 0; said.length < 2; tries++) {
        if (tries === 600) throw new Error("nothing is said");
        await new Promise(done => setTimeout(done, 100));
        if (said.length === 1) said[0].onend();
    }
    return said.map(({text}) => text);
})()"""
# The theme's script has run, and its style is there.
SHOWN = """[
    document.querySelector("h1").checkVisibility(),
    document.documentElement.classList.contains("js"),
    getComputedStyle(document.querySelector(".md-header")).position === "sticky",
].every(Boolean)"""


def faults_of(engine: Engine, url: str) -> list[str]:
    """Open a page and return what is wrong with it."""
    engine.open(url)
    found = [] if engine.evaluate(SHOWN) else ["it lacks its script, its style or its title"]
    if "/editors/" not in url:
        found += engine.evaluate(PANELS)
    return [f"{url}: {each}" for each in (*found, *lines(engine))]


def test_pages_open_and_so_do_their_panels(engine: Engine, watched_url: str) -> None:
    assert [fault for name in PAGES for fault in faults_of(engine, watched_url + name)] == []


@pytest.mark.exhaustive
def test_every_page_opens_and_so_do_its_panels(
    engine: Engine, watched: Path, watched_url: str
) -> None:
    names = [path.relative_to(watched).as_posix() for path in pages_of(watched)]
    assert len(names) > 80
    assert [fault for name in names for fault in faults_of(engine, watched_url + name)] == []


# The search of the copy, which is asked below, is the same but for how it is loaded.
@pytest.mark.exhaustive
def test_the_search_finds_and_back_leads_to_what_it_found(engine: Engine, watched_url: str) -> None:
    engine.open(f"{watched_url}tests/")
    _assert_that_the_search_finds(engine)


def test_the_offline_copy_opens_and_its_search_finds(engine: Engine, offline_copy: Path) -> None:
    assert faults_of(engine, (offline_copy / "index.html").as_uri()) == []
    assert faults_of(engine, (offline_copy / "symptoms/index.html").as_uri()) == []
    _assert_that_the_search_finds(engine)


@pytest.mark.exhaustive
def test_every_page_of_the_offline_copy_opens(engine: Engine, offline_copy: Path) -> None:
    pages = [path.as_uri() for path in pages_of(offline_copy)]
    assert [fault for url in pages for fault in faults_of(engine, url)] == []


def _assert_that_the_search_finds(engine: Engine) -> None:
    engine.evaluate(SEARCHES)
    (steroids, signs) = engine.evaluate(f"({ASK})({json.dumps(['dexamethazone', 'numb legs'])})")
    assert "/steroids/" in steroids["pages"][0]
    assert "dexamethasone" in steroids["note"]
    assert "/warning-signs/" in signs["pages"][0]
    engine.evaluate(
        "document.querySelector('a[href*=\"/pressure-on-the-cord/\"]:has(article)').click()"
    )
    _wait_for(engine, "location.pathname.includes('/pressure-on-the-cord/') && document.readyState")
    assert lines(engine) == []
    engine.evaluate("history.back()")
    _wait_for(engine, "document.querySelector('.md-search-result__link')?.checkVisibility()")
    # A page that was kept as it was shows what was found before its script has filled the field.
    _wait_for(engine, f"{QUERY} === 'numb legs'")
    assert engine.evaluate("location.search") == ""
    engine.evaluate("document.querySelector('.md-search__form [type=reset]').click()")
    assert engine.evaluate(QUERY) == ""
    assert lines(engine) == []


@pytest.mark.exhaustive
def test_a_mark_leads_into_the_folded_sources_and_out_of_copied_text(
    engine: Engine, watched_url: str
) -> None:
    engine.open(f"{watched_url}symptoms/")
    shown = "document.getElementById('source-' + key).checkVisibility()"
    key = "const key = document.querySelector('.cs-citation a').hash.slice('#source-'.length);"
    assert engine.evaluate(f"(() => {{ {key} return {shown}; }})()") is False
    engine.evaluate(f"(() => {{ {key} location.hash = 'source-' + key; }})()")
    _wait_for(engine, f"(() => {{ {key} return {shown}; }})()")
    # Before a mark and after it there is one piece of text, for who copies it or looks for it.
    assert (
        engine.evaluate(
            """(() => {
            const cited = document.querySelector("article > p:has(.cs-citation)");
            getSelection().selectAllChildren(cited);
            return /[[\\d]+\\]/.test(getSelection().toString());
        })()"""
        )
        is False
    )
    assert lines(engine) == []


@pytest.mark.exhaustive
def test_a_page_is_read_aloud(engine: Engine, watched_url: str) -> None:
    """With a stand-in for the voices: what these browsers have of them differs by machine."""
    engine.open(f"{watched_url}symptoms/")
    said = engine.evaluate(LISTENS)
    assert said == ["Symptoms", "Warning signs: get help now"]
    assert lines(engine) == []


def _wait_for(engine: Engine, expression: str) -> None:
    """Wait until an expression is true, on whichever page is there by then."""
    for _ in range(300):
        # On its way from one page to the next, a window answers nothing.
        with suppress(AssertionError):
            if engine.evaluate(expression):
                return
        time.sleep(0.1)
    pytest.fail(f"never true: {expression}")
