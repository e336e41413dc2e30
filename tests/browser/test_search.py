"""The search finds what readers mean, whatever they type, and says how it has read them.

A test opens pages in a browser, which takes a second or more.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from ..conftest import watched_pages
from ..sampling import first_of
from ..searching import FIELD, SIGNS, ask, missed, open_search, queries, slips
from .conftest import watch_hosts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .conftest import NewPage

NOTE = ".cs-found"


@pytest.fixture(scope="module")
def asked_page(browser: Browser, site_url: str) -> Iterator[Page]:
    """A page on which somebody has gone to the search, for as many queries as there are."""
    with watched_pages(browser, watch_hosts, service_workers="block") as make:
        page = make(1280)
        page.goto(f"{site_url}tests/")
        open_search(page)
        yield page
        _assert_that_nothing_is_kept(page, site_url)


@pytest.fixture
def page(new_page: NewPage, site_url: str) -> Iterator[Page]:
    """A page of the guide, on which somebody has gone to the search and may go on."""
    page = new_page(1280)
    page.goto(f"{site_url}tests/")
    open_search(page)
    yield page
    _assert_that_nothing_is_kept(page, site_url)


def _assert_that_nothing_is_kept(page: Page, site_url: str) -> None:
    """Nothing of what was typed is in the address or kept."""
    assert page.url.startswith(site_url)
    assert "?" not in page.url
    kept = "[...Object.keys(localStorage), ...Object.keys(sessionStorage)]"
    assert [key for key in page.evaluate(kept) if not key.endswith(".__palette")] == []


# More than two hundred queries take some seconds: every fourth of them stands for all.
@pytest.mark.parametrize("step", first_of([4, 1]))
def test_what_readers_type_leads_to_its_page(asked_page: Page, step: int) -> None:
    wanted = queries("readers")[::step]
    assert len(wanted) >= 200 // step
    lost = missed(asked_page, wanted)
    assert len(lost) <= 0.05 * len(wanted), "\n".join(lost)


@pytest.mark.parametrize("count", [50, pytest.param(400, marks=pytest.mark.exhaustive, id="many")])
def test_a_slip_of_the_finger_is_forgiven(asked_page: Page, built_guide: Path, count: int) -> None:
    index = json.loads((built_guide / "site/search/search_index.json").read_text("utf-8"))
    typed = slips(index, count=count, seed=2026)
    right = ask(asked_page, [name for _, name, _ in typed])
    wanted = [(slip, [of, *right[name]["pages"][:1]]) for slip, name, of in typed]
    lost = missed(asked_page, wanted)
    assert len(lost) <= 0.1 * len(wanted), "\n".join(lost)


def test_signs_of_an_emergency_put_the_warning_signs_first(asked_page: Page) -> None:
    urgent = [query for query, _ in queries("urgent")]
    first = {query: answer["pages"][:1] for query, answer in ask(asked_page, urgent).items()}
    assert {query: pages for query, pages in first.items() if pages != [SIGNS]} == {}


def test_what_is_no_emergency_is_not_taken_for_one(asked_page: Page) -> None:
    harmless = [query for query, _ in queries("harmless")]
    assert len(harmless) >= 100
    answers = ask(asked_page, harmless)
    alarmed = [query for query in harmless if answers[query]["pages"][:1] == [SIGNS]]
    assert len(alarmed) <= 0.1 * len(harmless), alarmed


def test_a_page_stands_before_the_word_that_it_explains_and_both_are_there(
    asked_page: Page,
) -> None:
    for query, name in {
        "steroids": "steroids",
        "biopsy": "biopsy",
        "what it is": "what-it-is",
    }.items():
        pages = ask(asked_page, [query])[query]["pages"]
        assert pages[0] == name
        assert name == "what-it-is" or "glossary" in pages[:3]


@pytest.mark.exhaustive
def test_a_word_of_the_glossary_leads_to_the_word(page: Page) -> None:
    ask(page, ["hypocalcemia"])
    link = page.locator(".md-search-result__link[href*='#term-hypocalcemia']")
    link.click()
    page.wait_for_url("**/glossary/#term-hypocalcemia")
    expect(page.locator("#term-hypocalcemia")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("dexamethazone", "Showing results for dexamethasone."),
        ("spien", "Showing results for spine."),
        ("backpain exercises", "Showing results for back pain."),
        ("olaparib side effects", "Nothing in this guide has the word olaparib."),
        ("steroids", ""),
    ],
)
def test_how_a_query_was_read_is_said(asked_page: Page, query: str, note: str) -> None:
    assert ask(asked_page, [query])[query]["note"].strip() == note


@pytest.mark.parametrize(
    "query",
    ["asdfgh", "olaparib", "rituximab", "warfarin", "xq zzv", "\N{PILE OF POO}!", "<zq>", "??"],
)
def test_what_the_guide_does_not_know_is_not_taken_for_something_else(
    asked_page: Page, query: str
) -> None:
    assert ask(asked_page, [query])[query]["pages"] == []


def test_where_nothing_is_found_there_is_help_and_keys_lead_to_it(page: Page) -> None:
    page.locator(FIELD).fill("olaparib")
    page.locator(FIELD).press("End")
    note = page.locator(NOTE)
    expect(note.locator("a[href^='tel:']").first).to_be_visible()
    names = ["Warning signs: when to get help now", "Common questions", "Words explained"]
    for name in names:
        page.keyboard.press("ArrowDown")
        expect(note.get_by_role("link", name=name)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/")


def test_enter_leads_to_the_first_result(page: Page) -> None:
    page.locator(FIELD).fill("legs feel weak")
    page.locator(FIELD).press("End")
    expect(page.locator(".md-search-result__link").first).to_contain_text("Warning signs")
    page.keyboard.press("Enter")
    page.wait_for_url("**/warning-signs/")


@pytest.mark.parametrize(
    ("query", "part", "words"),
    [
        ("how long does radiation take", "What it is like", "it may be one treatment"),
        ("does radiation hurt", "What it is like", "Radiation is painless"),
        ("steroids sleep", "What you can do", "help you sleep"),
        ("bone cement", "", "small hole in the skin"),
    ],
)
def test_the_part_that_answers_is_shown(
    asked_page: Page, query: str, part: str, words: str
) -> None:
    ask(asked_page, [query])
    first = asked_page.locator(".md-search-result__item").first
    expect(first).to_contain_text(words)
    if part:
        expect(first.locator("h2").first).to_have_text(part)


def test_how_much_was_found_is_said_aloud(page: Page) -> None:
    page.locator(FIELD).fill("legs feel weak")
    page.locator(FIELD).press("End")
    expect(page.get_by_role("status").filter(has_text=" pages")).to_be_visible()


@pytest.mark.parametrize("width", first_of([360, 1280]))
def test_back_leads_to_what_was_found_and_no_address_has_it(
    new_page: NewPage, site_url: str, width: int
) -> None:
    page = new_page(width)
    page.goto(f"{site_url}tests/")
    open_search(page)
    ask(page, ["numb legs"])
    link = page.locator(".md-search-result__link[href*='/symptoms/']").first
    found = str(link.get_attribute("href"))
    link.click()
    page.wait_for_url("**/symptoms/**")
    page.go_back()
    page.wait_for_url(f"{site_url}tests/")
    expect(page.locator(FIELD)).to_have_value("numb legs")
    expect(page.locator(".md-search-result__link:focus")).to_have_attribute("href", found)
    _assert_that_nothing_is_kept(page, site_url)
    # Who has closed the search has done with it.
    page.keyboard.press("Escape")
    page.reload()
    expect(page.locator(FIELD)).to_have_value("")
    assert page.evaluate("history.state?.search ?? null") is None


def test_a_search_that_is_closed_is_not_there_and_an_open_one_has_a_name(
    new_page: NewPage, site_url: str
) -> None:
    page = new_page(360)
    page.goto(site_url)
    expect(page.get_by_role("search")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Search").press("Enter")
    expect(page.get_by_role("textbox", name="Search")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("search")).to_have_count(0)


def test_no_letter_alone_does_anything(new_page: NewPage, site_url: str) -> None:
    page = new_page(1280)
    page.goto(f"{site_url}tests/")
    for letter in "fs/pn,.":
        page.keyboard.press(letter)
    assert page.url == f"{site_url}tests/"
    expect(page.locator(FIELD)).not_to_be_focused()


@pytest.mark.exhaustive
def test_the_page_for_an_address_without_one_has_the_search(
    browser: Browser, site_url: str
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.goto(f"{site_url}no/such/page/")
    page.get_by_role("button", name="Search this guide").click()
    page.keyboard.type("numb legs")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url(f"{site_url}warning-signs/**")
    page.close()


@pytest.mark.parametrize(("width", "look"), first_of([(320, "dark"), (1280, "light")]))
def test_what_was_found_can_be_read_by_everybody(
    new_page: NewPage, site_url: str, width: int, look: str
) -> None:
    page = new_page(width, color_scheme=look)
    page.add_init_script(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    page.goto(f"{site_url}tests/")
    open_search(page)
    for query in ("steroids", "dexamethazone", "olaparib"):
        ask(page, [query])
        run = "axe.run('.md-search', {preload: false, resultTypes: ['violations']})"
        found = page.evaluate(run)["violations"]
        assert [(query, rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
