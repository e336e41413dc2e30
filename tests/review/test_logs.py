"""A change anywhere in a review log is found; the logs of two people never meet."""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from sourced_guide.claims.project.review_logs import read_review_logs
from sourced_guide.claims.report.export import write_claims

from ..sampling import first_of
from .conftest import JANE, JOHN, LEGS, PAIN, Reviewed

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def logged(project: Reviewed) -> Reviewed:
    """The project after Jane has answered to both claims, and once more to one of them."""
    project.take({PAIN: "agree", LEGS: "agree"}, "--clinician")
    project.take({LEGS: "cannot-tell"}, comment="Which legs? Sie sagte: „Füße“.")
    assert read_review_logs(project.folder)[0].faults == []
    return project


def is_broken(project: Reviewed, content: bytes) -> bool:
    project.log().write_bytes(content)
    return bool(read_review_logs(project.folder)[0].faults)


# Each byte is read six times: every seventh takes a second or two, all of them ten.
@pytest.mark.parametrize("step", first_of([7, 1]))
def test_a_change_of_any_byte_is_found(logged: Reviewed, step: int) -> None:
    written = logged.log().read_bytes()
    for at, byte in list(enumerate(written))[::step]:
        for other in {byte ^ 1, byte ^ 32, ord(" "), ord("\n")} - {byte}:
            assert is_broken(logged, written[:at] + bytes([other]) + written[at + 1 :]), at
        assert is_broken(logged, written[:at] + written[at + 1 :]), at
        assert is_broken(logged, written[:at] + b" " + written[at:]), at
    assert not is_broken(logged, written)


def test_entries_that_are_moved_dropped_or_doubled_are_found(logged: Reviewed) -> None:
    top, *entries = logged.log().read_text("utf-8").split("- claim:")
    ways = [
        chosen
        for count in range(1, 5)
        for chosen in itertools.product(entries, repeat=count)
        if list(chosen) != entries
    ]
    for chosen in ways:
        assert is_broken(logged, "- claim:".join([top, *chosen]).encode())


def test_nothing_is_added_to_a_broken_log_and_nothing_in_it_counts(logged: Reviewed) -> None:
    logged.edit("reviews/jane-doe.yml", "spine nurse", "spine surgeon")
    before = logged.log().read_bytes()
    assert logged.findings("REV004")[0].startswith("reviews/jane-doe.yml:10:1: REV004 entry 1 does")
    code, shown = logged.take({PAIN: "agree"})
    assert (code, logged.log().read_bytes()) == (2, before)
    assert "nothing was added" in shown
    write_claims(logged.guide, logged.folder / "claims.json")
    data = json.loads((logged.folder / "claims.json").read_text("utf-8"))
    assert (data["review"]["level"], data["reviews"]) == ("program", [])


def test_a_log_under_the_name_of_another_person_is_found(logged: Reviewed) -> None:
    shutil.copy(logged.log(), logged.log("john-roe"))
    assert "has another name than that of 'Jane Doe'" in logged.findings("REV004")[0]


def git(folder: Path, *arguments: str) -> None:
    own = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *own, *arguments], cwd=folder, check=True, capture_output=True)


def test_two_reviewers_on_two_branches_merge_without_a_conflict(project: Reviewed) -> None:
    git(project.folder, "init", "--quiet", "--initial-branch", "main")
    git(project.folder, "add", "docs", "mkdocs.yml")
    git(project.folder, "commit", "--quiet", "-m", "pages")
    for by in (JANE, JOHN):
        git(project.folder, "checkout", "--quiet", "-b", by["role"].replace(" ", "-"), "main")
        project.take({PAIN: "agree"}, by=by)
        git(project.folder, "add", "reviews")
        git(project.folder, "commit", "--quiet", "-m", "a review")
    git(project.folder, "checkout", "--quiet", "main")
    git(project.folder, "merge", "--quiet", "spine-nurse")
    git(project.folder, "merge", "--quiet", "--no-edit", "surgeon")
    logs = read_review_logs(project.folder)
    assert [(log.reviewer.name, list(log.faults)) for log in logs] == [
        ("Jane Doe", []), ("John Roe", []),
    ]  # fmt: skip


def test_a_log_that_was_made_anew_shows_against_an_earlier_edition(logged: Reviewed) -> None:
    edition = logged.folder / "claims.json"
    write_claims(logged.guide, edition)
    assert logged.run("review", "verify", "claims.json") == (
        0,
        "logs of claims.json: 1, 0 changed\n",
    )
    logged.take({PAIN: "disagree"})
    assert logged.run("review", "verify", "claims.json")[0] == 0
    logged.log().unlink()
    assert logged.run("review", "verify", "claims.json") == (
        1, "reviews/jane-doe.yml: missing; it had 3 entries\nlogs of claims.json: 1, 1 changed\n",
    )  # fmt: skip
    logged.take({LEGS: "agree", PAIN: "agree"})
    code, shown = logged.run("review", "verify", "claims.json")
    assert code == 1
    assert "its first 3 entries are not those that were published" in shown
    edition.write_text("{}")
    assert logged.run("review", "verify", "claims.json")[0] == 2
