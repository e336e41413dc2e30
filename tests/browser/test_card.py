"""The alert card: typed on the reader's device, printed as large as a bank card, kept nowhere.

A test opens pages in a browser, which takes a second or more.
"""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest

from ..front_matter import ROOT, reviewer_of
from ..sampling import first_of
from .cards import HIGH, MILLIMETER, TYPED, WIDE, WIDEST, box_of, boxes_of, type_into

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from .conftest import NewPage

LEAST_LETTERS, LEAST_TYPED_LETTERS = 10, 9
POINT = 96 / 72
KEPT = """async () => ({
    local: {...localStorage},
    session: {...sessionStorage},
    databases: (await indexedDB.databases()).map(each => each.name),
    caches: await caches.keys(),
    cookies: document.cookie,
    address: location.href,
})"""
# Whoever asks for words has them in the order of the card, without the numbers of citations.
WORDS = """element => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll(".cs-citation").forEach(each => each.remove());
    return copy.textContent.replace(/\\s+/g, " ").trim();
}"""
# What stands on paper beside the card, its instructions, and who has checked it.
OTHER_TEXT_ON_PAPER = """() => [...document.querySelectorAll("body *")]
    .filter(each => each.checkVisibility({opacityProperty: true}) && each.getClientRects().length)
    .filter(each => !each.closest(".cs-card, .cs-review"))
    .filter(each => [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .map(each => each.outerHTML.slice(0, 80))"""
SMALLEST_LETTERS = """card => Math.min(...[...card.querySelectorAll("*")]
    .filter(each => each.checkVisibility() && each.getClientRects().length)
    .filter(each => [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .map(each => parseFloat(getComputedStyle(each).fontSize)))"""
# Where each line of the text is.
LINES = """side => {
    const range = document.createRange();
    const walker = document.createTreeWalker(side, NodeFilter.SHOW_TEXT);
    const lines = [];
    while (walker.nextNode()) {
        range.selectNodeContents(walker.currentNode);
        lines.push(...[...range.getClientRects()].filter(each => each.width > 1));
    }
    return lines.map(({top, bottom}) => ({top, bottom}));
}"""
NOT_BLACK = """card => [...card.querySelectorAll("*")]
    .filter(each => each.checkVisibility() && each.innerText?.trim())
    .filter(each => getComputedStyle(each).color !== "rgb(0, 0, 0)")
    .map(each => each.outerHTML.slice(0, 80))"""


@pytest.fixture
def address(site_url: str) -> str:
    return f"{site_url}alert-card/"


def _words(page: Page, selector: str) -> str:
    return str(page.locator(selector).evaluate(WORDS))


def test_what_is_typed_stands_on_the_card(new_page: NewPage, address: str) -> None:
    page = new_page(375)
    page.goto(address)
    empty = _words(page, ".cs-card__front")
    type_into(page, TYPED)
    lines = page.locator(".cs-card__fields li")
    for index, text in enumerate(TYPED):
        label = page.locator(".cs-typing label").nth(index).inner_text()
        assert lines.nth(index).inner_text().split() == f"{label}: {text}".split()
    page.get_by_role("button", name="Clear", exact=True).last.click()
    assert [box.input_value() for box in boxes_of(page).all()] == [""] * len(TYPED)
    assert _words(page, ".cs-card__front") == empty
    assert boxes_of(page).first.evaluate("box => box === document.activeElement")


def test_what_is_typed_is_text_and_stands_on_the_card_whole(
    new_page: NewPage, address: str
) -> None:
    page = new_page(1280)
    page.goto(address)
    texts = ["<b>bold</b>", "W" * 200, "&amp;", "", "<i>", "&lt;"]
    boxes_of(page).nth(len(texts) - 1).wait_for()
    for box, text in zip(boxes_of(page).all(), texts, strict=True):
        box.fill(text)
    assert page.locator(".cs-card__typed").all_text_contents() == texts


@pytest.mark.parametrize("color_scheme", first_of(["dark", "light"]))
def test_on_paper_there_is_the_card_with_what_was_typed(
    new_page: NewPage, address: str, color_scheme: str
) -> None:
    page = new_page(718, 1046, color_scheme=color_scheme)
    page.goto(address)
    type_into(page, TYPED)
    page.emulate_media(media="print", color_scheme=color_scheme)  # type: ignore[arg-type]
    cover, team, inside = (box_of(side) for side in page.locator(".cs-card__side").all())
    # Below each other, the signs as long as the two other sides, which fold behind them.
    assert inside[2:] == pytest.approx((WIDE, 2 * HIGH), abs=1)
    for side in (cover, team):
        assert side[2:] == pytest.approx((WIDE, HIGH), abs=1)
    left, top = cover[:2]
    assert team[:2] == pytest.approx((left, top + HIGH), abs=1)
    assert inside[:2] == pytest.approx((left, top + 2 * HIGH), abs=1)
    # The third fold, in the middle of the signs, goes through none of their lines.
    fold = inside[1] + HIGH
    lines = page.locator(".cs-card__back").evaluate(LINES)
    assert len(lines) > 15
    assert [line for line in lines if line["top"] < fold + 1 and line["bottom"] > fold - 1] == []
    card = page.locator(".cs-card")
    for text in TYPED:
        assert text in card.inner_text()
    # In a text that fits, nothing is made smaller.
    assert card.evaluate(SMALLEST_LETTERS) / POINT >= LEAST_LETTERS - 0.01
    assert card.evaluate(NOT_BLACK) == []
    assert page.evaluate(OTHER_TEXT_ON_PAPER) == []
    reviewed = reviewer_of(ROOT / "docs/alert-card.md", "this page yet")
    assert reviewed in page.locator(".cs-review").inner_text()


@pytest.mark.parametrize("sheet", first_of(["A4", "Letter"]))
def test_the_card_fits_one_sheet_and_is_not_made_smaller(
    new_page: NewPage, address: str, sheet: str
) -> None:
    page = new_page(1280)
    page.goto(address)
    type_into(page, [*TYPED[:-1], WIDEST])
    with pikepdf.open(BytesIO(page.pdf(format=sheet))) as pdf:
        assert len(pdf.pages) == 1
        # Where a sheet's margins leave too little room, a browser makes all of the page smaller.
        assert min(_letters(pdf.pages[0])) >= LEAST_TYPED_LETTERS - 0.01


def _letters(sheet: pikepdf.Page) -> Iterator[float]:
    """The sizes of the letters on a sheet, in points (ISO 32000-1, 8.4 and 9.3)."""
    now, kept, size = pikepdf.Matrix(), [], 0.0
    for step in pikepdf.parse_content_stream(sheet):
        match str(step.operator):
            case "q":
                kept.append(now)
            case "Q":
                now = kept.pop()
            case "cm":
                now = pikepdf.Matrix(*map(float, step.operands)) @ now
            case "Tf":
                size = float(step.operands[1])
            case "Tm":
                yield size * abs((pikepdf.Matrix(*map(float, step.operands)) @ now).d)


def test_nothing_that_is_typed_is_stored_or_sent(new_page: NewPage, address: str) -> None:
    page = new_page(1280)
    page.goto(address, wait_until="networkidle")
    before = page.evaluate(KEPT)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.on("websocket", lambda socket: sent.append(socket.url))
    type_into(page, TYPED)
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert sent == []
    assert page.evaluate(KEPT) == before
    assert page.context.cookies() == []
    assert not any(text in str(page.context.storage_state()) for text in TYPED)
    # Browsers remember what is typed into other boxes, and let their maker check its spelling.
    for box in boxes_of(page).all():
        assert box.get_attribute("autocomplete") == "off"
        assert box.get_attribute("spellcheck") == "false"
        assert box.get_attribute("name") is None
    assert page.locator("form:has(.cs-typing), .cs-typing form").count() == 0


def test_it_is_gone_after_a_reload_and_after_coming_back(
    new_page: NewPage, site_url: str, address: str
) -> None:
    page = new_page(1280)
    page.goto(address)
    for way in ("reloading", "coming back"):
        type_into(page, TYPED)
        if way == "reloading":
            page.reload()
        else:
            page.goto(site_url)
            page.go_back()
        assert [box.input_value() for box in boxes_of(page).all()] == [""] * len(TYPED), way
        assert not any(text in page.content() for text in TYPED), way


def test_a_page_that_a_browser_keeps_as_it_was_is_kept_empty(
    new_page: NewPage, address: str
) -> None:
    page = new_page(1280)
    page.goto(address)
    type_into(page, TYPED)
    # The browser of the tests keeps none; one that does says so with this event (HTML 7.4.6).
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    assert [box.input_value() for box in boxes_of(page).all()] == [""] * len(TYPED)
    assert not any(text in page.content() for text in TYPED)


def test_the_button_prints(new_page: NewPage, address: str) -> None:
    page = new_page(1280)
    page.add_init_script("window.print = () => { window.printed = true; }")
    page.goto(address)
    page.get_by_role("button", name="Print the card").click()
    assert page.evaluate("window.printed === true")


def test_without_scripts_the_card_has_lines_to_write_on(new_page: NewPage, address: str) -> None:
    page = new_page(375, java_script_enabled=False)
    page.goto(address)
    assert page.locator(".cs-typing, article textarea").count() == 0
    assert page.get_by_text("write on its lines with a pen").is_visible()
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        lines = page.locator(".cs-card__fields li")
        assert lines.count() == len(TYPED)
        for line in lines.all():
            width = line.evaluate("line => parseFloat(getComputedStyle(line).borderBottomWidth)")
            assert width > 0
            box = line.bounding_box()
            assert box
            assert box["height"] >= 6 * MILLIMETER, "no room for a pen"
        block, _, _ = (
            (ROOT / "includes/warning-signs.md").read_text("utf-8").partition("[end:full]")
        )
        signs = block.count("\n    - ")
        assert page.locator(".cs-card__back li").count() == signs
        assert page.locator(".cs-card__back").is_visible()


def test_the_signs_are_the_words_of_the_warning_signs(
    new_page: NewPage, site_url: str, address: str
) -> None:
    page = new_page(1280)
    page.goto(address)
    on_the_card = _words(page, ".cs-card__back")
    page.goto(f"{site_url}warning-signs/")
    assert on_the_card == _words(page, ".admonition.danger >> nth=0")


def test_the_keyboard_goes_from_box_to_box_to_the_card(new_page: NewPage, address: str) -> None:
    page = new_page(1280)
    page.goto(address)
    boxes_of(page).first.focus()
    names = []
    for _ in range(len(TYPED) + 2):
        names.append(
            page.evaluate("""() => {
                const {labels, textContent} = document.activeElement;
                return labels?.[0]?.textContent || textContent;
            }""")
        )
        page.keyboard.press("Tab")
    labels = page.locator(".cs-typing label").all_text_contents()
    assert names == [*labels, "Print the card", "Clear"]
    assert page.evaluate("Boolean(document.activeElement.closest('.cs-card'))")


@pytest.mark.parametrize(
    ("width", "color_scheme"), first_of([(320, "dark"), (375, "light"), (1280, "light")])
)
def test_the_filled_card_can_be_seen_and_reached_by_everybody(
    new_page: NewPage, address: str, width: int, color_scheme: str
) -> None:
    page = new_page(width, color_scheme=color_scheme)
    page.add_init_script(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    page.goto(address)
    type_into(page, [WIDEST] * len(TYPED))
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    # What is around the text is looked at in test_pages.py.
    found = page.evaluate("axe.run('article', {resultTypes: ['violations']})")["violations"]
    assert found == [], "\n".join(f"{each['id']}: {each['nodes'][0]['html']}" for each in found)
    for control in page.locator(".cs-typing :is(textarea, button)").all():
        box = control.bounding_box()
        assert box
        assert box["height"] >= 44
