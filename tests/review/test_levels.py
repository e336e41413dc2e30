"""Levels: readers are told how far a page has been checked, and by whom."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema_rs

from sourced_guide.claims.language.markup.written_html import element_of
from sourced_guide.claims.render.directives import deferred_directive
from sourced_guide.claims.report.export import claims_data

from .conftest import JANE, JOHN, LEGS, PAIN, Reviewed


def level(project: Reviewed, page: str = "index.md") -> tuple[str, list[tuple[str, int, int]]]:
    """Return a page's level as claims.json has it, and of each reader the claims read, of all."""
    data = claims_data(project.guide)
    schema = files("sourced_guide.claims.report").joinpath("claims.schema.json").read_text("utf-8")
    jsonschema_rs.validate(json.loads(schema), data)
    told = next(it["review"] for it in data["pages"] if it["path"] == page)
    return told["level"], [(it["name"], it["read"], it["of"]) for it in told["readers"]]


def test_without_a_review_a_page_is_checked_by_the_program(project: Reviewed) -> None:
    assert level(project) == ("program", [])
    part = element_of(deferred_directive("[REVIEWS]", project.guide, lambda path, _: path))
    assert "".join(part.itertext()) == "So far no review by a person is on record."


def test_what_a_clinician_read_counts_until_it_changes(project: Reviewed) -> None:
    project.take({PAIN: "agree", LEGS: "agree"}, "--clinician")
    assert level(project) == ("clinician", [("Jane Doe", 2, 2)])
    project.edit("docs/index.md", "heavy", "stiff")
    assert level(project) == ("clinician", [("Jane Doe", 1, 2)])
    assert level(project, "legs.md") == ("clinician", [("Jane Doe", 2, 2)])
    project.edit("docs/references/spine.yml", "says: The pain is often", "says: Pain is often")
    assert level(project) == ("program", [])
    project.edit("docs/references/spine.yml", "says: Pain is often", "says: The pain is often")
    project.edit("docs/index.md", "stiff", "heavy")
    assert level(project) == ("clinician", [("Jane Doe", 2, 2)])


def test_another_citation_has_to_be_read_too(project: Reviewed) -> None:
    project.take({PAIN: "agree"}, "--clinician")
    project.edit("docs/index.md", "[@spine#pain]", "[@spine#pain; @legs#pain]")
    assert level(project) == ("program", [])


def test_only_an_editor_says_that_somebody_is_a_clinician(project: Reviewed) -> None:
    project.take({PAIN: "agree"}, by={**JANE, "role": "doctor, clinician: yes"})
    assert level(project) == ("second person", [("Jane Doe", 1, 2)])


def test_two_people_are_named_each_with_their_own_day(project: Reviewed) -> None:
    project.take({PAIN: "agree"}, "--clinician", at="2026-12-01T10:00:00Z")
    project.take({PAIN: "agree", LEGS: "agree"}, by=JOHN, at="2026-12-05T10:00:00Z")
    assert level(project) == ("clinician", [("Jane Doe", 1, 2), ("John Roe", 2, 2)])
    data = claims_data(project.guide)
    assert data["pages"][0]["review"]["says"] == (
        "Read in part by a clinician: Jane Doe, spine nurse (read 1 of 2 statements; December 1, "
        "2026). Interests: none. Sources seen again by a second person: John Roe, surgeon (read 2 "
        "of 2 statements; December 5, 2026). Interests: Paid talks."
    )
    part = element_of(deferred_directive("[REVIEWS]", project.guide, lambda path, _: path))
    shown = "".join(part.itertext())
    assert [it["head"] in shown for it in data["reviews"]] == [True, True]


def test_who_no_longer_agrees_is_not_counted(project: Reviewed) -> None:
    project.take({PAIN: "agree"}, "--clinician")
    project.take({PAIN: "cannot-tell"}, at="2026-12-02T10:00:00Z")
    assert level(project) == ("program", [])
