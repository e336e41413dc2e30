"""Somebody reviews a small project by keyboard, closes the browser in the middle and goes on."""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

import pytest

from sourced_guide.claims.review.answers import read_answers
from sourced_guide.cli.main import main

from ..sampling import first_of
from .conftest import begin, claim_of, press_until, saved

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from .conftest import OpenBrowser, Pack

COMMENT = "Not always: “often” is too strong."
# Without storage, as where a browser keeps nothing for files.
KEEPS_NOTHING = "Storage.prototype.setItem = () => { throw new DOMException('no'); };"
AXE = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
TOO_WIDE = "document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth"


def test_every_claim_is_reached_by_keyboard_and_closing_loses_nothing(
    pack: Pack, open_browser: OpenBrowser, tmp_path: Path
) -> None:
    context = open_browser()
    page = context.pages[0]
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text))
    page.goto(pack.file.as_uri())
    begin(page)
    seen = []
    for key in "ad":
        seen.append(claim_of(page))
        page.keyboard.press(key)
    page.keyboard.type(COMMENT)
    page.keyboard.press("Control+Enter")
    assert asked == [pack.file.as_uri()]
    context.close()

    page = open_browser().pages[0]
    page.goto(pack.file.as_uri())
    press_until(page, "Tab", "#begin")
    assert page.evaluate("document.activeElement.textContent") == "Go on with claim 3"
    page.keyboard.press("Enter")
    for key in ["c", "ArrowRight", *"a" * (len(pack.claims) - 4)]:
        seen.append(claim_of(page))
        page.keyboard.press(key)
    assert seen == pack.claims
    assert page.locator("#view-end h1").text_content() == "1 claim open"

    file = saved(page, tmp_path)
    answers = json.loads(file.read_text("utf-8"))
    assert answers["pack"] == pack.data["id"]
    assert answers["reviewer"] == {"name": "Jane Doe", "role": "spine nurse", "interests": "none"}
    given = [(it["claim"], it["answer"], it["comment"]) for it in answers["answers"]]
    first, second, third, _, *rest = pack.claims
    assert given == [
        (first, "agree", ""),
        (second, "disagree", COMMENT),
        (third, "cannot-tell", ""),
        *((claim, "agree", "") for claim in rest),
    ]
    assert len(read_answers(file).answers) == len(pack.claims) - 1
    assert faults == []


def test_an_answer_is_changed_and_removed_and_the_list_shows_what_is_open(
    pack: Pack, browser: Browser
) -> None:
    page = browser.new_page()
    page.goto(pack.file.as_uri())
    begin(page)
    page.keyboard.press("a")
    page.keyboard.press("a")
    page.keyboard.press("k")
    assert claim_of(page) == pack.claims[1]
    page.keyboard.press("c")
    assert claim_of(page) == pack.claims[2]
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("k")
    press_until(page, "Tab", "[data-do=remove]")
    page.keyboard.press("Enter")
    page.keyboard.press("g")
    page.wait_for_selector("#view-list", state="visible")
    states = page.locator("#rows .state").all_text_contents()
    assert states == ["Open", "Cannot tell", *["Open"] * (len(pack.claims) - 2)]
    press_until(page, "Shift+Tab", "[name=filter]")
    page.keyboard.press("ArrowRight")
    assert page.locator("#rows button").count() == len(pack.claims) - 1
    press_until(page, "Tab", "#rows button")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("#view-claims", state="visible")
    assert claim_of(page) == pack.claims[2]


def test_single_keys_can_be_turned_off(pack: Pack, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(pack.file.as_uri())
    begin(page)
    press_until(page, "Tab", "#keys")
    page.keyboard.press("Space")
    page.locator("#claim").focus()
    page.keyboard.press("a")
    page.keyboard.press("g")
    assert claim_of(page) == pack.claims[0]
    assert page.locator("kbd:visible").count() == 0
    page.reload()
    page.wait_for_selector("#view-claims", state="visible")
    assert not page.locator("#keys").is_checked()
    press_until(page, "Tab", "[data-answer=agree]")
    page.keyboard.press("Enter")
    assert claim_of(page) == pack.claims[1]


def test_where_a_browser_keeps_nothing_a_file_does(
    pack: Pack, browser: Browser, tmp_path: Path
) -> None:
    page = browser.new_context().new_page()
    page.add_init_script(KEEPS_NOTHING)
    page.goto(pack.file.as_uri())
    begin(page)
    page.keyboard.press("c")
    assert "keeps nothing" in str(page.locator("#kept").text_content())
    page.on("dialog", lambda dialog: dialog.dismiss())
    with page.expect_event("dialog") as warning:
        page.close(run_before_unload=True)
    assert warning.value.type == "beforeunload"
    file = saved(page, tmp_path)
    page.context.close()

    page = browser.new_page()
    page.add_init_script(KEEPS_NOTHING)
    page.goto(pack.file.as_uri())
    page.locator("#load").set_input_files(file)
    page.wait_for_selector("#fault", state="visible")
    assert page.locator("#fault").text_content() == "1 answer loaded."
    press_until(page, "Tab", "#begin")
    page.keyboard.press("Enter")
    assert claim_of(page) == pack.claims[1]


@pytest.mark.parametrize("spoilt", ["", "{}", '{"format": "sourced-guide review answers 1"'])
def test_what_is_no_file_of_answers_is_said(
    pack: Pack, browser: Browser, tmp_path: Path, spoilt: str
) -> None:
    (tmp_path / "answers.json").write_text(spoilt)
    page = browser.new_page()
    page.goto(pack.file.as_uri())
    page.locator("#load").set_input_files(tmp_path / "answers.json")
    page.wait_for_selector("#fault", state="visible")
    assert "not a file of answers" in str(page.locator("#fault").text_content())


@pytest.mark.parametrize("scheme", first_of(["dark", "light"]))
def test_each_part_is_accessible_and_as_narrow_as_a_small_phone(
    pack: Pack, browser: Browser, scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    page.add_init_script(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    page.goto(pack.file.as_uri())
    found = _faults(page)
    begin(page)
    found += _faults(page)
    page.keyboard.press("d")
    page.keyboard.type("No.")
    found += _faults(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    found += _faults(page)
    for view in ("list", "end"):
        page.evaluate(f"location.hash = '{view}'")
        page.wait_for_selector(f"#view-{view}", state="visible")
        page.set_viewport_size({"width": 320, "height": 640})
        found += _faults(page)
    assert found == []


def _faults(page: Page) -> list[str]:
    violations = page.evaluate("(options) => axe.run(document, options)", AXE)["violations"]
    found = [f"{it['id']}: {it['nodes'][0]['html']}" for it in violations]
    return [*found, *(["the page is too wide"] if page.evaluate(TOO_WIDE) else [])]


def test_on_paper_each_claim_has_its_boxes(pack: Pack, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(pack.file.as_uri())
    begin(page)
    page.keyboard.press("a")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    heads = [f"{number}. {claim}" for number, claim in enumerate(pack.claims, 1)]
    assert page.locator("#paper h3:visible").all_text_contents() == heads
    assert page.locator(".box:visible").count() == 3 * len(pack.claims)
    assert page.locator("#view-claims:visible").count() == 0


def test_the_answers_are_taken_into_the_log_of_the_reviewer(
    pack: Pack, browser: Browser, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = browser.new_page()
    page.goto(pack.file.as_uri())
    begin(page)
    page.keyboard.press("c")
    file = saved(page, tmp_path)
    copy = tmp_path / "project"
    shutil.copytree(pack.project, copy)
    assert main(["review", "take", str(file), "--config", str(copy / "mkdocs.yml")]) == 0
    assert "1 answer taken" in capsys.readouterr().out
    assert (copy / "reviews/jane-doe.yml").exists()
