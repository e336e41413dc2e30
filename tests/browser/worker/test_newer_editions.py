"""What is kept never stands in for a newer page that can be had, and gives way to it.

A test waits until a browser keeps the guide, and for what it does then: two to six seconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import BrowserContext, Page, expect

from .conftest import (
    ADDRESSES,
    KEPT,
    NEW_SIGN,
    NEWER,
    NOTICES,
    WORKER,
    Host,
    publish_edition,
    visit,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_todays_page_is_shown_whatever_is_kept(host: Host, site: Path, page: Page) -> None:
    visit(page, f"{host.address}warning-signs/")
    publish_edition(site)
    page.goto(host.address)
    page.goto(f"{host.address}warning-signs/")
    expect(page.locator("article")).to_contain_text(NEW_SIGN)
    expect(page.locator(NOTICES)).to_have_count(0)


def test_a_page_that_is_open_says_that_there_is_a_newer_one(
    host: Host, site: Path, context: BrowserContext, page: Page
) -> None:
    visit(page, f"{host.address}warning-signs/")
    unchanged = context.new_page()
    unchanged.goto(host.address)
    publish_edition(site)
    # As when somebody comes back to a page that was left open.
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(NEWER)).to_be_visible()
    expect(page.locator(NEWER)).to_contain_text("A newer edition of this guide is there.")
    assert NEW_SIGN not in page.locator("article").inner_text()
    page.get_by_role("button", name="Not now").click()
    expect(page.locator(NOTICES)).to_have_count(0)
    expect(unchanged.locator(NOTICES)).to_have_count(0)
    page.reload()
    expect(page.locator("article")).to_contain_text(NEW_SIGN)
    host.stop()
    page.reload()
    expect(page.locator(KEPT)).to_be_visible()
    expect(page.locator("article")).to_contain_text(NEW_SIGN)


def test_the_newer_page_is_one_press_away(host: Host, site: Path, page: Page) -> None:
    visit(page, f"{host.address}warning-signs/#when-to-get-help-now")
    publish_edition(site)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_role("link", name="Show it").click()
    expect(page.locator("article")).to_contain_text(NEW_SIGN)
    expect(page.locator(NOTICES)).to_have_count(0)


def test_a_weak_signal_shows_what_is_kept_and_says_when_the_newer_page_has_come(
    host: Host, site: Path, page: Page
) -> None:
    visit(page, f"{host.address}warning-signs/")
    worker = (site / WORKER).read_text("utf-8")
    publish_edition(site)
    # The page itself is to tell it, before all of its edition is kept.
    (site / WORKER).write_text(worker, "utf-8")
    host.server.answering.clear()
    page.goto(f"{host.address}warning-signs/", wait_until="commit")
    expect(page.locator(KEPT)).to_be_visible()
    host.server.answering.set()
    expect(page.locator(NEWER)).to_be_visible()
    page.get_by_role("link", name="Show it").click()
    expect(page.locator("article")).to_contain_text(NEW_SIGN)


def test_an_edition_that_comes_in_part_leaves_the_older_one(
    host: Host, site: Path, page: Page
) -> None:
    symptoms = site / "symptoms/index.html"
    older = symptoms.read_text("utf-8")
    visit(page, host.address)
    before = set(page.evaluate(ADDRESSES))
    publish_edition(site, "symptoms/index.html")
    publish_edition(site)
    # As where one of many hosts has the worker before it has all pages.
    symptoms.write_text(older, "utf-8")
    failed = page.evaluate("""async () => {
        const registration = await navigator.serviceWorker.ready;
        registration.update();
        await new Promise(found => registration.addEventListener("updatefound", found));
        const {installing} = registration;
        await new Promise(done => installing.addEventListener("statechange", done));
        return installing.state;
    }""")
    assert failed == "redundant"
    page.goto(f"{host.address}warning-signs/")
    expect(page.locator("article")).to_contain_text(NEW_SIGN)
    host.stop()
    for name in ("symptoms/", "warning-signs/"):
        page.goto(host.address + name)
        expect(page.locator(KEPT)).to_be_visible()
        expect(page.locator("article")).not_to_contain_text(NEW_SIGN)
    assert before <= set(page.evaluate(ADDRESSES))
