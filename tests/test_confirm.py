"""Confirming: a person reads a claim with its passage, and what they said is kept or in doubt."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema_rs
import pytest
import yaml

from sourced_guide.claims.model.errors import UnwritableFileError
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.project.reviews import (
    Confirmation,
    read_confirmations,
    write_confirmations,
)
from sourced_guide.claims.report.export import claims_data
from sourced_guide.claims.review.matching import ReviewStatus, review_links
from sourced_guide.claims.rules import check
from sourced_guide.cli.main import claims as main

from .conftest import FIXTURES, ROOT, guide_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NURSE = "Jane Doe, spine nurse"
PAIN = "The pain is often worse at night."
LEGS = "Legs may feel weak or heavy."
PAGE = f"{PAIN} [@spine#pain]\n\n{LEGS} [@spine#legs; @legs#legs]\n"
ENTRY = {
    "file": "docs/page.md",
    "claim": PAIN,
    "passage": "spine#pain",
    "fingerprint": "0" * 32,
    "by": NURSE,
    "on": "2026-11-20",
}


@dataclass
class Project:
    """A project of one page with three pairs, and the command as a person runs it."""

    folder: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    @property
    def page(self) -> Path:
        return self.folder / "docs/page.md"

    @property
    def spine(self) -> Path:
        return self.folder / "docs/references/spine.yml"

    @property
    def file(self) -> Path:
        return self.folder / "confirmations.yml"

    def confirm(self, answers: str, *arguments: str, by: str = NURSE) -> tuple[int, str]:
        """Return the exit code and what was shown."""
        self.monkeypatch.setattr(sys, "stdin", io.StringIO(answers))
        return self.run("confirm", *arguments, "--by", by)

    def run(self, *arguments: str) -> tuple[int, str]:
        code = main(arguments)
        shown = self.capsys.readouterr()
        return code, shown.out + shown.err

    def states(self) -> dict[tuple[str, str], ReviewStatus]:
        """Return the state of each pair by its claim and citation."""
        reviews = review_links(guide_of(self.folder / "mkdocs.yml")).links
        return {(each.link.claim, each.link.reference): each.status for each in reviews}

    def count(self) -> tuple[int, ...]:
        """Return how many pairs are confirmed, stale and never confirmed."""
        states = list(self.states().values())
        return tuple(states.count(state) for state in ReviewStatus)

    def edit(self, path: Path, old: str, new: str) -> None:
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def entries(self) -> list[Confirmation]:
        return read_confirmations(self.file)


@pytest.fixture
def project(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Project:
    shutil.copytree(FIXTURES / "references", tmp_path / "docs/references")
    (tmp_path / "includes").mkdir()
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    (tmp_path / "mkdocs.yml").write_text(settings, "utf-8")
    (tmp_path / "docs/page.md").write_text(PAGE, "utf-8")
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path, capsys, monkeypatch)


@pytest.fixture
def confirmed(project: Project) -> Project:
    """The project after a person has said yes to all three pairs."""
    project.confirm("y\ny\ny\n")
    assert project.count() == (3, 0, 0)
    return project


def test_nothing_is_confirmed_until_a_person_says_so(project: Project) -> None:
    assert project.count() == (0, 0, 3)
    project.run("check")
    project.run("report")
    assert not project.file.exists()


def test_a_yes_is_recorded_as_it_was_read(project: Project) -> None:
    code, shown = project.confirm("y\nyes\nq\n")
    assert code == 0
    assert shown.endswith("2 of 3 confirmed, 1 not\n")
    today = load_project(project.folder / "mkdocs.yml").today
    assert [(e.file, e.claim, e.passage, e.by, e.on) for e in project.entries()] == [
        ("docs/page.md", LEGS, "spine#legs", NURSE, today),
        ("docs/page.md", PAIN, "spine#pain", NURSE, today),
    ]
    assert project.file.read_text("utf-8").splitlines()[1:7] == [
        "- file: docs/page.md",
        f"  claim: {LEGS}",
        "  passage: spine#legs",
        f"  fingerprint: {project.entries()[0].fingerprint}",
        f"  by: {NURSE}",
        f"  on: {today}",
    ]


@pytest.mark.parametrize(
    "answer",
    ["", " ", "ye", "ok", "j", "a", "all", "yes please", "y y", "true", "1", "n", "s", "Q"],
)
def test_no_other_answer_confirms(project: Project, answer: str) -> None:
    project.confirm(f"{answer}\n" * 3)
    assert not project.file.exists()


def test_there_is_no_way_to_confirm_all_or_without_a_name(project: Project) -> None:
    for options in (["--yes"], ["--all"], ["-y"], []):
        with pytest.raises(SystemExit) as left:
            main(["confirm", *options])
        assert left.value.code == 2
    project.capsys.readouterr()
    for nobody in ("", "  ", "-", "\n", "J\x1b[2J", "J\udcff"):
        code, shown = project.confirm("y\n", by=nobody)
        assert (code, project.file.exists()) == (2, False)
        assert "--by must name who reads them" in shown


def test_a_person_sees_what_they_are_to_judge(project: Project) -> None:
    project.edit(project.spine, "figures: []", "figures: [30 percent, 3 months]")
    project.edit(project.spine, "title:", "issued: 2020-06-16\ntitle:")
    _, shown = project.confirm("q\n")
    for line in (
        "1 of 3: docs/page.md:1",
        f"  claim    {PAIN}",
        "  source   spine: patient page, 2020, A page about the spine",
        "  passage  pain (opening): The pain is … worse at night",
        "  says     The pain is often worse at night.",
        "  figures  30 percent; 3 months",
    ):
        assert line in shown.splitlines()
    _, shown = project.confirm("q\n", "docs/page.md:3")
    assert f"  also     legs#legs: {LEGS}" in shown.splitlines()


def test_a_stale_pair_comes_first_and_shows_what_was_confirmed(confirmed: Project) -> None:
    confirmed.edit(confirmed.page, "Legs may feel", "New. [@spine#pain]\n\nLegs can feel")
    _, shown = confirmed.confirm("q\n")
    lines = shown.splitlines()
    assert lines[1] == "  claim    Legs can feel weak or heavy."
    assert any(line.startswith(f"  before   confirmed by {NURSE} on ") for line in lines)
    assert "           changed since: claim" in lines
    assert f"           the claim was: {LEGS}" in lines


def test_a_cut_off_session_loses_nothing(project: Project) -> None:
    def answers() -> Iterator[str]:
        yield "y"
        assert len(project.entries()) == 1
        yield "y"
        raise KeyboardInterrupt

    given = answers()
    project.monkeypatch.setattr("builtins.input", lambda _question: next(given))
    assert main(["confirm", "--by", NURSE]) == 0
    assert len(project.entries()) == 2
    project.monkeypatch.undo()


def test_what_another_session_wrote_meanwhile_stays(project: Project) -> None:
    def answers() -> Iterator[str]:
        text = "y\n"
        guide = guide_of(project.folder / "mkdocs.yml")
        link = review_links(guide).links[2].link
        write_confirmations(
            project.file, [link.confirmation("John Roe, surgeon", guide.project.today)]
        )
        yield text.strip()
        raise EOFError

    given = answers()
    project.monkeypatch.setattr("builtins.input", lambda _question: next(given))
    main(["confirm", "--by", NURSE])
    assert {entry.by for entry in project.entries()} == {NURSE, "John Roe, surgeon"}


@pytest.mark.parametrize(
    ("places", "asked"),
    [
        ([], 3),
        (["docs"], 3),
        (["."], 3),
        (["docs/page.md"], 3),
        (["docs/page.md:1"], 1),
        (["docs/page.md:1:1"], 1),
        (["docs/page.md:3"], 2),
        (["docs/page.md:3", "docs/page.md"], 3),
        (["includes"], 0),
    ],
)
def test_only_the_pairs_at_the_places_are_asked(
    project: Project, places: list[str], asked: int
) -> None:
    _, shown = project.confirm("s\n" * 3, *places)
    assert shown.count("Do they agree?") == asked
    assert not project.file.exists()


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("nowhere.md", "there is no file or folder 'nowhere.md'"),
        (
            "docs/page.md:2",
            "no claim with a citation begins on line 2 of docs/page.md; the nearest",
        ),
        ("docs/page.md:" + "9" * 100, "there is no file or folder"),
    ],
)
def test_a_place_without_claims_is_told_in_one_sentence(
    project: Project, place: str, says: str
) -> None:
    code, shown = project.confirm("y\n", place)
    assert code == 2
    assert says in shown
    assert len(shown.splitlines()) == 1


def test_a_no_is_not_recorded_and_fails(project: Project) -> None:
    code, shown = project.confirm("n\ny\ny\n")
    assert code == 1
    assert "not recorded: correct the claim, its citation or the passage" in shown
    assert len(project.entries()) == 2


@pytest.mark.parametrize(
    ("page", "count"),
    [
        ("[@nobody#pain]", (2, 1, 0)),
        ("[@spine#pains]", (2, 1, 0)),
        ("[@spine]", (2, 1, 0)),
    ],
)
def test_a_citation_that_leads_nowhere_cannot_be_confirmed(
    confirmed: Project, page: str, count: tuple[int, ...]
) -> None:
    before = confirmed.entries()
    confirmed.edit(confirmed.page, "[@spine#pain]", page)
    code, shown = confirmed.confirm("y\ny\ny\n")
    assert code == 1
    assert "Do they agree?" not in shown
    assert "docs/page.md:1: not asked: the citation '@" in shown
    assert confirmed.entries() == before
    # What the rules for citations say already is not said again.
    assert "SRC011" not in {f.rule for f in check(guide_of(confirmed.folder / "mkdocs.yml"))}
    assert confirmed.count() == count


def test_a_source_file_or_page_with_faults_costs_no_confirmation(confirmed: Project) -> None:
    before = confirmed.entries()
    source = confirmed.folder / "docs/references/spine.yml"
    content = source.read_text("utf-8")
    source.write_text(content.replace("kind: ", "kind: x", 1), "utf-8")
    other = confirmed.folder / "docs/other.md"
    other.write_text("Legs hurt. [@legs#pain]\n", "utf-8")
    confirmed.confirm("y\n", "docs/other.md")
    assert set(before) < set(confirmed.entries())
    source.write_text(content, "utf-8")
    assert confirmed.count() == (4, 0, 0)

    confirmed.page.write_bytes(PAGE.encode() + b"\xff")
    other.write_text("Arms hurt. [@legs#pain]\n", "utf-8")
    confirmed.confirm("y\n", "docs/other.md")
    assert set(before) < set(confirmed.entries())


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


EDITS: dict[str, Callable[[Project], None]] = {
    "lines above": lambda p: p.page.write_text(f"# Pain\n\nNew. [@legs#pain]\n\n{PAGE}"),
    "lines broken elsewhere": lambda p: p.page.write_text(PAGE.replace(" ", "\n")),
    "the other claim": lambda p: p.edit(p.page, LEGS, "Feet may feel weak."),
    "emphasis": lambda p: p.edit(p.page, "often", "**often**"),
    "its section": lambda p: p.edit(p.spine, "section: opening", "section: symptoms"),
    "its measure": lambda p: p.edit(p.spine, "figures: []", "figures: []\n    measure: pain"),
    "fields of the source": lambda p: p.edit(p.spine, "about the spine", "about backs"),
    "another passage": lambda p: p.edit(p.spine, "says: Legs may", "says: Legs can"),
    "another source": lambda p: (p.folder / "docs/references/legs.yml").unlink(),
    "the passage's name": lambda p: (
        p.edit(p.spine, "  pain:", "  night-pain:"),
        p.edit(p.page, "spine#pain", "spine#night-pain"),
    )[0],
    "a second citation": lambda p: p.edit(p.page, "[@spine#pain]", "[@legs#pain; @spine#pain]"),
    "order of the file": lambda p: p.file.write_text(
        json.dumps(list(reversed(yaml.load(p.file.read_text(), yaml.BaseLoader))))
    ) and None,
    "another page": lambda p: (
        p.page.rename(p.folder / "docs/legs.md"), p.page.write_text("# Legs\n"),
    )[0] and None,
    "the page's name": lambda p: p.page.rename(p.folder / "docs/night.md") and None,
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
    project: Project,
) -> None:
    project.page.write_text(
        f"{PAIN} [@spine#pain]\n\n{LEGS} [@spine#legs]\n\n{PAIN} [@spine#pain]\n"
    )
    project.confirm("y\n" * 2)
    assert [entry.times for entry in project.entries()] == [1, 2]
    edited = PAIN.replace("often", "usually")
    project.edit(project.page, PAIN, edited)
    for _ in range(2):
        assert project.states() == {
            (PAIN, "spine#pain"): ReviewStatus.CONFIRMED,
            (LEGS, "spine#legs"): ReviewStatus.CONFIRMED,
            (edited, "spine#pain"): ReviewStatus.STALE,
        }
        # Whatever is confirmed in between, the edited one stays in doubt.
        project.edit(project.page, LEGS, f"New. [@legs#pain]\n\n{LEGS}")
        project.confirm("s\ny\n")
        project.edit(project.page, "New. [@legs#pain]\n\n", "")
    project.confirm("y\n")
    assert project.count() == (3, 0, 0)
    assert {(entry.claim, entry.times) for entry in project.entries()} == {
        (PAIN, 1), (LEGS, 1), (edited, 1),
    }  # fmt: skip


def test_a_claim_that_stands_twice_may_lose_one_of_the_two(project: Project) -> None:
    project.page.write_text(f"{PAIN} [@spine#pain]\n\n{PAIN} [@spine#pain]\n")
    project.confirm("y\n")
    project.page.rename(project.folder / "docs/night.md")
    project.page.write_text("# Pain\n")
    assert project.count() == (1, 0, 0)
    project.edit(project.folder / "docs/night.md", f"{PAIN} [@spine#pain]\n\n", "")
    assert project.count() == (1, 0, 0)
    assert "Orphaned" not in project.run("report")[1]


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
    other = [replace(entry, by="John Roe, surgeon") for entry in confirmed.entries()]
    write_confirmations(confirmed.file, [*confirmed.entries(), *other])
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


def test_text_that_pages_include_is_read_once(project: Project) -> None:
    (project.folder / "includes/signs.md").write_text(f"{PAIN} [@spine#pain]\n")
    for name in ("page.md", "other.md"):
        (project.folder / "docs" / name).write_text('--8<-- "signs.md"\n')
    _, shown = project.confirm("y\n", "docs/page.md")
    assert shown.startswith("1 of 1: includes/signs.md:1\n")
    assert [entry.file for entry in project.entries()] == ["includes/signs.md"]
    rows = [line.split() for line in project.run("report")[1].splitlines()[1:3]]
    assert rows == [["other.md", *"110100"], ["page.md", *"110100"]]


def test_two_entries_for_one_pair_are_one_and_the_later_holds(confirmed: Project) -> None:
    entry = next(each for each in confirmed.entries() if each.claim == PAIN)
    later = replace(entry, by="John Roe, surgeon", on=date(2030, 1, 1))
    write_confirmations(confirmed.file, [*confirmed.entries(), later])
    reviews = review_links(guide_of(confirmed.folder / "mkdocs.yml"))
    held = [each.confirmation for each in reviews.links if each.link.claim == PAIN]
    assert held == [later]
    assert reviews.orphaned == (entry,)


def test_what_a_page_holds_does_not_reach_the_terminal(project: Project) -> None:
    project.page.write_text("The \x1b[2J\x9bpain \u202eis\x07 bad. [@spine#pain]\n", "utf-8")
    _, shown = project.confirm("y\n")
    assert "claim    The \\x1b[2J\\x9bpain \\u202eis\\x07 bad." in shown
    assert project.count() == (1, 0, 0)
    project.edit(project.page, "bad", "worse")
    shown += project.confirm("q\n")[1] + project.run("report")[1]
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown)


@pytest.mark.parametrize(
    "claim",
    [
        "Is it: “bad”? # Yes — 30% 'no' \"so\"", "null", "~", "- a", "yes", "2026-11-21", "1.10",
        " spaces ", "a\x1b\x00\x85\u2028\ufeffb", "\U0001f600 café cafe\u0301", "x" * 10_000 + " y",
        "{a: b}", "[a]", "&a *b !c", "a\nb\n", "?", ": ", "%", "@x", "`",
    ],
)  # fmt: skip
def test_any_text_is_read_as_it_was_written(tmp_path: Path, claim: str) -> None:
    entry = Confirmation("docs/a.md", claim, "a#b", "0123456789012345" * 2, claim, date(2026, 1, 2))
    write_confirmations(tmp_path / "c.yml", [entry])
    assert read_confirmations(tmp_path / "c.yml") == [entry]


def test_entries_are_sorted_and_writing_again_changes_nothing(confirmed: Project) -> None:
    before = confirmed.file.read_bytes()
    write_confirmations(confirmed.file, reversed(confirmed.entries()))
    assert confirmed.file.read_bytes() == before
    assert confirmed.entries() == sorted(confirmed.entries())


def entry_with(**fields: object) -> str:
    return f"- {json.dumps({**ENTRY, **fields})}\n"


def entry_without(name: str) -> str:
    lacking = {key: value for key, value in ENTRY.items() if key != name}
    return f"- {json.dumps(ENTRY)}\n- {json.dumps(lacking)}\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        *((entry_without(name), f":2:3: '[2]' lacks the field '{name}'; add it") for name in ENTRY),
        ("file: docs/page.md\n", ":1:1: the file must be a list; write a list of entries"),
        ("- docs/page.md\n", ":1:3: '[1]' must be fields of its own"),
        (
            entry_with(date="x"),
            "'[1]' has a field 'date' that does not exist; allowed: file, claim",
        ),
        (entry_with(pasage="x"), "did you mean 'passage'?"),
        (entry_with(on="2026-02-30"), "'[1].on' is '2026-02-30', which is not valid"),
        (entry_with(on="20261121"), "write the day they were read, as YYYY-MM-DD"),
        (entry_with(by=""), "write who read them, with name and role"),
        (entry_with(by=None), "'[1].by' is empty"),
        (entry_with(times="0"), "write how often the claim stood in the file"),
        (entry_with(claim=["x"]), "'[1].claim' must be text"),
        (entry_with(passage="spine"), "like jama-2020#night-pain"),
        (entry_with(fingerprint="0" * 31), "write what `guide confirm` wrote"),
        ("- file: a\n  file: b\n", ":2:3: field 'file' is written twice"),
        ("<<<<<<< HEAD\n- file: a\n", ":2:"),
        ("- file: [\n", "the YAML cannot be read"),
        ("- &a {file: *a}\n", "alias '*a' is used"),
        ("\x00", "the YAML cannot be read"),
        ("\udcff", "is not UTF-8 text"),
    ],
)
def test_a_faulty_file_is_told_in_one_sentence(project: Project, text: str, says: str) -> None:
    project.file.write_text(text, "utf-8", errors="surrogateescape")
    for arguments in (["check"], ["report"], ["confirm", "--by", NURSE]):
        code, shown = project.run(*arguments)
        assert code == 2
        assert shown.startswith("claims: confirmations.yml")
        assert says in shown
        assert len(shown.splitlines()) == 1


def test_a_file_that_cannot_be_read_or_written_is_told(project: Project, tmp_path: Path) -> None:
    project.file.mkdir()
    code, shown = project.run("check")
    assert (code, shown) == (2, "claims: confirmations.yml cannot be read: Is a directory\n")
    with pytest.raises(UnwritableFileError, match=r"confirmations\.yml cannot be written"):
        write_confirmations(project.file, [])


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]\n"])
def test_an_empty_file_is_no_confirmation(project: Project, text: str) -> None:
    project.file.write_text(text)
    assert project.count() == (0, 0, 3)


def test_the_report_counts_pairs_in_aligned_columns(confirmed: Project) -> None:
    confirmed.edit(confirmed.page, "often", "usually")
    confirmed.edit(confirmed.page, "[@spine#legs; @legs#legs]", "[@spine#legs] No. [@legs#pain]")
    code, shown = confirmed.run("report")
    head, row, totals = shown.splitlines()[:3]
    assert code == 0
    assert head == ("page       statements  sourced  editorial  confirmed  stale  never confirmed")
    assert row.split() == ["page.md", "3", "3", "0", "0", "2", "1"]
    assert totals.split() == ["all", "pages", "3", "3", "0", "0", "2", "1"]
    assert len(head) == len(row) == len(totals)


def test_claims_json_says_who_confirmed_what(confirmed: Project) -> None:
    confirmed.edit(confirmed.page, "often", "usually")
    guide = guide_of(confirmed.folder / "mkdocs.yml")
    data = claims_data(guide)
    schema = json.loads(
        files("sourced_guide.claims.report").joinpath("claims.schema.json").read_text("utf-8")
    )
    jsonschema_rs.validate(schema, data)
    pain, legs = (claim["citations"] for claim in data["claims"])
    assert pain == [{"source": "spine", "passage": "pain"}]
    assert [each["confirmed"] for each in legs] == [
        {"by": NURSE, "on": str(guide.project.today)}
    ] * 2


def test_the_command_as_a_process(project: Project) -> None:
    command = [Path(sys.executable).with_name("claims"), "confirm", "--by", NURSE]
    result = subprocess.run(
        command, input="y\n", capture_output=True, text=True, check=False, timeout=60
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.endswith("1 of 3 confirmed, 2 not\n")
    assert len(project.entries()) == 1
    result = subprocess.run(
        command, input=b"\xff\n", capture_output=True, check=False, timeout=60
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (0, b"")
    assert len(project.entries()) == 1


def test_a_terminal_that_lacks_a_character_still_shows_the_question(project: Project) -> None:
    result = subprocess.run(
        [Path(sys.executable).with_name("claims"), "confirm", "--by", NURSE],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        input=b"y\n", capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (0, b"")
    assert b"The pain is \\u2026 worse at night" in result.stdout
