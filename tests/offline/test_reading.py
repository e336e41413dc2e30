"""The copy is read from its folder, without a network: pages, search, panels, card, dates.

A test opens pages in a browser, which takes a second or more.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from ..browser.voices import LOCAL, said, wait_for_voice, with_voices
from ..built import pages_of
from ..sampling import first_of

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import NewPage

RESULTS = ".md-search-result__link"


def open_page(page: Page, folder: Path, name: str) -> None:
    page.goto((folder / name).as_uri())


def search(page: Page, words: str) -> None:
    field = page.locator("input[name=query]")
    if not field.is_visible():
        page.locator("header button[data-cs-opens=__search]").click()
    field.fill(words)
    field.press("End")


@pytest.mark.parametrize(
    "step", [pytest.param(1, marks=pytest.mark.exhaustive, id="every"), pytest.param(40, id="some")]
)
def test_pages_open(new_page: NewPage, folder: Path, step: int) -> None:
    page = new_page()
    for path in pages_of(folder)[::step]:
        page.goto(path.as_uri())
        # The theme's script has run, and its style is there.
        expect(page.locator("html.js")).to_have_count(1)
        expect(page.locator(".md-header")).to_have_css("position", "sticky")
        expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize(
    ("words", "wanted", "width"),
    first_of([("radiotherapy", "radiation", 375), ("pain at night", "symptoms", 1280)]),
)
def test_the_search_finds_plain_and_medical_words_and_a_result_opens(
    new_page: NewPage, folder: Path, words: str, wanted: str, width: int
) -> None:
    page = new_page(width)
    open_page(page, folder, "tests/index.html")
    search(page, words)
    result = page.locator(f"{RESULTS}[href*='/{wanted}/index.html']").first
    result.click()
    page.wait_for_url(f"**/{wanted}/index.html")


@pytest.mark.exhaustive
def test_back_leads_from_a_result_to_what_was_found(new_page: NewPage, folder: Path) -> None:
    page = new_page(375)
    open_page(page, folder, "tests/index.html")
    search(page, "numb legs")
    page.locator(f"{RESULTS}[href*='/symptoms/index.html']").first.click()
    page.wait_for_url("**/symptoms/index.html*")
    page.go_back()
    expect(page.locator("input[name=query]")).to_have_value("numb legs")
    expect(page.locator(f"{RESULTS}:focus")).to_be_visible()
    assert page.url.endswith("/tests/index.html")


def test_links_between_pages_are_followed(new_page: NewPage, folder: Path) -> None:
    page = new_page()
    open_page(page, folder, "index.html")
    page.locator("a.cs-alarm").click()
    expect(page.locator("h1")).to_contain_text("Warning signs")
    page.locator("a.md-logo").first.click()
    expect(page.locator("h1")).to_contain_text("Cancer in the spine")


def test_a_term_and_a_source_open_in_panels(new_page: NewPage, folder: Path) -> None:
    page = new_page()
    open_page(page, folder, "warning-signs/index.html")
    panel = page.locator(".cs-panel")
    page.locator("a.cs-term").first.click()
    expect(panel).to_contain_text("Words explained")
    page.keyboard.press("Escape")
    page.locator(".cs-citation a").first.click()
    expect(panel).to_contain_text("Source 1")


def test_the_alert_card_types(new_page: NewPage, folder: Path) -> None:
    page = new_page()
    open_page(page, folder, "alert-card/index.html")
    page.locator(".cs-typing textarea").first.fill("0123 456")
    expect(page.locator(".cs-card__typed").first).to_have_text("0123 456")


def test_a_link_out_says_that_it_needs_a_network(new_page: NewPage, folder: Path) -> None:
    page = new_page()
    open_page(page, folder, "learn-more/index.html")
    link = page.locator("article a[href^=http]").first
    expect(link).to_have_accessible_description("need a network")
    expect(link).to_contain_text("↗")
    # A panel tells of the same link.
    open_page(page, folder, "warning-signs/index.html")
    page.locator(".cs-citation a").first.click()
    link = page.locator(".cs-panel a[href^=http]").first
    expect(link).to_have_accessible_description("need a network")


def test_a_copy_says_that_its_day_has_passed(new_page: NewPage, folder: Path) -> None:
    page = new_page()
    open_page(page, folder, "index.html")
    due = datetime.fromisoformat(page.locator(".cs-copy__late").get_attribute("data-cs-due") or "")
    late, in_time = page.locator(".cs-copy__late"), page.locator(".cs-copy__line span")
    # Its last hour where the reader is, whatever the hour elsewhere.
    page.clock.set_fixed_time(due.replace(hour=23, minute=30))
    page.reload()
    expect(in_time).to_be_visible()
    expect(late).to_be_hidden()
    page.clock.set_fixed_time(due + timedelta(days=1))
    # One template puts it there; that all pages have it is looked up in their files.
    for path in pages_of(folder)[::40]:
        page.goto(path.as_uri(), wait_until="domcontentloaded")
        expect(late).to_be_visible()
        expect(in_time).to_be_hidden()


def test_without_scripts_the_day_stands_there_in_words(new_page: NewPage, folder: Path) -> None:
    page = new_page(java_script_enabled=False)
    open_page(page, folder, "surgery/index.html")
    expect(page.get_by_text("Its next check is due on")).to_be_visible()
    expect(page.get_by_text("This copy is out of date.")).to_be_hidden()


@pytest.mark.parametrize("look", first_of(["dark", "light"]))
def test_the_notes_of_a_copy_can_be_read_by_everybody(
    new_page: NewPage, folder: Path, look: str
) -> None:
    page = new_page(320, color_scheme=look)
    page.add_init_script(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    page.clock.install(time=datetime(2099, 1, 1, 12))
    open_page(page, folder, "index.html")
    expect(page.locator(".cs-copy__late")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    found = page.evaluate("axe.run({preload: false, resultTypes: ['violations']})")["violations"]
    assert [rule["id"] for rule in found] == []


def test_the_policy_of_a_page_holds_for_files(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    open_page(page, folder, "index.html")
    refused = page.evaluate("""async () => {
        const refused = [];
        const note = (event) => refused.push(event.effectiveDirective);
        document.addEventListener("securitypolicyviolation", note);
        const script = document.createElement("script");
        script.textContent = "window.hasRun = true";
        document.head.append(script);
        new Image().src = "https://other.example/x.png";
        await fetch("https://other.example/").catch(() => {});
        await new Promise((done) => setTimeout(done, 100));
        return [window.hasRun ?? false, ...refused.sort()];
    }""")
    page.close()
    assert refused == [False, "connect-src", "img-src", "script-src-elem"]


def test_a_page_is_read_aloud_and_its_address_goes_nowhere(new_page: NewPage, folder: Path) -> None:
    page = new_page()
    page.add_init_script("navigator.share = () => Promise.resolve()")
    with_voices(page, LOCAL)
    open_page(page, folder, "symptoms/index.html")
    page.get_by_role("button", name="Listen").click()
    wait_for_voice(page)
    assert said(page) == "Symptoms"
    for name in ("Share", "Copy link"):
        assert page.get_by_role("button", name=name).count() == 0
    expect(page.locator("h2#pain .headerlink")).to_have_attribute("title", "Link to this part")
