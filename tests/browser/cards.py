"""What the tests of the alert card share: what is typed, and how large the card is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

TYPED = [
    "Mary Ann Smith",
    "12 May 1956",
    "943 476 5919",
    "Breast cancer",
    "01234 567 890, ext. 12",
    "01234 567 899",
]
# As long as a text gets that has no space to break at.
WIDEST = "W" * 48
# ISO/IEC 7810, ID-1. A pixel of CSS is 1/96 of an inch.
MILLIMETER = 96 / 25.4
WIDE, HIGH = 85.6 * MILLIMETER, 54 * MILLIMETER


def boxes_of(page: Page) -> Locator:
    return page.locator(".cs-typing textarea")


def box_of(element: Locator) -> tuple[float, float, float, float]:
    box = element.bounding_box()
    assert box
    return box["x"], box["y"], box["width"], box["height"]


def type_into(page: Page, texts: list[str]) -> None:
    # A script makes them.
    boxes_of(page).nth(len(texts) - 1).wait_for()
    for box, text in zip(boxes_of(page).all(), texts, strict=True):
        # The last letter as a person types it, the rest as a whole: the script answers to both.
        box.fill(text[:-1])
        box.press_sequentially(text[-1:])
