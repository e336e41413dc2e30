"""A pair is stale once its claim or its passage is not what a person confirmed.

Every step is a command, and some run in processes of their own.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import yaml

from sourced_guide.claims.model.confirmation import Reviewer
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.project.review_logs import append_entries, read_review_logs
from sourced_guide.claims.review.matching import ReviewStatus
from sourced_guide.claims.review.reviews import review_links

from ..conftest import guide_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

from .conftest import LEGS, NURSE, PAGE, PAIN, Project


def changes(text: str) -> Iterator[str]:
    """Yield `text` with each character changed, and with one left out or added at either end."""
    for at, letter in enumerate(text):
        yield text[:at] + ("x" if letter != "x" else "z") + text[at + 1 :]
    yield from (text[1:], text[:-1], f"x{text}", f"{text}x")


def test_any_character_of_the_claim_makes_it_stale(confirmed: Project) -> None:
    for changed in changes(PAIN[:-1]):
        confirmed.page.write_text(PAGE.replace(PAIN[:-1], changed), "utf-8")
        states = confirmed.states()
        if (PAIN, "spine#pain") not in states:
            assert sorted(state.name for state in states.values()) == [
                "CONFIRMED", "CONFIRMED", "STALE",
            ], changed  # fmt: skip


@pytest.mark.parametrize("field", ["says", "start", "end", "figures"])
def test_any_character_of_the_passage_makes_it_stale(confirmed: Project, field: str) -> None:
    source = yaml.safe_load(confirmed.spine.read_text("utf-8"))
    passage = source["passages"]["pain"]
    passage["figures"] = ["30 percent", "3 months"]

    def save() -> None:
        text = json.dumps(source, default=str)
        confirmed.spine.write_text(text, "utf-8")

    save()
    confirmed.confirm("y\n" * 3)
    assert confirmed.count() == (3, 0, 0)
    written = passage[field]
    variants: Iterator[object] = changes(written) if isinstance(written, str) else iter(
        [[changed, "3 months"] for changed in changes("30 percent")]
        + [[], ["30 percent"], ["30 percent", "3 months", "3"], ["3 months", "30 percent"]]
        + [["30", "percent3 months"], ["30 percent3 months"]]
    )  # fmt: skip
    for changed in variants:
        if changed == written or (isinstance(changed, str) and not changed.strip()):
            continue
        passage[field] = changed
        save()
        assert confirmed.states()[PAIN, "spine#pain"] is ReviewStatus.STALE, changed
    assert confirmed.count() == (2, 1, 0)


def test_words_that_move_between_fields_make_it_stale(confirmed: Project) -> None:
    confirmed.edit(confirmed.spine, "start: The pain is", "start: The pain")
    confirmed.edit(confirmed.spine, "end: worse at night", "end: is worse at night")
    assert confirmed.states()[PAIN, "spine#pain"] is ReviewStatus.STALE


def _rename_passage(project: Project) -> None:
    project.edit(project.spine, "  pain:", "  night-pain:")
    project.edit(project.page, "spine#pain", "spine#night-pain")


EDITS: dict[str, Callable[[Project], object]] = {
    "lines above": lambda p: p.page.write_text(f"# Pain\n\nNew. [@legs#pain]\n\n{PAGE}"),
    "lines broken elsewhere": lambda p: p.page.write_text(PAGE.replace(" ", "\n")),
    "the other claim": lambda p: p.edit(p.page, LEGS, "Feet may feel weak."),
    "emphasis": lambda p: p.edit(p.page, "often", "**often**"),
    "its section": lambda p: p.edit(p.spine, "section: opening", "section: symptoms"),
    "its measure": lambda p: p.edit(p.spine, "figures: []", "figures: []\n    measure: pain"),
    "fields of the source": lambda p: p.edit(p.spine, "about the spine", "about backs"),
    "another passage": lambda p: p.edit(p.spine, "says: Legs may", "says: Legs can"),
    "another source": lambda p: (p.folder / "docs/references/legs.yml").unlink(),
    "the passage's name": _rename_passage,
    "a second citation": lambda p: p.edit(p.page, "[@spine#pain]", "[@legs#pain; @spine#pain]"),
    "another page": lambda p: (
        p.page.rename(p.folder / "docs/legs.md"), p.page.write_text("# Legs\n"),
    ),
    "the page's name": lambda p: p.page.rename(p.folder / "docs/night.md"),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_nothing_else_makes_it_stale(confirmed: Project, edit: str) -> None:
    EDITS[edit](confirmed)
    pain = [state for (claim, _), state in confirmed.states().items() if claim == PAIN]
    assert ReviewStatus.CONFIRMED in pain
    assert ReviewStatus.STALE not in pain


def test_a_claim_that_is_copied_to_another_page_was_not_read_there(confirmed: Project) -> None:
    (confirmed.folder / "docs/z.md").write_text(PAGE)
    reviews = review_links(guide_of(confirmed.folder / "mkdocs.yml")).links
    assert {(each.link.file, each.status) for each in reviews} == {
        ("docs/page.md", ReviewStatus.CONFIRMED),
        ("docs/z.md", ReviewStatus.NEVER_CONFIRMED),
    }


def test_the_finding_says_what_changed_and_what_to_do_and_a_yes_clears_it(
    confirmed: Project,
) -> None:
    confirmed.edit(confirmed.page, "often", "usually")
    code, shown = confirmed.run("check", "--select", "SRC011")
    assert code == 1
    today = load_project(confirmed.folder / "mkdocs.yml").today
    assert (
        f"docs/page.md:1:1: SRC011 the claim changed after {NURSE} confirmed them to agree on "
        f"{today}: the claim was '{PAIN}' (changed-since-confirmed)"
    ) in shown
    place = re.search(r"guide confirm (\S+) --by", shown)
    assert place
    confirmed.confirm("y\n", place[1])
    assert confirmed.run("check", "--select", "SRC011")[0] == 0
    assert confirmed.count() == (3, 0, 0)
    assert len(confirmed.entries()) == 3


def test_each_edited_claim_is_told_with_what_it_was(confirmed: Project) -> None:
    confirmed.page.write_text("One leg hurts. [@spine#pain] Both legs hurt. [@spine#pain]\n")
    confirmed.confirm("y\ny\n")
    confirmed.page.write_text("Both my legs hurt. [@spine#pain] One leg may hurt. [@spine#pain]\n")
    was = {
        each.link.claim: each.confirmation.claim
        for each in review_links(guide_of(confirmed.folder / "mkdocs.yml")).links
        if each.confirmation and each.status is ReviewStatus.STALE
    }
    assert was == {
        "Both my legs hurt.": "Both legs hurt.",
        "One leg may hurt.": "One leg hurts.",
    }


def test_a_claim_that_stands_twice_is_stale_where_one_of_the_two_is_edited(
    session: Project,
) -> None:
    session.page.write_text(
        f"{PAIN} [@spine#pain]\n\n{LEGS} [@spine#legs]\n\n{PAIN} [@spine#pain]\n"
    )
    session.confirm("y\n" * 2)
    assert [entry.times for entry in session.entries()] == [1, 2]
    edited = PAIN.replace("often", "usually")
    session.edit(session.page, PAIN, edited)
    for _ in range(2):
        assert session.states() == {
            (PAIN, "spine#pain"): ReviewStatus.CONFIRMED,
            (LEGS, "spine#legs"): ReviewStatus.CONFIRMED,
            (edited, "spine#pain"): ReviewStatus.STALE,
        }
        # Whatever is confirmed in between, the edited one stays in doubt.
        session.edit(session.page, LEGS, f"New. [@legs#pain]\n\n{LEGS}")
        session.confirm("s\ny\n")
        session.edit(session.page, "New. [@legs#pain]\n\n", "")
    session.confirm("y\n")
    assert session.count() == (3, 0, 0)
    assert {(entry.claim, entry.times) for entry in session.entries()} == {
        (PAIN, 1), (LEGS, 1), (edited, 1),
    }  # fmt: skip


def test_a_claim_that_stands_twice_may_lose_one_of_the_two(session: Project) -> None:
    session.page.write_text(f"{PAIN} [@spine#pain]\n\n{PAIN} [@spine#pain]\n")
    session.confirm("y\n")
    session.page.rename(session.folder / "docs/night.md")
    session.page.write_text("# Pain\n")
    assert session.count() == (1, 0, 0)
    session.edit(session.folder / "docs/night.md", f"{PAIN} [@spine#pain]\n\n", "")
    assert session.count() == (1, 0, 0)
    assert "Orphaned" not in session.run("report")[1]


def test_a_claim_that_loses_one_of_its_citations_is_stale_until_it_is_read_again(
    confirmed: Project,
) -> None:
    confirmed.edit(confirmed.page, "; @legs#legs", "")
    assert confirmed.count() == (1, 1, 0)
    code, shown = confirmed.run("check", "--select", "SRC011")
    assert code == 1
    assert "docs/page.md:3:1: SRC011 the claim was confirmed with 'legs#legs', which it no" in shown
    assert "help: cite it again, or read the claim together with what it still cites" in shown

    # It stays in doubt while others are confirmed; citing it again settles it.
    confirmed.edit(confirmed.page, PAIN, f"New. [@spine#pain]\n\n{PAIN}")
    confirmed.confirm("s\ny\n")
    assert confirmed.count() == (2, 1, 0)
    confirmed.edit(confirmed.page, "[@spine#legs]", "[@spine#legs; @legs#legs]")
    assert confirmed.count() == (4, 0, 0)
    assert confirmed.run("check", "--select", "SRC011")[0] == 0

    # So does a yes to what is left of it.
    confirmed.edit(confirmed.page, "; @legs#legs", "")
    _, shown = confirmed.confirm("y\n")
    assert f"  before   cited legs#legs too, confirmed by {NURSE} on " in shown
    assert confirmed.count() == (3, 0, 0)
    assert "legs#legs" not in {entry.passage for entry in confirmed.entries()}
    assert "Orphaned" not in confirmed.run("report")[1]


def test_a_claim_that_moves_and_loses_a_citation_is_stale(confirmed: Project) -> None:
    confirmed.page.write_text(f"{PAIN} [@spine#pain]\n")
    (confirmed.folder / "docs/z.md").write_text(f"{LEGS} [@spine#legs]\n")
    assert confirmed.states()[LEGS, "spine#legs"] is ReviewStatus.STALE


def test_a_citation_that_two_people_confirmed_is_not_lost(confirmed: Project) -> None:
    log = read_review_logs(confirmed.folder)[0]
    other = Reviewer("John Roe", "surgeon", "", clinician=False)
    append_entries(confirmed.folder, [replace(entry, reviewer=other) for entry in log.entries])
    assert [len(entry.readers) for entry in confirmed.entries()] == [2, 2, 2]
    assert confirmed.count() == (3, 0, 0)
    confirmed.page.rename(confirmed.folder / "docs/night.md")
    assert confirmed.count() == (3, 0, 0)


def test_an_entry_that_nobody_claims_any_more_is_reported_and_then_dropped(
    confirmed: Project,
) -> None:
    confirmed.page.write_text(f"{LEGS} [@spine#legs; @legs#legs]\n\nNew. [@legs#pain]\n")
    assert confirmed.run("check", "--select", "SRC011")[0] == 0
    _, shown = confirmed.run("report")
    assert f"docs/page.md: {PAIN} [@spine#pain] ({NURSE}, " in shown
    assert len(confirmed.entries()) == 3
    confirmed.confirm("y\n")
    assert PAIN not in {entry.claim for entry in confirmed.entries()}
    assert "Orphaned" not in confirmed.run("report")[1]
