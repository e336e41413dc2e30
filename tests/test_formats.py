"""What people, editors' tools and CI read: each format of a check's findings."""

from __future__ import annotations

import dataclasses
import json
import re
from urllib.parse import unquote

import pytest

from sourced_guide.claims.model.finding import Finding
from sourced_guide.claims.model.place import Place
from sourced_guide.claims.model.sanitize import visible
from sourced_guide.claims.rules import RULES

from .conftest import ROOT
from .outcomes import KNOWN, WARNING, finding, outcome, sarif_run, shown

# What a page may hold to make a terminal or a CI log do something.
ATTACKS = [
    "\n::error file=x::gone",
    "\r::set-output name=a::b",
    "\x1b[2J\x1b]0;title\x07",
    "\x9b31m",
    "##[error]gone",
    "a \u202e turned around",
    "\u2028::warning::x",
    "half \ud800 of a pair",
    "100%0A::error::x",
]


# The summary: errors decide, warnings and known findings are counted apart.


@pytest.mark.parametrize(
    ("findings", "resolved", "says"),
    [
        ([], None, "no findings: 3 claims checked, 2 sources"),
        ([WARNING], None, "no findings: 3 claims checked, 2 sources, 1 warning"),
        ([finding(), finding(line=2)], None, "2 findings in 1 file"),
        ([finding(), WARNING], None, "1 finding in 1 file, 1 warning"),
        ([KNOWN], 0, "no findings: 3 claims checked, 2 sources, 1 known"),
        (
            [KNOWN, dataclasses.replace(WARNING, known=True)],
            2,
            (
                "no findings: 3 claims checked, 2 sources, 2 known; "
                "2 baseline entries resolved: run --write-baseline"
            ),
        ),
        (
            [finding()],
            1,
            "1 finding in 1 file; 1 baseline entry resolved: run --write-baseline",
        ),
    ],
)
def test_the_summary_counts(findings: list[Finding], resolved: int | None, says: str) -> None:
    for form in ("text", "github"):
        assert shown(form, *findings, resolved=resolved).splitlines()[-1] == says


def test_only_new_errors_stop_a_build() -> None:
    assert not outcome(WARNING, KNOWN).stops_the_build
    assert outcome(WARNING, finding()).stops_the_build


# Text


def test_text_says_why_a_finding_stops_nothing() -> None:
    assert shown("text", KNOWN, WARNING).splitlines()[:-1] == [
        "docs/page.md:1:2: SRC001 it was wrong before (claim-without-source)",
        "    known: in the baseline",
        "    help: do right",
        "docs/page.md:1:2: SRC001 it is old (claim-without-source)",
        "    warning: it does not stop the build",
        "    help: do right",
    ]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("form", ["text", "github"])
def test_nothing_in_a_page_is_obeyed(form: str, attack: str) -> None:
    bad = Finding(
        Place(f"docs/{attack}.md"), "SRC001", "claim-without-source", f"a {attack}", f"b {attack}"
    )
    printed = shown(form, bad)
    lines = printed.split("\n")
    assert len(lines) == (3 if form == "text" else 2)
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]", printed
    )
    if form == "text":
        assert "##[" not in printed
        assert not [line for line in lines if line.lstrip().startswith("::")]
    else:
        assert re.fullmatch(r"::error file=[^:,]*,line=1,col=1,title=[^:,]*::.*", lines[0])
        # The runner makes `%0A` a line again and prints what it got: no command may begin there.
        data = unquote(lines[0].split("::", 2)[2])
        assert not [line for line in data.splitlines() if line.startswith("::")]


def test_a_path_that_looks_like_a_command_stays_a_path() -> None:
    assert shown("text", finding(at="::error::x.md")).startswith("./::error::x.md:1:2: SRC001 ")
    assert shown("text", finding(at=" ::stop::x.md")).startswith("./ ::stop::x.md:1:2: SRC001 ")


def test_what_people_write_stays_as_it_is() -> None:
    assert visible("Schmerz über 5 %: „nachts“ – ≥ 3 × täglich 👩🏽‍⚕️ עברית") == (
        "Schmerz über 5 %: „nachts“ – ≥ 3 × täglich 👩🏽‍⚕️ עברית"
    )


# GitHub


def test_github_has_one_annotation_for_each_finding() -> None:
    at = "line=1,col=2,title=SRC001 claim-without-source"
    lines = shown("github", finding("100% wrong", at="docs/a, b: c%.md"), WARNING, KNOWN)
    assert lines.splitlines()[:-1] == [
        f"::error file=docs/a%2C b%3A c%25.md,{at}::100%25 wrong%0Ado right",
        f"::warning file=docs/page.md,{at}::it is old%0Ado right",
        f"::notice file=docs/page.md,{at}::it was wrong before%0Ado right",
    ]


def test_github_names_a_file_by_its_own_name() -> None:
    line = shown("github", finding(at="docs/new\nline.md")).splitlines()[0]
    assert line.startswith("::error file=docs/new%0Aline.md,")


# SARIF


def test_sarif_fits_its_schema_and_has_every_rule() -> None:
    run = sarif_run(finding(), WARNING, KNOWN)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in RULES]
    assert rules[0]["name"] == "claim-without-source"
    assert rules[0]["shortDescription"]["text"] == RULES[0].says
    assert "Find a passage that says it" in rules[0]["help"]["markdown"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"] == [{"executionSuccessful": True}]
    assert run["tool"]["driver"]["version"]
    assert "informationUri" not in run["tool"]["driver"]


def test_sarif_result_says_rule_level_place_and_message() -> None:
    result = sarif_run(finding("'{0}' and [a](b)", at="docs/über uns: 100%.md", line=7))["results"][
        0
    ]
    assert result["ruleId"] == "SRC001"
    assert RULES[result["ruleIndex"]].code == "SRC001"
    assert result["level"] == "error"
    # Section 3.11.5 of the standard: braces are doubled.
    assert result["message"]["text"] == "'{{0}}' and [a\\](b)\nhelp: do right"
    location = result["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {
        "uri": "docs/%C3%BCber%20uns%3A%20100%25.md",
        "uriBaseId": "%SRCROOT%",
    }
    assert location["region"] == {"startLine": 7, "startColumn": 2}
    assert "baselineState" not in result


@pytest.mark.parametrize("attack", ATTACKS)
def test_sarif_holds_whatever_a_page_holds(attack: str) -> None:
    run = sarif_run(finding(attack), finding(at="docs/\udcff\n.md"))
    assert run["results"][0]["partialFingerprints"]["claimsFinding/v1"]


def test_sarif_gives_a_file_outside_of_the_root_its_own_address() -> None:
    run = sarif_run(finding(at="/elsewhere/a b.md"))
    location = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": "file:///elsewhere/a%20b.md"}


def test_sarif_says_what_is_new_where_there_is_a_baseline() -> None:
    results = sarif_run(finding(), KNOWN, resolved=0)["results"]
    states = {each["message"]["text"].split("\n")[0]: each["baselineState"] for each in results}
    assert states == {"it is wrong": "new", "it was wrong before": "unchanged"}


def test_sarif_has_no_time_and_no_machine_in_it() -> None:
    assert shown("sarif", finding()) == shown("sarif", finding())
    assert str(ROOT) not in shown("sarif", finding())


# JSON


def test_json_keeps_every_value() -> None:
    data = json.loads(shown("json", KNOWN, WARNING))
    assert data["count"] == 2
    assert data["findings"][0] == {
        "file": "docs/page.md",
        "line": 1,
        "column": 2,
        "severity": "error",
        "rule": "SRC001",
        "name": "claim-without-source",
        "message": "it was wrong before",
        "help": "do right",
        "known": True,
    }
    assert data["findings"][1]["severity"] == "warning"
