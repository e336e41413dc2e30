"""A guide that was visited can be read without a network, and says so.

A test waits until a browser keeps the guide, and for what it does then: two to six seconds.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import Page, expect

from sourced_guide.build.steps import precache
from sourced_guide.cli.deprecated import publish

from ...front_matter import ROOT, front_matter
from ...hosting.serving import served
from ...sampling import first_of
from ..conftest import SETTLED
from .conftest import (
    ADDRESSES,
    KEPT,
    NEW_SIGN,
    NEWER,
    NOTICES,
    Host,
    is_styled,
    publish_edition,
    until,
    visit,
)

if TYPE_CHECKING:
    from pathlib import Path

RUN_AXE = """axe.run(
    {include: [[".cs-kept"], [".cs-newer"]]},
    {resultTypes: ["violations"], rules: {"target-size": {enabled: true}}}
)"""


def test_a_guide_that_was_visited_can_be_read_without_a_network(host: Host, page: Page) -> None:
    last = front_matter(ROOT / "docs/index.md")["reviewed"]
    visit(page, host.address)
    host.stop()
    page.reload()
    expect(page.locator(KEPT)).to_contain_text(
        f"You see a kept copy, of the edition of {last:%B} {last.day}, {last.year}."
    )
    assert is_styled(page)
    page.locator("a.cs-alarm").click()
    expect(page.locator("h1")).to_contain_text("Warning signs")
    expect(page.locator(KEPT)).to_be_visible()
    page.locator(".cs-citation a").first.click()
    expect(page.locator(".cs-panel")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("header button[data-cs-opens=__search]").click()
    page.locator("input[name=query]").fill("radiotherapy")
    # The search looks when a key is pressed.
    page.locator("input[name=query]").press("End")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url(lambda url: url != host.address and url.startswith(host.address))
    expect(page.locator(KEPT)).to_be_visible()


def test_what_an_emergency_needs_is_kept_unasked_and_each_page_that_a_reader_opens(
    built_guide: Path, page: Page
) -> None:
    host = Host(built_guide / "site")
    visit(page, host.address)
    kept = set(page.evaluate(ADDRESSES))
    now = ("", "warning-signs/", "at-the-hospital/", "alert-card/", "by-country/", "404.html")
    assert {f"{host.address}{name}" for name in now} <= kept
    page.goto(f"{host.address}surgery/")
    until(page, f"async () => (await ({ADDRESSES})()).includes('{host.address}surgery/')")
    host.stop()
    page.goto(f"{host.address}surgery/")
    expect(page.locator(KEPT)).to_contain_text("You see a kept copy")
    assert is_styled(page)


@pytest.mark.exhaustive
def test_of_a_large_guide_the_next_edition_keeps_what_was_opened_of_the_one_before(
    host: Host, site: Path, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(precache, "LARGE", 0)
    assert publish([str(site)]) == 0
    visit(page, host.address)
    [edition] = page.evaluate("caches.keys()")
    assert f"{host.address}symptoms/" not in page.evaluate(ADDRESSES)
    page.goto(f"{host.address}symptoms/")
    until(page, f"async () => (await ({ADDRESSES})()).includes('{host.address}symptoms/')")
    page.goto(host.address)
    publish_edition(site, "symptoms/index.html")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    until(page, f"async () => !(await caches.keys()).includes({edition!r})")
    host.stop()
    page.goto(f"{host.address}symptoms/")
    expect(page.locator(KEPT)).to_be_visible()
    expect(page.locator("article")).to_contain_text(NEW_SIGN)


def test_the_host_as_it_is_deployed_lets_a_device_keep_the_guide(
    built_guide: Path, page: Page
) -> None:
    """With its headers, its files packed ahead, and its answer for addresses without a page."""
    with served(built_guide / "site") as nginx:
        visit(page, nginx.address)
    page.goto(f"{nginx.address}warning-signs/")
    expect(page.locator(KEPT)).to_be_visible()
    assert is_styled(page)


def test_a_page_that_is_not_kept_leads_to_those_that_are(host: Host, page: Page) -> None:
    visit(page, host.address)
    host.stop()
    for address in ("editors/", "no/such/page/"):
        answer = page.goto(host.address + address)
        assert answer
        assert answer.status == 503
        expect(page.locator(KEPT)).to_contain_text("We could not load this page.")
        assert is_styled(page)
    page.locator("article a[href$='warning-signs/']").click()
    expect(page.locator("h1")).to_contain_text("Warning signs")
    page.goto(f"{host.address}warning-signs")
    assert page.url == f"{host.address}warning-signs/"


def test_what_was_lost_or_spoilt_comes_back(host: Host, page: Page) -> None:
    visit(page, host.address)
    whole = sorted(page.evaluate(ADDRESSES))
    page.evaluate("""async () => {
        const [name] = await caches.keys(), cache = await caches.open(name);
        await cache.delete("warning-signs/");
        for (const {url} of await cache.keys())
            if (/\\.css$|symptoms/.test(url)) await cache.put(url, new Response("spoilt"));
    }""")
    page.goto(f"{host.address}symptoms/")
    assert is_styled(page)
    page.goto(host.address)
    until(page, f"async () => String((await ({ADDRESSES})()).sort()) === '{','.join(whole)}'")
    host.stop()
    for name in ("symptoms/", "warning-signs/"):
        page.goto(host.address + name)
        expect(page.locator(KEPT)).to_be_visible()
        assert is_styled(page)
        assert "spoilt" not in page.locator("body").inner_text()


def test_a_spoilt_page_is_not_shown_without_a_network(host: Host, page: Page) -> None:
    visit(page, host.address)
    host.stop()
    page.evaluate("""async () => {
        const [name] = await caches.keys();
        await (await caches.open(name)).put("symptoms/", new Response("spoilt"));
    }""")
    page.goto(f"{host.address}symptoms/")
    expect(page.locator(KEPT)).to_contain_text("We could not load this page.")
    page.evaluate(
        "async () => { for (const name of await caches.keys()) await caches.delete(name) }"
    )
    host.start()
    page.goto(f"{host.address}symptoms/")
    assert is_styled(page)
    expect(page.locator(NOTICES)).to_have_count(0)


@pytest.mark.parametrize("color_scheme", first_of(["dark", "light"]))
def test_the_notices_can_be_seen_and_reached_by_everybody(
    host: Host, page: Page, color_scheme: Literal["dark", "light"]
) -> None:
    page.add_init_script(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    visit(page, host.address)
    host.stop()
    page.goto(f"{host.address}warning-signs/")
    expect(page.locator(KEPT)).to_be_visible()
    page.evaluate(f"document.querySelector('{NEWER}').hidden = false")
    page.emulate_media(color_scheme=color_scheme)
    for width in (320, 375, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate(SETTLED)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
        found = page.evaluate(RUN_AXE)["violations"]
        assert not found, "\n".join(f"{e['id']}: {e['nodes'][0]['html']}" for e in found)
        for control in page.locator(f"{NEWER} :is(a, button)").all():
            box = control.bounding_box()
            assert box
            assert box["height"] >= 44
