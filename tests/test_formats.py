"""What editors' tools and CI read: each format, the baseline, the editor's and the hook's files."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema_rs
import pytest
import yaml

from guide.claims.baseline import baseline_of, fingerprints
from guide.claims.findings import Finding, Place, Severity
from guide.claims.formats import FORMATS
from guide.claims.formats.outcome import Outcome
from guide.claims.rules import RULES, Rule
from guide.claims.rules.explained import Explanation, explain
from guide.claims.visible import visible

from .conftest import CLAIMS, FIXTURES, ROOT, claims

SARIF = json.loads((ROOT / "tests/schemas/sarif-schema-2.1.0.json").read_text("utf-8"))

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


@pytest.fixture
def project(bare_project: Path) -> Path:
    """A project of one page with two faults, and nothing else wrong."""
    (bare_project / "docs/page.md").write_text(
        "It hurts. [@spine#pain; @spine#legs] Badly [@legs#pains].\n\nLegs are weak.\n"
    )
    return bare_project


def finding(
    message: str = "it is wrong", at: str = "docs/page.md", line: int = 1, **more: Any
) -> Finding:
    return Finding(
        Place(at, line, 2), "SRC001", "claim-without-source", message, "do right", **more
    )


def outcome(*findings: Finding, mended: int | None = None) -> Outcome:
    return Outcome(findings, RULES, claims=3, sources=2, mended=mended)


def shown(form: str, *findings: Finding, mended: int | None = None) -> str:
    return FORMATS[form](outcome(*findings, mended=mended))


def sarif_run(*findings: Finding, mended: int | None = None) -> Any:
    data = json.loads(shown("sarif", *findings, mended=mended))
    jsonschema_rs.validator_for(SARIF).validate(data)
    return data["runs"][0]


WARNING = finding("it is old", severity=Severity.WARNING)
KNOWN = finding("it was wrong before", known=True)


# The summary: errors decide, warnings and known findings are counted apart.


@pytest.mark.parametrize(
    ("findings", "mended", "says"),
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
                "2 entries of the baseline are mended: write it anew"
            ),
        ),
        (
            [finding()],
            1,
            "1 finding in 1 file; 1 entry of the baseline is mended: write it anew",
        ),
    ],
)
def test_the_summary_counts(findings: list[Finding], mended: int | None, says: str) -> None:
    for form in ("text", "github"):
        assert shown(form, *findings, mended=mended).splitlines()[-1] == says


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
    results = sarif_run(finding(), KNOWN, mended=0)["results"]
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


def test_a_baseline_marks_and_counts_what_is_mended() -> None:
    baseline = baseline_of([finding("a"), finding("a", line=2), finding("b")])
    now = [finding("a", line=30), finding("c")]
    assert [each.known for each in baseline.marked(now)] == [False, True]
    assert [each.message for each in baseline.marked(now)] == ["c", "a"]
    assert baseline.mended(now, lambda _entry: True) == 2
    assert baseline.mended(now, lambda entry: entry.message == "b") == 1


def test_a_project_with_a_baseline_fails_on_new_findings_only(project: Path) -> None:
    written = claims("check", "--write-baseline", "known.json", cwd=project)
    assert written.returncode == 0
    entries = json.loads((project / "known.json").read_text())["findings"]
    assert {"SRC001", "SRC003"} <= {each["rule"] for each in entries}
    assert entries == sorted(
        entries, key=lambda each: (each["file"], each["rule"], each["message"])
    )

    page = project / "docs/page.md"
    page.write_text("# Title\n\n" + page.read_text() + "\nIt is new.\n")
    result = claims("check", "--baseline", "known.json", cwd=project)
    assert result.returncode == 1
    assert result.stdout.count("    known: in the baseline\n") == len(entries)
    assert "'It is new.'" in result.stdout
    assert "1 finding in 1 file" in result.stdout.splitlines()[-1]
    assert "mended" not in result.stdout

    page.write_text("It hurts. [@spine#pain; @spine#legs; @legs#pain; @legs#legs]\n")
    result = claims("check", "--baseline", "known.json", cwd=project)
    mended = len(entries) - result.stdout.count("    known: in the baseline\n")
    assert mended >= 2
    assert f"; {mended} entries of the baseline are mended: write it anew\n" in result.stdout


def test_what_was_not_asked_is_not_called_mended(project: Path) -> None:
    (project / "docs/other.md").write_text("It hurts. [@spine#pain]\n")
    claims("check", "--write-baseline", "known.json", cwd=project)
    for part in (["--select", "LIB001"], ["docs/other.md"], ["--select", "EDT001", "docs"]):
        result = claims("check", *part, "--baseline", "known.json", cwd=project)
        assert result.returncode == 0
        assert "mended" not in result.stdout


def test_a_baseline_is_written_whole_and_the_same_each_time(project: Path) -> None:
    texts = []
    for name in ("one.json", "two.json"):
        claims("check", "--write-baseline", name, cwd=project)
        texts.append((project / name).read_text())
    assert texts[0] == texts[1]
    assert str(project) not in texts[0]
    assert not list(project.glob(".[!c]*"))


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
    project: Path,
    content: bytes | None,
    says: str,
) -> None:
    if content is not None:
        (project / "known.json").write_bytes(content)
    result = claims("check", "--baseline", "known.json", cwd=project)
    assert result.returncode == 2
    assert says in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["docs", "--write-baseline", "known.json"], "leave out PATH and --select"),
        (["--select", "SRC001", "--write-baseline", "known.json"], "leave out PATH and --select"),
        (["--write-baseline", "docs"], "the baseline 'docs' cannot be written"),
        (["no\x1b[2Jsuch\n.md"], r"there is no file or folder 'no\x1b[2Jsuch\n.md'"),
    ],
)
def test_two_when_it_could_not_run(project: Path, arguments: list[str], says: str) -> None:
    result = claims("check", *arguments, cwd=project)
    assert result.returncode == 2
    assert says in result.stderr
    assert len(result.stderr.splitlines()) == 1


# The command in a terminal


def test_names_with_spaces_umlauts_colons_and_line_ends(project: Path) -> None:
    names = ["über uns.md", "a:1:2.md", "new\nline.md", "::error::x.md", "tab\t.md"]
    for name in names:
        (project / "docs" / name).write_text("It has no source.\n")
    for name in names:
        result = claims("check", f"docs/{name}", "--select", "SRC001", cwd=project)
        assert result.returncode == 1
        first, *_ = result.stdout.split("\n")
        assert first.startswith(f"docs/{visible(name)}:1:1: SRC001 a sentence has no source")
        assert len(result.stdout.splitlines()) == 3
        run = json.loads(claims("check", f"docs/{name}", "--format", "sarif", cwd=project).stdout)
        jsonschema_rs.validator_for(SARIF).validate(run)
        location = run["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
        assert unquote(location["artifactLocation"]["uri"]) == f"docs/{name}"


def test_a_page_cannot_speak_to_the_terminal_or_to_ci(project: Path) -> None:
    page = project / "docs/page.md"
    page.write_text("It \x1b[31mhurts ##[error]badly\n::error::x at night.\n")
    for form in ("text", "github"):
        result = claims("check", "docs/page.md", "--format", form, cwd=project)
        assert result.returncode == 1
        assert "\x1b" not in result.stdout
        assert "##[" not in result.stdout
        assert not [each for each in result.stdout.splitlines() if each.startswith("::error::")]


def test_a_reader_that_leaves_early_is_no_error(project: Path) -> None:
    (project / "docs/page.md").write_text("It has no source.\n\n" * 3000)
    command = subprocess.Popen(
        [CLAIMS, "check"], cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert command.stdout
    assert command.stderr
    command.stdout.read(1)
    command.stdout.close()
    assert command.stderr.read() == b""
    command.stderr.close()
    assert command.wait(timeout=60) == 1


def test_a_terminal_without_umlauts_shows_the_finding(project: Path) -> None:
    (project / "docs/page.md").write_text("Über ≥ 3 Tage.\n", "utf-8")
    for form in FORMATS:
        result = subprocess.run(
            [CLAIMS, "check", "--format", form],
            cwd=project,
            env={**os.environ, "PYTHONIOENCODING": "ascii"},
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert (result.returncode, result.stderr) == (1, b"")
        assert b"SRC001" in result.stdout


def test_a_full_disk_is_told(project: Path) -> None:
    assert Path("/dev/full").exists(), "this needs a device that is full, as Linux has"
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [CLAIMS, "check"],
            cwd=project,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
        )
    assert result.returncode == 2
    assert result.stderr.startswith("claims: the output cannot be written: ")
    assert len(result.stderr.splitlines()) == 1


# What a rule's docstring says


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_explains_itself(rule: Rule) -> None:
    explanation = explain(rule)
    assert all(dataclasses.astuple(explanation)), explanation
    assert explanation.says.endswith(".")
    assert not re.search(r"\b(?:Why|Bad|Good|Fix):", " ".join(dataclasses.astuple(explanation)))


def _explained(_site: object) -> Iterator[tuple[Place, str, str]]:
    """A list is wrong
    in two lines.

    Why:  It is read
          by people.
    Bad:  - one
            - nested
    Good: - one

          - two
    Fix:  Mend it.
    """
    yield Place("a"), "", ""


def test_an_explanation_keeps_the_lines_of_examples_only() -> None:
    assert explain(Rule("SRC000", "x", "x", _explained)) == Explanation(
        says="A list is wrong in two lines.",
        why="It is read by people.",
        bad="- one\n  - nested",
        good="- one\n\n- two",
        fix="Mend it.",
    )


# The editor


def _problems(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Return severity and place of the problems that VS Code reads from the task's output.

    It holds the last few lines in a buffer, tries the longest patterns first, and empties the
    buffer after a match (vscode, tasks/common/problemCollectors.ts, `tryFindMarker`).
    """
    (task,) = json.loads((ROOT / ".vscode/tasks.json").read_text())["tasks"]
    matchers = sorted(task["problemMatcher"], key=lambda each: -len(each["pattern"]))
    longest = len(matchers[0]["pattern"])
    buffer: list[str] = []
    problems = []
    for line in lines:
        buffer = [*buffer, line][-longest:]
        for matcher in matchers:
            last = buffer[-len(matcher["pattern"]) :]
            if len(last) < len(matcher["pattern"]):
                continue
            found = [
                re.search(each["regexp"], part)
                for each, part in zip(matcher["pattern"], last, strict=True)
            ]
            if all(found):
                head, first = matcher["pattern"][0], found[0]
                assert first
                place = ":".join(first[head[name]] for name in ("file", "line", "column", "code"))
                assert found[-1]
                assert found[-1][matcher["pattern"][-1]["message"]].startswith("help: ")
                problems.append((matcher["severity"], place))
                buffer = []
                break
    return problems


def test_the_editor_reads_every_finding(project: Path) -> None:
    (project / "docs/über uns.md").write_text("A note: docs/x.md:9:9: SRC009 is no place.\n")
    lines = claims("check", "--select", "SRC001,SRC003", cwd=project).stdout.splitlines()
    assert _problems(lines) == [
        ("error", "docs/page.md:1:45:SRC003"),
        ("error", "docs/page.md:3:1:SRC001"),
        ("error", "docs/über uns.md:1:1:SRC001"),
    ]


def test_the_editor_tells_errors_warnings_and_known_findings_apart() -> None:
    lines = shown("text", finding(), KNOWN, WARNING, WARNING, finding(line=3)).splitlines()
    assert [severity for severity, _ in _problems(lines)] == [
        "error", "info", "warning", "warning", "error",
    ]  # fmt: skip


def test_every_finding_has_a_help_line_for_the_editor_to_read(project: Path) -> None:
    shutil.copytree(FIXTURES / "LIB001/fail", project / "docs/references", dirs_exist_ok=True)
    data = json.loads(claims("check", "--format", "json", cwd=project).stdout)
    assert data["count"] > 10
    assert all(each["help"] for each in data["findings"])


def test_the_editor_knows_the_fields_of_a_source_file() -> None:
    text = (ROOT / ".vscode/settings.json").read_text()
    settings = json.loads(re.sub(r"^ *//.*$", "", text, flags=re.MULTILINE))
    for schema, pattern in settings["yaml.schemas"].items():
        assert jsonschema_rs.meta.is_valid(json.loads((ROOT / schema).read_text()))
        assert list(ROOT.glob(pattern))


# The hook


def test_the_hook_runs_the_command_on_what_it_checks() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert hook["id"] == "claims-check"
    assert shutil.which(hook["entry"].split()[0], path=str(Path(sys.executable).parent))
    for path in (*ROOT.glob("docs/**/*.md"), *ROOT.glob("docs/references/*"), ROOT / "mkdocs.yml"):
        assert re.search(hook["files"], path.relative_to(ROOT).as_posix())
    assert not re.search(hook["files"], "hooks/guide/claims/cli.py")


def test_what_the_hook_installs_has_its_data_files() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    packages = {path.parent for path in ROOT.glob("hooks/guide/**/__init__.py")}
    packed: set[Path] = set()
    for name, patterns in settings["package-data"].items():
        homes = packages if name == "*" else {ROOT / "hooks" / name.replace(".", "/")}
        packed.update(file for home in homes for pattern in patterns for file in home.glob(pattern))
    data = {file for suffix in ("json", "yml") for file in ROOT.glob(f"hooks/guide/**/*.{suffix}")}
    assert sorted(data - packed) == []
