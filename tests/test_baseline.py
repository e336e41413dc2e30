"""Findings that a project knows of, and what tells one finding from another."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import pytest

from sourced_guide.claims.report.baseline import baseline_of, fingerprints

from .commands import claims
from .outcomes import finding

if TYPE_CHECKING:
    from pathlib import Path

# Fingerprints and the baseline


def test_a_fingerprint_stays_when_lines_move() -> None:
    before = [finding("see other.md:14:3 and line 9", line=5), finding("a", line=8)]
    after = [finding("see other.md:20:1 and line 12", line=6), finding("a", line=9)]
    assert list(fingerprints(before).values()) == list(fingerprints(after).values())


def test_a_fingerprint_tells_findings_apart() -> None:
    different = [
        finding("a"),
        finding("a", line=2),
        finding("b"),
        finding("a", at="docs/other.md"),
        dataclasses.replace(finding("a"), rule="SRC002"),
        finding("10 percent"),
        finding("12 percent"),
    ]
    assert len(set(fingerprints(different).values())) == len(different)


def test_a_baseline_marks_and_counts_what_is_resolved() -> None:
    baseline = baseline_of([finding("a"), finding("a", line=2), finding("b")])
    now = [finding("a", line=30), finding("c")]
    assert [each.known for each in baseline.marked(now)] == [False, True]
    assert [each.message for each in baseline.marked(now)] == ["c", "a"]
    assert baseline.resolved(now, lambda _entry: True) == 2
    assert baseline.resolved(now, lambda entry: entry.message == "b") == 1


def test_a_project_with_a_baseline_fails_on_new_findings_only(faulty_project: Path) -> None:
    written = claims("check", "--write-baseline", "known.json", cwd=faulty_project)
    assert written.returncode == 0
    entries = json.loads((faulty_project / "known.json").read_text())["findings"]
    assert {"SRC001", "SRC003"} <= {each["rule"] for each in entries}
    assert entries == sorted(
        entries, key=lambda each: (each["file"], each["rule"], each["message"])
    )

    page = faulty_project / "docs/page.md"
    page.write_text("# Title\n\n" + page.read_text() + "\nIt is new.\n")
    result = claims("check", "--baseline", "known.json", cwd=faulty_project)
    assert result.returncode == 1
    assert result.stdout.count("    known: in the baseline\n") == len(entries)
    assert "'It is new.'" in result.stdout
    assert "1 finding in 1 file" in result.stdout.splitlines()[-1]
    assert "resolved" not in result.stdout

    page.write_text("It hurts. [@spine#pain; @spine#legs; @legs#pain; @legs#legs]\n")
    result = claims("check", "--baseline", "known.json", cwd=faulty_project)
    resolved = len(entries) - result.stdout.count("    known: in the baseline\n")
    assert resolved >= 2
    assert f"; {resolved} baseline entries resolved: run --write-baseline\n" in result.stdout


def test_what_was_not_asked_is_not_called_resolved(faulty_project: Path) -> None:
    (faulty_project / "docs/other.md").write_text("It hurts. [@spine#pain]\n")
    claims("check", "--write-baseline", "known.json", cwd=faulty_project)
    for part in (["--select", "LIB001"], ["docs/other.md"], ["--select", "EDT001", "docs"]):
        result = claims("check", *part, "--baseline", "known.json", cwd=faulty_project)
        assert result.returncode == 0
        assert "resolved" not in result.stdout


def test_a_baseline_is_written_whole_and_the_same_each_time(faulty_project: Path) -> None:
    texts = []
    for name in ("one.json", "two.json"):
        claims("check", "--write-baseline", name, cwd=faulty_project)
        texts.append((faulty_project / name).read_text())
    assert texts[0] == texts[1]
    assert str(faulty_project) not in texts[0]
    assert not list(faulty_project.glob(".[!c]*"))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "cannot be read: No such file or directory"),
        (b"{", "it is not JSON"),
        (b"\xff\xfe\x00", "it is not JSON"),
        (b"[" * 100_000, "it is not JSON"),
        (b"[]", "it does not say `version: 1`"),
        (b'{"version": 2, "findings": []}', "it does not say `version: 1`"),
        (b'{"version": 1}', "it has no list `findings`"),
        (b'{"version": 1, "findings": [7]}', "finding 1 lacks one of file, rule, message"),
        (b'{"version": 1, "findings": [{"file": "a"}]}', "finding 1 lacks one of"),
    ],
)
def test_a_baseline_that_is_none_is_told_in_one_sentence(
    faulty_project: Path,
    content: bytes | None,
    says: str,
) -> None:
    if content is not None:
        (faulty_project / "known.json").write_bytes(content)
    result = claims("check", "--baseline", "known.json", cwd=faulty_project)
    assert result.returncode == 2
    assert says in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["docs", "--write-baseline", "known.json"], "leave out PATH and --select"),
        (["--select", "SRC001", "--write-baseline", "known.json"], "leave out PATH and --select"),
        (["--write-baseline", "docs"], "docs cannot be written: Is a directory"),
        (["no\x1b[2Jsuch\n.md"], r"there is no file or folder 'no\x1b[2Jsuch\n.md'"),
    ],
)
def test_two_when_it_could_not_run(faulty_project: Path, arguments: list[str], says: str) -> None:
    result = claims("check", *arguments, cwd=faulty_project)
    assert result.returncode == 2
    assert says in result.stderr
    assert len(result.stderr.splitlines()) == 1
