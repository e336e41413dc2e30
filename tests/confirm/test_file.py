"""Review logs as `guide confirm` writes them, the file of before, and what reports say."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING

import jsonschema_rs
import pytest

from sourced_guide.claims.model.confirmation import ReviewEntry, Reviewer
from sourced_guide.claims.project.review_logs import append_entries, read_review_logs
from sourced_guide.claims.report.export import claims_data
from sourced_guide.claims.review.reviews import review_links

from ..conftest import guide_of
from .conftest import ENTRY, NURSE, PAIN, Project

if TYPE_CHECKING:
    from pathlib import Path


def test_text_that_pages_include_is_read_once(session: Project) -> None:
    (session.folder / "includes/signs.md").write_text(f"{PAIN} [@spine#pain]\n")
    for name in ("page.md", "other.md"):
        (session.folder / "docs" / name).write_text('--8<-- "signs.md"\n')
    _, shown = session.confirm("y\n", "docs/page.md")
    assert shown.startswith("1 of 1: includes/signs.md:1\n")
    assert [entry.file for entry in session.entries()] == ["includes/signs.md"]
    rows = [line.split() for line in session.run("report")[1].splitlines()[1:3]]
    assert rows == [["other.md", *"110100"], ["page.md", *"110100"]]


def test_of_two_people_who_read_one_pair_the_later_is_named(confirmed: Project) -> None:
    log = read_review_logs(confirmed.folder)[0]
    entry = next(each for each in log.entries if each.claim == PAIN)
    other = Reviewer("John Roe", "surgeon", "", clinician=False)
    append_entries(confirmed.folder, [replace(entry, reviewer=other, on=date(2030, 1, 1))])
    reviews = review_links(guide_of(confirmed.folder / "mkdocs.yml"))
    held = [each.confirmation for each in reviews.links if each.link.claim == PAIN]
    assert [(each.by, each.on.year) for each in held if each] == [("John Roe, surgeon", 2030)]
    assert reviews.orphaned == ()


def test_what_a_page_holds_does_not_reach_the_terminal(session: Project) -> None:
    session.page.write_text("The \x1b[2J\x9bpain \u202eis\x07 bad. [@spine#pain]\n", "utf-8")
    _, shown = session.confirm("y\n")
    assert "claim    The \\x1b[2J\\x9bpain \\u202eis\\x07 bad." in shown
    assert session.count() == (1, 0, 0)
    session.edit(session.page, "bad", "worse")
    shown += session.confirm("q\n")[1] + session.run("report")[1]
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
    reviewer = Reviewer(f"Jane {claim}", claim, claim, clinician=True)
    entry = ReviewEntry(
        reviewer, claim, {"a b.md": 2}, {"a#b": "0" * 32}, "agree", date(2026, 1, 2), claim,
        "2026-01-02T03:04:05Z", "1" * 64, {"2" * 16: 0}, ("3" * 64,),
    )  # fmt: skip
    assert append_entries(tmp_path, [entry, replace(entry, comment="")]) == 2
    log = read_review_logs(tmp_path)[0]
    assert log.faults == []
    assert [replace(each, chain="") for each in log.entries] == [entry, replace(entry, comment="")]


def test_confirmations_of_an_earlier_version_are_taken_over(session: Project) -> None:
    old = session.folder / "confirmations.yml"
    link = review_links(guide_of(session.folder / "mkdocs.yml")).links[0].link
    other = {**ENTRY, "fingerprint": link.fingerprint, "by": "John Roe", "times": "1"}
    old.write_text(entry_with() + f"- {json.dumps(other)}\n")
    code, shown = session.run("check")
    assert code == 2
    assert "confirmations.yml is no longer read" in shown
    assert session.run("review", "take", "confirmations.yml") == (
        0, "confirmations.yml: 2 entries moved to reviews/, and the file is removed\n",
    )  # fmt: skip
    assert not old.exists()
    assert session.count() == (1, 0, 2)
    assert {entry.by for entry in session.entries()} == {NURSE, "John Roe"}


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
def test_a_faulty_file_is_told_in_one_sentence(session: Project, text: str, says: str) -> None:
    (session.folder / "confirmations.yml").write_text(text, "utf-8", errors="surrogateescape")
    code, shown = session.run("review", "take", "confirmations.yml")
    assert code == 2
    assert shown.startswith("claims: confirmations.yml")
    assert says in shown
    assert len(shown.splitlines()) == 1
    for arguments in (["check"], ["report"], ["confirm", "--by", NURSE]):
        assert session.run(*arguments)[0] == 2


def test_a_log_that_cannot_be_read_or_written_is_reported(session: Project) -> None:
    session.file.mkdir(parents=True)
    code, shown = session.run("check")
    assert (code, shown) == (2, "claims: reviews/jane-doe.yml cannot be read: Is a directory\n")
    session.file.rmdir()
    session.file.parent.rmdir()
    session.file.parent.write_text("")
    code, shown = session.confirm("y\n")
    assert (code, "jane-doe.yml cannot be written" in shown) == (2, True)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]\n"])
def test_an_empty_file_is_no_confirmation(session: Project, text: str) -> None:
    (session.folder / "confirmations.yml").write_text(text)
    assert session.count() == (0, 0, 3)


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
