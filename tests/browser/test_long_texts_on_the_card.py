"""Long texts on the alert card: nothing is cut, and what does not fit is said.

A test opens pages in a browser, which takes a second or more.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from ..sampling import first_of
from .cards import HIGH, TYPED, WIDE, WIDEST, box_of, boxes_of, type_into

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

    from .conftest import NewPage

# A number as hospitals have them, and as much as no card has room for.
LONG = "+44 (0)20 7946 0958 ext. 12345, ask for the on-call acute oncology registrar"
TOO_LONG = " ".join(f"{number} words," for number in range(40))
# As wide and high as a sheet's margins leave room.
PAPER: ViewportSize = {"width": 718, "height": 1046}
CUT_OFF = """element => [element, ...element.querySelectorAll("*")]
    .filter(each => each.clientWidth && (
        each.scrollWidth > each.clientWidth || each.scrollHeight > each.clientHeight))
    .map(each => each.outerHTML.slice(0, 80))"""


@pytest.fixture
def address(site_url: str) -> str:
    return f"{site_url}alert-card/"


def _printed(page: Page, sheet: str) -> str:
    """Return the words of the page as the browser prints it, without space."""
    text = "".join(each.extract_text() for each in PdfReader(BytesIO(page.pdf(format=sheet))).pages)
    return "".join(text.split())


@pytest.mark.parametrize("sheet", first_of(["A4", "Letter"]))
def test_a_long_number_is_whole_on_a_phone_and_on_a_card_of_full_size(
    new_page: NewPage, address: str, sheet: str
) -> None:
    page = new_page(320)
    page.goto(address)
    type_into(page, [*TYPED[:-1], LONG])
    box, on_card = boxes_of(page).last, page.locator(".cs-card__typed").last
    for shown in (box, on_card):
        assert shown.evaluate(CUT_OFF) == []
        assert box_of(shown)[0] + box_of(shown)[2] <= 320
    page.set_viewport_size({"width": 420, "height": 900})
    page.set_viewport_size({"width": 320, "height": 900})
    # Browsers tell a page of its new width a moment later.
    page.wait_for_function(f"box => ({CUT_OFF})(box).length === 0", arg=box.element_handle())
    assert on_card.inner_text() == LONG
    assert page.locator(".cs-typing__note").all_inner_texts() == [""] * len(TYPED)
    assert _printed(page, sheet).count("".join(LONG.split())) == 1
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    assert box_of(page.locator(".cs-card__team"))[2:] == pytest.approx((WIDE, HIGH), abs=1)


@pytest.mark.parametrize(
    ("cover", "back", "fits"),
    first_of(
        [
            ([], [LONG, LONG], True),
            ([TOO_LONG] * 4, [TOO_LONG] * 2, False),
            ([], ["", LONG], True),
            (TYPED[:4], [LONG, ""], True),
            ([LONG, LONG, LONG, LONG], [], False),
            ([WIDEST] * 4, [], False),
            ([], [TOO_LONG, ""], False),
            (["", TOO_LONG], [], False),
        ],
        count=2,
    ),
)
def test_what_does_not_fit_is_said_and_printed_nevertheless(
    new_page: NewPage, address: str, cover: list[str], back: list[str], fits: bool
) -> None:
    page = new_page(375)
    page.goto(address)
    texts = [*cover, *[""] * (4 - len(cover)), *back, *[""] * (2 - len(back))]
    boxes_of(page).nth(len(texts) - 1).wait_for()
    for box, text in zip(boxes_of(page).all(), texts, strict=True):
        box.fill(text)
    said = page.get_by_role("status").filter(has_text="does not fit on the card")
    assert said.count() == (0 if fits else 1)
    if not fits:
        # At the box that was typed in last, which also names it for a screen reader.
        last = max(number for number, text in enumerate(texts) if text)
        assert said.get_attribute("id") == boxes_of(page).nth(last).get_attribute(
            "aria-describedby"
        )
        assert said.is_visible()
    printed = _printed(page, "A4")
    for text in filter(None, texts):
        assert printed.count("".join(text.split())) == texts.count(text)
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    sides = page.locator(".cs-card__side:has(.cs-card__fields)").all()
    assert len(sides) == 2
    assert all(box_of(side)[3] <= HIGH + 1 for side in sides) is fits


def test_what_is_said_of_a_long_text_goes_with_it(new_page: NewPage, address: str) -> None:
    page = new_page(1280)
    page.goto(address)
    said = page.locator(".cs-typing__note")
    for button in ("", "Clear"):
        boxes_of(page).nth(1).fill(TOO_LONG)
        assert "does not fit" in said.nth(1).inner_text()
        if button:
            page.get_by_role("button", name=button, exact=True).last.click()
        else:
            boxes_of(page).nth(1).fill("short")
        assert said.all_inner_texts() == [""] * len(TYPED)
