"""How long a reader with a slow phone waits for a panel: from the tap to what is painted next.

Chromium is slowed down six times, as DevTools does for "a slow phone". What it measures is the
Event Timing of the click, as Interaction to Next Paint (web.dev/inp) is made of.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from bench.serving import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, CDPSession, Locator, Page

SLOWER = 6
_TAPS = 10
_MARKS = "main sup a:visible"
_MIDDLE = """mark => {
    const {x, y, width, height} = mark.getBoundingClientRect();
    return [x + width / 2, y + height / 2];
}"""
_TOLD = """new Promise(tell => {
    const ask = () => window.clicks.length ? tell(window.clicks[0]) : setTimeout(ask, 50);
    ask();
})"""
_CLICKS = """
window.clicks = [];
new PerformanceObserver(list => list.getEntries().forEach(one => {
    if (one.name === "click") window.clicks.push(one.duration);
})).observe({type: "event", durationThreshold: 16});
"""


def waits(address: str, pages: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Yield each page with the median of its taps, in milliseconds."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable(), args=chromium.arguments()
        )
        for name in pages:
            yield name, median(_taps(browser, address + name))
        browser.close()


def _taps(browser: Browser, url: str) -> Iterator[float]:
    context = browser.new_context(viewport={"width": 375, "height": 800}, device_scale_factor=2)
    context.add_init_script(_CLICKS)
    page = context.new_page()
    page.goto(url, wait_until="networkidle")
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    marks = page.locator(_MARKS)
    many = marks.count()
    for number in range(min(_TAPS, many)):
        yield _tap(page, session, marks.nth(number * many // min(_TAPS, many)))
        page.keyboard.press("Escape")
    context.close()


def _tap(page: Page, session: CDPSession, mark: Locator) -> float:
    mark.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    x, y = mark.evaluate(_MIDDLE)
    where = {"x": x, "y": y}
    session.send("Input.dispatchMouseEvent", {"type": "mouseMoved", **where})
    page.wait_for_timeout(200)
    page.evaluate("window.clicks = []")
    # Playwright's own click asks the page where things are, which is counted as part of it.
    for kind in ("mousePressed", "mouseReleased"):
        session.send(
            "Input.dispatchMouseEvent", {"type": kind, "button": "left", "clickCount": 1, **where}
        )
    page.locator(".cs-panel").wait_for()
    duration: float = page.evaluate(_TOLD)
    return duration
