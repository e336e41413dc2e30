"""A page is read aloud: by voices of the device alone, in its order, as far as a reader wants.

The interface of voices is a stand-in (see voices.py); all else is the guide in a real browser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from ..sampling import first_of
from .voices import LOCAL, MARKED, OTHERS, finish, heard, said, wait_for_voice, with_voices

if TYPE_CHECKING:
    from .conftest import NewPage

IN_SIGHT = """() => {
    const [range] = CSS.highlights.get("cs-listen");
    const {top, bottom} = range.getBoundingClientRect();
    const bar = document.querySelector(".cs-listen").getBoundingClientRect();
    const header = document.querySelector(".md-header").getBoundingClientRect();
    return top >= header.bottom && bottom <= bar.top;
}"""


def _listening(page: Page, url: str) -> Page:
    with_voices(page, [*OTHERS, *LOCAL])
    page.goto(url)
    page.get_by_role("button", name="Listen").click()
    expect(page.get_by_role("region", name="Listen to this page")).to_be_visible()
    wait_for_voice(page)
    return page


def test_what_a_page_says_is_read_in_its_order_and_nothing_else(
    new_page: NewPage, site_url: str
) -> None:
    page = _listening(new_page(), f"{site_url}symptoms/")
    texts = heard(page)
    assert texts[:2] == ["Symptoms", "Warning signs: get help now"]
    assert "Call 9 1 1 in the US or call 9 9 9 in the UK" in texts[:12]
    told = " ".join(texts)
    assert "What it is like: Pain when you move your neck or back" in told
    for left_out in ("Sources on this page", "Words on this page", "clinician", "¶", "Print"):
        assert left_out not in told
    assert not [text for text in texts if text[-1:].isdigit()], "numbers of sources"
    assert page.evaluate("speechSynthesis.said.every(({voice}) => voice.name === 'Samantha')")
    expect(page.get_by_role("region", name="Listen to this page")).to_be_hidden()


# One whole page is read above; these take as long, for a part of what is said.
@pytest.mark.exhaustive
def test_tables_of_two_columns_and_short_forms_are_read_as_people_say_them(
    new_page: NewPage, site_url: str
) -> None:
    told = "\n".join(heard(_listening(new_page(), f"{site_url}by-country/")))
    assert "An emergency\nCall 9 9 9 for help." in told
    assert "A and E in the UK" in told
    assert "1, 8 0 0, 2 2 7, 2 3 4 5" in told


@pytest.mark.exhaustive
def test_a_picture_is_read_by_its_words(new_page: NewPage, site_url: str) -> None:
    told = "\n".join(heard(_listening(new_page(), f"{site_url}your-spine/")))
    assert "Picture: The spine and its 5 parts.\nA person from the side" in told


@pytest.mark.parametrize("voices", first_of([OTHERS, []]))
def test_without_a_voice_of_the_device_there_is_no_button(
    new_page: NewPage, site_url: str, voices: list[dict[str, object]]
) -> None:
    page = new_page()
    with_voices(page, voices)
    page.goto(f"{site_url}symptoms/")
    page.wait_for_timeout(300)
    assert page.get_by_role("button", name="Listen").count() == 0


def test_what_reads_is_asked_for_by_the_first_tap(new_page: NewPage, site_url: str) -> None:
    page = new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with_voices(page, LOCAL)
    page.goto(f"{site_url}symptoms/", wait_until="networkidle")
    listen = page.get_by_role("button", name="Listen")
    expect(listen).to_be_visible()
    assert not [url for url in asked if url.endswith("listen.js")]
    listen.click()
    wait_for_voice(page)
    assert len([url for url in asked if url.endswith("listen.js")]) == 1


def test_a_reader_can_pause_go_on_change_the_speed_and_stop_by_keyboard(
    new_page: NewPage, site_url: str
) -> None:
    page = new_page()
    with_voices(page, LOCAL)
    page.goto(f"{site_url}symptoms/")
    listen = page.get_by_role("button", name="Listen")
    listen.press("Enter")
    pause = page.get_by_role("button", name="Pause")
    expect(pause).to_be_focused()
    wait_for_voice(page)
    finish(page)
    sentence = said(page)
    assert page.evaluate(MARKED) == sentence
    pause.press("Enter")
    assert said(page) == ""
    assert page.evaluate(MARKED) == sentence, "where it is stays marked"
    resume = page.get_by_role("button", name="Go on")
    expect(resume).to_be_focused()
    resume.press("Enter")
    wait_for_voice(page)
    assert said(page) == sentence
    page.get_by_role("combobox", name="Speed").select_option("Fast")
    wait_for_voice(page)
    assert said(page) == sentence
    assert page.evaluate("speechSynthesis.said.at(-1).rate") > 1
    page.get_by_role("button", name="Stop").press("Enter")
    assert said(page) == ""
    assert page.evaluate(MARKED) == ""
    expect(listen).to_be_focused()


def test_the_sentence_is_brought_into_sight_unless_its_reader_looks_elsewhere(
    new_page: NewPage, site_url: str
) -> None:
    page = _listening(new_page(375, 667, reduced_motion="reduce"), f"{site_url}symptoms/")
    for _ in range(30):
        finish(page)
        assert page.evaluate(IN_SIGHT)
    page.wait_for_timeout(1100)
    page.mouse.wheel(0, -3000)
    page.wait_for_timeout(500)
    assert page.evaluate("scrollY") == 0
    finish(page)
    finish(page)
    assert page.evaluate("scrollY") == 0


def test_leaving_the_page_ends_it(new_page: NewPage, site_url: str) -> None:
    page = _listening(new_page(), f"{site_url}symptoms/")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert said(page) == ""


def test_a_browser_that_marks_no_words_has_the_block_marked(
    new_page: NewPage, site_url: str
) -> None:
    page = new_page()
    page.add_init_script("delete CSS.highlights; Object.defineProperty(CSS, 'highlights', {})")
    page = _listening(page, f"{site_url}symptoms/")
    expect(page.locator("h1.cs-listen-block")).to_be_visible()
    finish(page)
    expect(page.locator(".cs-listen-block")).to_have_text("Warning signs: get help now")
