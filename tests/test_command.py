"""The `claims` command as an editor and as CI run it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from .commands import claims

if TYPE_CHECKING:
    from pathlib import Path

REVIEWED = """\
---
reviewed: 2026-11-21
next-review: 2999-11-21
reviewer: none yet
---
"""
EXPECTED = """\
docs/page.md:7:22: SRC003 citation '@legs#pains' names a passage that 'legs' does not have \
(unknown-passage)
    help: did you mean 'pain'? passages are listed in docs/references/legs.yml
docs/page.md:9:1: SRC001 a sentence has no source: 'Legs are weak.' (claim-without-source)
    help: add [@key#passage] after it; text about the guide itself is marked { .editorial } on a \
line of its own below it
2 findings in 1 file
"""


@pytest.fixture
def two_faults(bare_project: Path) -> Path:
    """A project of one page with two faults."""
    (bare_project / "docs/page.md").write_text(
        f"{REVIEWED}It is often worse at night. [@spine#pain; @legs#pain]\n"
        "Legs may feel heavy [@legs#pains; @spine#legs; @legs#legs].\n\n"
        "Legs are weak.\n"
    )
    return bare_project


def test_text_has_path_line_column_code_name_and_help(two_faults: Path) -> None:
    result = claims("check", "docs/page.md", cwd=two_faults)
    assert result.returncode == 1
    assert result.stdout == EXPECTED
    assert result.stderr == ""


def test_json_has_the_same_findings_as_values(two_faults: Path) -> None:
    result = claims(
        "check", "docs", "--format", "json", "--select", "SRC001,unknown-passage", cwd=two_faults
    )
    data = json.loads(result.stdout)
    assert data["count"] == 2
    assert [(f["file"], f["line"], f["column"], f["rule"]) for f in data["findings"]] == [
        ("docs/page.md", 7, 22, "SRC003"),
        ("docs/page.md", 9, 1, "SRC001"),
    ]
    assert data["findings"][1]["name"] == "claim-without-source"
    assert set(data["findings"][0]) == {
        "file", "line", "column", "severity", "rule", "name", "message", "help", "known",
    }  # fmt: skip


def test_a_folder_that_is_named_is_checked_and_not_what_begins_like_it(bare_project: Path) -> None:
    (bare_project / "docs/a").mkdir()
    for name in ("a/page.md", "ab.md"):
        (bare_project / "docs" / name).write_text("Legs are weak.\n")
    result = claims("check", "docs/a", "--select", "SRC001", cwd=bare_project)
    assert [line.split(":")[0] for line in result.stdout.splitlines() if "SRC001" in line] == [
        "docs/a/page.md"
    ]


def test_clean_is_zero_and_says_what_was_checked(two_faults: Path) -> None:
    (two_faults / "docs/page.md").write_text(
        f"{REVIEWED}The pain is often worse at night, and legs may feel weak. "
        "[@spine#pain; @spine#legs; @legs#pain; @legs#legs]"
    )
    result = claims("check", cwd=two_faults)
    assert (result.returncode, result.stdout) == (0, "no findings: 1 claim checked, 2 sources\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "--config", "nowhere.yml"], "nowhere.yml cannot be read"),
        (["check", "--select", "SRC0001"], "there is no rule 'SRC0001'; did you mean 'SRC001'?"),
        (["check", "nowhere.md"], "there is no file or folder 'nowhere.md'"),
        (["verify", "--snapshots", "nowhere"], "there is no folder 'nowhere'"),
        (["check", "--config", "broken.yml"], "broken.yml is not usable YAML"),
        (["check", "--config", "strange.yml"], "extension"),
    ],
)
def test_two_when_it_could_not_run(two_faults: Path, arguments: list[str], says: str) -> None:
    (two_faults / "broken.yml").write_text("a: [")
    (two_faults / "strange.yml").write_text("markdown_extensions: [no.such.extension]")
    result = claims(*arguments, cwd=two_faults)
    assert result.returncode == 2
    assert says in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_missing_included_file_is_told_without_a_traceback(two_faults: Path) -> None:
    (two_faults / "docs/page.md").write_text('--8<-- "nowhere.md"\n')
    result = claims("check", cwd=two_faults)
    assert result.returncode == 2
    assert "docs/page.md" in result.stderr
    assert "nowhere.md" in result.stderr
    assert "Traceback" not in result.stderr


def test_what_pages_include_is_read_from_any_working_directory(
    two_faults: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (two_faults / "docs/page.md").write_text(f'{REVIEWED}--8<-- "legs.md"\n')
    (two_faults / "includes/legs.md").write_text("Legs are weak.\n")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    result = claims("check", "--config", str(two_faults / "mkdocs.yml"), cwd=elsewhere)
    assert result.returncode == 1
    assert "includes/legs.md:1:1: SRC001 a sentence has no source" in result.stdout


def test_verify_finds_misses_and_counts_what_it_could_not_look_at(two_faults: Path) -> None:
    snapshots = two_faults / "snapshots"
    snapshots.mkdir()
    source = two_faults / "docs/references/spine.yml"
    source.write_text(
        source.read_text().replace("figures: []", "figures: [30 percent]", 1)
        + "snapshot: {sha256: "
        + "0" * 64
        + ", retrieved: 2026-11-21}\n"
    )
    (snapshots / "spine.txt").write_text(
        "The pain is\n  often worse at night. Legs may feel heavy."
    )
    result = claims("verify", "--snapshots", "snapshots", cwd=two_faults)
    assert result.returncode == 1
    assert (
        "spine.yml:8:3: LIB005 passage 'pain' of 'spine' lists the figure '30 percent'"
        in result.stdout
    )
    assert (
        "spine.yml:14:3: LIB004 passage 'legs' of 'spine' is not in the snapshot" in result.stdout
    )
    assert "spine: the snapshot is not the one that its source file pins" in result.stdout
    assert "\npassages: 0 found, 2 not found, 2 unchecked\n" in result.stdout

    (snapshots / "spine.txt").write_text(
        "The pain is, in 30 of 100, worse at night. Legs may feel “weak” or heavy."
    )
    result = claims("verify", "--snapshots", "snapshots", cwd=two_faults)
    assert result.returncode == 0
    assert "passages: 2 found, 0 not found, 2 unchecked\n" in result.stdout

    (snapshots / "spine.txt").write_text(
        "Legs may feel or heavy. " * 2 + "The pain is 30 worse at night"
    )
    result = claims("verify", "--snapshots", "snapshots", cwd=two_faults)
    assert "passage 'legs' of 'spine' occurs 2 times in the snapshot" in result.stdout


def test_report_counts_statements_and_lists_editorial_text(two_faults: Path) -> None:
    (two_faults / "docs/page.md").write_text(
        "It hurts. [@spine#pain] Legs are weak.\n\nPrint this page.\n{ .editorial }\n"
    )
    result = claims("report", cwd=two_faults)
    assert result.returncode == 0
    lines = result.stdout.splitlines()
    assert lines[1].split() == ["page.md", "2", "1", "1", "0", "0", "1"]
    assert lines[2].split() == ["all", "pages", "2", "1", "1", "0", "0", "1"]
    assert lines[-1] == "docs/page.md:3: Print this page."


def test_verify_compares_text_with_excerpts_and_keeps_a_finding_on_two_lines(
    two_faults: Path,
) -> None:
    for name in ("snapshots", "excerpts"):
        (two_faults / name).mkdir()
    (two_faults / "excerpts/other.txt").write_text("One may say this: " + "a b c d e f g h " * 2)
    page = two_faults / "docs/page.md"
    page.write_text(page.read_text() + "\nWe say a b c d e f g h.\n{ .editorial }\n")
    result = claims("verify", "--snapshots", "snapshots", "--excerpts", "excerpts", cwd=two_faults)
    assert result.returncode == 1
    assert "LIB007 the text has words in a row from 'other': 'a b c d e f g h'" in result.stdout
    assert "\n    help: say it in your own words" in result.stdout
    # An excerpt need not have the passages of its source.
    assert "passages: 0 found, 0 not found, 4 unchecked" in result.stdout
    # What allows a finding of `guide verify` is not unused in a check without snapshots.
    allowed = page.read_text().replace("\nWe say", "\n<!-- allow LIB007: a name -->\n\nWe say")
    page.write_text(allowed)
    arguments = ("verify", "--snapshots", "snapshots", "--excerpts", "excerpts")
    assert claims(*arguments, cwd=two_faults).returncode == 0
    assert "EDT002" not in claims("check", cwd=two_faults).stdout
