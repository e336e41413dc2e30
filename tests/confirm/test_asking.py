"""`guide confirm` asks about one pair at a time, and records a yes."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from sourced_guide.claims.model.confirmation import Reviewer
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.project.review_logs import append_entries, read_review_logs
from sourced_guide.claims.review.recording import agreed_entry
from sourced_guide.claims.review.reviews import review_links
from sourced_guide.claims.rules import check
from sourced_guide.cli.main import claims as main

from ..commands import CLAIMS
from ..conftest import guide_of

if TYPE_CHECKING:
    from collections.abc import Iterator

from .conftest import LEGS, NURSE, PAGE, PAIN, Project


def test_nothing_is_confirmed_until_a_person_says_so(session: Project) -> None:
    assert session.count() == (0, 0, 3)
    session.run("check")
    session.run("report")
    assert not session.file.exists()


def test_a_yes_is_recorded_as_it_was_read(session: Project) -> None:
    code, shown = session.confirm("y\nyes\nq\n")
    assert code == 0
    assert shown.endswith("2 of 3 confirmed, 1 not\n")
    today = load_project(session.folder / "mkdocs.yml").today
    assert [(e.file, e.claim, e.passage, e.by, e.on) for e in session.entries()] == [
        ("docs/page.md", LEGS, "spine#legs", NURSE, today),
        ("docs/page.md", PAIN, "spine#pain", NURSE, today),
    ]
    assert session.file.read_text("utf-8").splitlines()[2:16] == [
        'name: "Jane Doe"',
        'role: "spine nurse"',
        'clinician: "no"',
        'interests: ""',
        'count: "2"',
        f'head: "{read_review_logs(session.folder)[0].head}"',
        "entries:",
        f'- claim: "{PAIN}"',
        "  files:",
        '    "docs/page.md": "1"',
        "  passages:",
        f'    "spine#pain": "{session.entries()[1].fingerprint}"',
        '  answer: "agree"',
        f'  on: "{today}"',
    ]


@pytest.mark.parametrize(
    "answer",
    ["", " ", "ye", "ok", "j", "a", "all", "yes please", "y y", "true", "1", "n", "s", "Q"],
)
def test_no_other_answer_confirms(session: Project, answer: str) -> None:
    session.confirm(f"{answer}\n" * 3)
    assert not session.file.exists()


def test_there_is_no_way_to_confirm_all_or_without_a_name(session: Project) -> None:
    for options in (["--yes"], ["--all"], ["-y"], []):
        with pytest.raises(SystemExit) as left:
            main(["confirm", *options])
        assert left.value.code == 2
    session.capsys.readouterr()
    for nobody in ("", "  ", "-", "\n", "J\x1b[2J", "J\udcff"):
        code, shown = session.confirm("y\n", by=nobody)
        assert (code, session.file.exists()) == (2, False)
        assert "--by must name who reads them" in shown


def test_a_person_sees_what_they_are_to_judge(session: Project) -> None:
    session.edit(session.spine, "figures: []", "figures: [30 percent, 3 months]")
    session.edit(session.spine, "title:", "issued: 2020-06-16\ntitle:")
    _, shown = session.confirm("q\n")
    for line in (
        "1 of 3: docs/page.md:1",
        f"  claim    {PAIN}",
        "  source   spine: patient page, 2020, A page about the spine",
        "  passage  pain (opening): The pain is … worse at night",
        "  says     The pain is often worse at night.",
        "  figures  30 percent; 3 months",
    ):
        assert line in shown.splitlines()
    _, shown = session.confirm("q\n", "docs/page.md:3")
    assert f"  also     legs#legs: {LEGS}" in shown.splitlines()


def test_a_stale_pair_comes_first_and_shows_what_was_confirmed(confirmed: Project) -> None:
    confirmed.edit(confirmed.page, "Legs may feel", "New. [@spine#pain]\n\nLegs can feel")
    _, shown = confirmed.confirm("q\n")
    lines = shown.splitlines()
    assert lines[1] == "  claim    Legs can feel weak or heavy."
    assert any(line.startswith(f"  before   confirmed by {NURSE} on ") for line in lines)
    assert "           changed since: claim" in lines
    assert f"           the claim was: {LEGS}" in lines


def test_a_cut_off_session_loses_nothing(session: Project) -> None:
    def answers() -> Iterator[str]:
        yield "y"
        assert len(session.entries()) == 1
        yield "y"
        raise KeyboardInterrupt

    given = answers()
    session.monkeypatch.setattr("builtins.input", lambda _question: next(given))
    assert main(["confirm", "--by", NURSE]) == 0
    assert len(session.entries()) == 2
    session.monkeypatch.undo()


def test_what_another_session_wrote_meanwhile_stays(session: Project) -> None:
    def answers() -> Iterator[str]:
        text = "y\n"
        guide = guide_of(session.folder / "mkdocs.yml")
        link = review_links(guide).links[2].link
        other = Reviewer("John Roe", "surgeon", "", clinician=False)
        append_entries(session.folder, [agreed_entry(guide, [link], other)])
        yield text.strip()
        raise EOFError

    given = answers()
    session.monkeypatch.setattr("builtins.input", lambda _question: next(given))
    main(["confirm", "--by", NURSE])
    assert {entry.by for entry in session.entries()} == {NURSE, "John Roe, surgeon"}


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
    session: Project, places: list[str], asked: int
) -> None:
    _, shown = session.confirm("s\n" * 3, *places)
    assert shown.count("Do they agree?") == asked
    assert not session.file.exists()


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
    session: Project, place: str, says: str
) -> None:
    code, shown = session.confirm("y\n", place)
    assert code == 2
    assert says in shown
    assert len(shown.splitlines()) == 1


def test_a_no_is_not_recorded_and_fails(session: Project) -> None:
    code, shown = session.confirm("n\ny\ny\n")
    assert code == 1
    assert "not recorded: correct the claim, its citation or the passage" in shown
    assert len(session.entries()) == 2


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


def test_the_command_as_a_process(session: Project) -> None:
    command = [str(CLAIMS), "confirm", "--by", NURSE]
    result = subprocess.run(
        command, input="y\n", capture_output=True, text=True, check=False, timeout=60
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.endswith("1 of 3 confirmed, 2 not\n")
    assert len(session.entries()) == 1
    unreadable = subprocess.run(
        command, input=b"\xff\n", capture_output=True, check=False, timeout=60
    )
    assert (unreadable.returncode, unreadable.stderr) == (0, b"")
    assert len(session.entries()) == 1


def test_a_terminal_that_lacks_a_character_still_shows_the_question(session: Project) -> None:
    result = subprocess.run(
        [str(CLAIMS), "confirm", "--by", NURSE],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        input=b"y\n", capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (0, b"")
    assert b"The pain is \\u2026 worse at night" in result.stdout
