"""The index of all sources: a filter, anchors from outside, and all of it without scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from .conftest import NewPage

LINE = ".cs-index__lines a"
SHOWN = f"{LINE}:visible"


def test_the_index_of_sources_is_filtered_by_words_and_by_kind(
    new_page: NewPage, site_url: str
) -> None:
    page = new_page()
    page.goto(f"{site_url}references/")
    everything = page.locator(LINE).count()
    words, kind = page.get_by_label("Find a source by words"), page.get_by_label("Kind of source")
    # In any order, without regard to case.
    words.fill("RANDOMISED patchell")
    expect(page.locator(SHOWN)).to_have_text([re.compile("^Patchell RA, et al")])
    expect(page.get_by_role("status").filter(has_text="1 of ")).to_be_visible()
    # Letters without a source are no way to go.
    expect(page.locator(".cs-letters a:visible")).to_have_text(["P"])
    kind.select_option("Guideline")
    expect(page.locator(SHOWN)).to_have_count(0)
    words.fill("")
    shown = page.locator(SHOWN).all_text_contents()
    assert 0 < len(shown) < everything
    assert all(re.search(r"\. Guideline, (\d{4}|no date)$", text) for text in shown)
    kind.select_option("")
    expect(page.locator(SHOWN)).to_have_count(everything)
    assert page.url == f"{site_url}references/"


@pytest.mark.exhaustive
def test_the_list_is_as_it_was_for_whoever_comes_back(new_page: NewPage, site_url: str) -> None:
    page = new_page()
    page.goto(f"{site_url}references/")
    page.get_by_label("Find a source by words").fill("patchell randomised")
    page.locator(SHOWN).click()
    page.wait_for_url("**/references/*.html#ref-*")
    page.go_back()
    expect(page.locator(SHOWN)).to_have_count(1)
    expect(page.get_by_label("Find a source by words")).to_have_value("patchell randomised")
    # Another visit begins with the whole list.
    page.goto(f"{site_url}glossary/")
    page.goto(f"{site_url}references/")
    expect(page.get_by_label("Find a source by words")).to_have_value("")


def test_the_glossary_is_filtered_by_words_also_by_other_names(
    new_page: NewPage, site_url: str
) -> None:
    page = new_page(360, 640)
    page.goto(f"{site_url}glossary/")
    terms = page.locator("dt[id]:visible")
    everything = terms.count()
    page.get_by_label("Find a word").fill("tailbone")
    expect(terms).to_have_text(["Coccyx"])
    expect(page.locator("dd:visible")).to_have_count(1)
    expect(page.locator(".cs-letters a:visible")).to_have_text(["C"])
    # What no term is called is found in what terms mean.
    page.get_by_label("Find a word").fill("liver")
    expect(page.locator("dd:visible").first).to_contain_text("liver")
    page.get_by_label("Find a word").fill("")
    expect(terms).to_have_count(everything)


def test_the_address_of_a_passage_leads_on_to_where_it_is_now(
    new_page: NewPage, site_url: str
) -> None:
    page = new_page(360, 640)
    page.goto(f"{site_url}references/#ref-jama-2020--night-pain")
    page.wait_for_url("**/*.html#ref-jama-2020--night-pain")
    expect(page.locator("li:target")).to_be_in_viewport()
    page.go_back()
    # The address that led on is not in the history: it would lead on again.
    assert "references" not in page.url


def test_the_address_of_a_source_is_that_of_its_line(new_page: NewPage, site_url: str) -> None:
    for scripts in (True, False):
        page = new_page(java_script_enabled=scripts)
        page.goto(f"{site_url}references/#ref-jama-2020")
        line = page.locator("#ref-jama-2020")
        expect(line).to_be_in_viewport()
        line.click()
        expect(page.locator("h3#ref-jama-2020")).to_be_in_viewport()


def test_without_scripts_all_sources_are_there_and_no_filter(
    new_page: NewPage, site_url: str
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{site_url}references/")
    assert page.locator(SHOWN).count() == page.locator(LINE).count() > 400
    expect(page.get_by_label("Find a source by words")).to_have_count(0)
