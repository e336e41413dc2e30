"""Packs on "Take it with you": what is made ahead, and the list of pages that a reader ticks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.request import urlopen

from playwright.sync_api import expect

if TYPE_CHECKING:
    from .conftest import NewPage

LIST = ".cs-my-pack__list li"


def test_pages_that_are_ticked_become_a_list_that_the_address_keeps(
    new_page: NewPage, site_url: str
) -> None:
    page = new_page(360, 640)
    page.goto(f"{site_url}take-away/")
    expect(page.get_by_text("No page is ticked yet.")).to_be_visible()
    page.locator(".cs-single summary").click()
    for name in ("Steroids", "Radiation"):
        page.get_by_label(name, exact=True).check()
    page.get_by_label("Paper", exact=True).select_option("large")
    # In the order of the guide.
    expect(page.locator(LIST)).to_have_text(["Radiation", "Steroids"])
    address = page.get_by_label("Address of this list").input_value()
    assert address == page.url == f"{site_url}take-away/#my-pack=radiation,steroids&paper=large"
    # The theme keeps its look there, and nothing keeps the choice.
    kept = page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")
    assert "radiation" not in kept

    # Somebody else opens the address; one of its pages has a new name by now.
    other = new_page()
    other.goto(address.replace("steroids", "steroids,old-name"))
    expect(other.get_by_text("My pack: 2 pages, 0 opened.")).to_contain_text("1 of the pages")
    next_one = other.get_by_role("button", name="Open the next one to print")
    asked: list[str] = []
    other.context.on("request", lambda request: asked.append(request.url))
    with other.context.expect_page() as window:
        next_one.click()
    expect(other.locator(LIST)).to_have_text(["Radiation (opened)", "Steroids"])
    next_one.click()
    expect(other.get_by_text("My pack: 2 pages, 2 opened.")).to_be_visible()
    expect(next_one).to_be_disabled()
    # Both in one window.
    assert asked == [f"{site_url}handouts/{name}-large.pdf" for name in ("radiation", "steroids")]
    assert other.context.pages[-1] == window.value
    other.get_by_role("button", name="Clear the list").click()
    expect(other.locator(LIST)).to_have_count(0)
    assert other.url == f"{site_url}take-away/#my-pack"


def test_packs_come_first_and_every_handout_is_there_without_scripts(
    new_page: NewPage, site_url: str
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{site_url}take-away/")
    packs = page.locator(".cs-packs a").all()
    links = [str(link.get_attribute("href")) for link in packs]
    assert links[:3] == [
        f"../handouts/pack-just-told-{each}.pdf" for each in ("a4", "letter", "large")
    ]
    expect(page.get_by_text("Tick the pages that you want")).to_be_hidden()
    expect(page.locator(LIST)).to_have_count(0)
    page.locator(".cs-single summary").click()
    singles = page.locator(".cs-handouts a:visible").all()
    links += [str(link.get_attribute("href")) for link in singles]
    assert len(singles) > 100
    for link in links:
        if re.search(r"handouts/.+\.pdf", link):
            with urlopen(f"{site_url}{link.removeprefix('../')}") as file:
                assert file.read(5) == b"%PDF-"
