"""`guide review take`: what becomes of the answers that a browser saved."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from sourced_guide.claims.project.review_logs import read_review_logs

from .conftest import AT, JANE, JOHN, LEGS, PAIN, Reviewed

if TYPE_CHECKING:
    from collections.abc import Callable


def test_answers_are_recorded_as_they_were_given(project: Reviewed) -> None:
    code, shown = project.take({PAIN: "agree", LEGS: "cannot-tell"}, comment="Which legs?")
    assert (code, shown) == (0, "Jane Doe: 2 answers taken, 0 known before, 0 not taken\n")
    log = read_review_logs(project.folder)[0]
    first = log.entries[0]
    assert (first.claim, first.answer, first.comment, first.at) == (
        PAIN, "agree", "Which legs?", AT,
    )  # fmt: skip
    assert dict(first.files) == {"docs/index.md": 1, "docs/legs.md": 1}
    assert list(log.entries[1].passages) == ["spine#legs", "legs#legs"]
    assert (log.reviewer.role, log.reviewer.clinician) == ("spine nurse", False)


def test_taking_answers_twice_adds_nothing(project: Reviewed) -> None:
    project.take({PAIN: "agree", LEGS: "agree"})
    before = project.log().read_bytes()
    code, shown = project.take({PAIN: "agree", LEGS: "agree"})
    assert (code, shown) == (0, "Jane Doe: 0 answers taken, 2 known before, 0 not taken\n")
    assert project.log().read_bytes() == before


def test_what_changed_since_the_pack_is_listed_and_not_taken(project: Reviewed) -> None:
    file = project.answers(project.pack(), {PAIN: "agree", LEGS: "agree"})
    project.edit("docs/index.md", "often", "usually")
    project.edit("docs/legs.md", "often", "usually")
    code, shown = project.run("review", "take", str(file))
    assert (code, shown.splitlines()) == (1, [
        f"not taken, changed since the pack was made: {PAIN} (agree)",
        "Jane Doe: 1 answer taken, 0 known before, 1 not taken",
    ])  # fmt: skip
    project.edit("docs/references/legs.yml", "says: Legs may", "says: Legs can")
    code, shown = project.run("review", "take", str(file))
    assert code == 2
    assert "none of the 2 answers is about a claim of this guide as it is now" in shown


SPOILT: dict[str, Callable[[dict[str, Any]], Any]] = {
    "no list": lambda told: told["answers"],
    "another format": lambda told: {**told, "format": "sourced-guide review answers 2"},
    "no pack": lambda told: {**told, "pack": "x"},
    "no name": lambda told: {**told, "reviewer": {**JANE, "name": " "}},
    "a terminal's code": lambda told: {**told, "reviewer": {**JANE, "name": "J\x1b[2J"}},
    "another answer": lambda told: {**told, "answers": [{**told["answers"][0], "answer": "yes"}]},
    "no such day": lambda told: {
        **told, "answers": [{**told["answers"][0], "at": "2026-02-30T10:00:00Z"}]
    },
    "more": lambda told: {**told, "confirmed": True},
    "nothing": lambda told: None,
}  # fmt: skip


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_spoilt_file_is_told_in_one_sentence(project: Reviewed, spoil: str) -> None:
    file = project.answers(project.pack(), {PAIN: "agree"})
    file.write_text(json.dumps(SPOILT[spoil](json.loads(file.read_text("utf-8")))))
    code, shown = project.run("review", "take", str(file))
    assert (code, len(shown.splitlines())) == (2, 1)
    assert shown.startswith("guide: answers.json is not a file of answers: ")
    assert not project.log().exists()


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 100_000, b"NaN"])
def test_a_file_that_is_cut_off_is_told_in_one_sentence(project: Reviewed, content: bytes) -> None:
    file = project.answers(project.pack(), {PAIN: "agree"})
    file.write_bytes(content)
    code, shown = project.run("review", "take", str(file))
    assert (code, len(shown.splitlines())) == (2, 1)
    assert project.run("review", "take", "nowhere.json")[0] == 2


def test_a_disagreement_is_a_finding_until_the_claim_changes(project: Reviewed) -> None:
    project.take({PAIN: "disagree"}, comment="Not in all cancers.")
    found = project.findings("REV003")
    assert found[0].startswith(
        "docs/index.md:10:1: REV003 Jane Doe, spine nurse read the claim beside its passages on "
        "2026-11-30 and does not agree: 'Not in all cancers.'"
    )
    assert found[2].startswith("docs/legs.md:10:1: REV003 ")
    project.edit("docs/index.md", "often", "usually")
    assert [line.split()[0] for line in project.findings("REV003") if "REV003" in line] == [
        "docs/legs.md:10:1:"
    ]
    project.edit("docs/legs.md", "often", "usually")
    assert project.run("check", "--select", "REV003")[0] == 0
    assert "docs/index.md: changed since: disagree" in project.run("review", "list")[1]


def test_a_second_person_settles_a_disagreement_by_name(
    project: Reviewed, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.take({PAIN: "disagree"}, comment="Not in all cancers.")

    def resolve(answer: str, by: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
        reason = ("--because", "The passage is about all of them.")
        return project.run("review", "resolve", "docs/index.md:10", "--by", by, *reason)

    assert resolve("y\n", "Jane Doe, spine nurse")[0] == 2
    assert resolve("", "John Roe, surgeon")[0] == 1
    assert resolve("n\n", "John Roe, surgeon")[0] == 1
    assert not project.log("john-roe").exists()
    code, shown = resolve("y\n", "John Roe, surgeon")
    assert code == 0
    assert "Jane Doe, spine nurse: Not in all cancers." in shown
    assert "docs/index.md:10: settled by John Roe, surgeon" in shown
    assert project.run("check", "--select", "REV003")[0] == 0
    assert read_review_logs(project.folder)[1].entries[0].comment == (
        "The passage is about all of them."
    )


def test_a_later_answer_of_the_same_person_counts(project: Reviewed) -> None:
    project.take({PAIN: "disagree"})
    project.take({PAIN: "agree"}, at="2026-12-01T10:00:00Z")
    assert project.run("check", "--select", "REV003")[0] == 0
    project.take({PAIN: "disagree"}, at="2026-12-02T10:00:00Z")
    assert project.run("check", "--select", "REV003")[0] == 1
    assert len(read_review_logs(project.folder)[0].entries) == 3


def test_editors_see_every_remark(project: Reviewed) -> None:
    assert "no review is on record" in project.run("review", "list")[1]
    project.take({PAIN: "disagree", LEGS: "agree"}, by=JOHN, comment="See the newer guideline.")
    code, shown = project.run("review", "list")
    assert code == 0
    for line in (
        "reviews/john-roe.yml: John Roe, surgeon: 2 entries, last on 2026-11-30",
        f"docs/index.md:10: disagree (not settled: REV003): {PAIN}",
        f"docs/index.md:14: agree: {LEGS}",
        "    John Roe, 2026-11-30: See the newer guideline.",
        "remarks: 2",
    ):
        assert line in shown.splitlines()
