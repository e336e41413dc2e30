"""A large site is checked in parts on several machines, and merged as if one had checked it."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.rules import RULES

from .commands import run_here
from .conftest import FIXTURES, ROOT

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = """\
site_name: Legs
markdown_extensions:
  - attr_list
  - def_list
  - pymdownx.snippets: {base_path: [includes]}
  - guide.claims: {reading_budget: {page: 30, whole: 0.1}}
  - guide.glossary
"""
GLOSSARY = """\
# Words

Cord
:   Legs may feel weak. [@spine#legs]

Marrow
:   The pain is worse at night. [@spine#pain]
"""
# Each page has a fault of its own; both include one, and give a figure of which the other one
# knows nothing. Both cite what the other does not.
PAGES = {
    "a/one.md": """\
# One

--8<-- "warning.md"

The cord hurts.

This particular introduction unfortunately contains considerably complicated vocabulary, and is
altogether somewhat longer than any paragraph of a guide with understandable information should be.
{ .editorial }

<!-- allow SRC010: the two were counted in other years -->

The pain is worse at night in 5 of 10 people. [@spine#half]
""",
    "b/two.md": """\
# Two

--8<-- "warning.md"

The pain is worse at night in 7 of 10 people. [@spine#more]

<!-- allow SRC001: nothing is wrong here -->

Legs may feel weak. [@spine#legs]
""",
}


CLEAN = """\
---
title: Legs
reviewed: 2026-11-21
next-review: 2999-11-21
reviewer: none yet
---

See the other page.
{ .editorial }
"""
COUNT = """\
  {0}:
    section: opening
    start: The pain is
    end: in {1} percent
    says: The pain is often worse at night in {1} percent.
    measure: share of people with pain
    figures: []
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project of two folders, in which rules that compare pages have something to find."""
    shutil.copytree(FIXTURES / "references", tmp_path / "docs/references")
    shutil.copytree(FIXTURES / "includes", tmp_path / "includes")
    spine = tmp_path / "docs/references/spine.yml"
    counts = COUNT.format("half", 50) + COUNT.format("more", 70)
    spine.write_text(spine.read_text().replace("passages:\n", f"passages:\n{counts}"))
    (tmp_path / "docs/glossary.md").write_text(GLOSSARY)
    (tmp_path / "mkdocs.yml").write_text(SETTINGS)
    for name, text in PAGES.items():
        page = tmp_path / "docs" / name
        page.parent.mkdir()
        page.write_text(text)
    return tmp_path


def whole(folder: Path) -> Any:
    return json.loads(run_here("guide", "check", "--no-cache", "--format=json", cwd=folder).stdout)


def part(folder: Path, name: str, *options: str) -> Any:
    """Check one folder as a machine of its own does; return its report."""
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    file = f"--part={name}.json"
    result = run_here("guide", "check", f"docs/{name}", file, "--format=json", *options, cwd=folder)
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    return json.loads(result.stdout)


def merge(folder: Path, *files: str, form: str = "json") -> Any:
    return run_here("guide", "report", f"--format={form}", "--merge", *files, cwd=folder)


@pytest.mark.parametrize("options", [(), ("--no-cache",)], ids=str)
def test_parts_together_find_what_one_run_finds(folder: Path, options: tuple[str, ...]) -> None:
    parts = [part(folder, name, *options) for name in ("a", "b")]
    merged = merge(folder, "a.json", "b.json")
    assert json.loads(merged.stdout) == whole(folder)
    assert merged.returncode == 1
    assert merged.stderr == "1 page in no part: checked now\n"
    # The fault of the file that both include is one of each part, and one of the whole.
    included = [each for found in parts for each in found["findings"] if "includes" in each["file"]]
    assert len(included) == 2 * len({each["line"] for each in included}) > 0


def test_a_part_does_not_judge_what_needs_the_other_pages(folder: Path) -> None:
    found = {each["rule"] for each in whole(folder)["findings"]}
    parts = [part(folder, name) for name in ("a", "b")]
    not_judged = set(parts[0]["not_judged"])
    # Rules that compare pages, or judge sources, terms and suppressions, find something here.
    assert found & not_judged == {"SRC010", "LIB002", "EDT002", "GLO002", "TXT001"}
    for each in parts:
        rules = {finding["rule"] for finding in each["findings"]}
        assert "SRC001" in rules
        assert not rules & not_judged
        assert {rule.code for rule in RULES if rule.is_of_whole} == set(each["not_judged"])


def test_what_the_parts_have_read_is_not_read_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = whole(folder)
    for name in ("a", "b"):
        part(folder, name)
    part(folder, "glossary.md")
    read: list[str] = []
    monkeypatch.setattr(
        "sourced_guide.claims.markdown.extension.collect", lambda _, paths: read.extend(paths)
    )
    merged = merge(folder, "a.json", "b.json", "glossary.md.json")
    assert json.loads(merged.stdout) == expected
    assert (read, merged.stderr) == ([], "")


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_reports_of_some_pages_are_merged_too(folder: Path, form: str) -> None:
    for name in ("a", "b"):
        report = run_here("guide", "check", f"docs/{name}", f"--format={form}", cwd=folder)
        (folder / f"{name}.{form}").write_text(report.stdout)
    merged = merge(folder, f"a.{form}", f"b.{form}")
    assert json.loads(merged.stdout) == whole(folder)


def test_a_merged_report_has_all_formats(folder: Path) -> None:
    part(folder, "a")
    for form in ("text", "github", "sarif"):
        expected = run_here("guide", "check", f"--format={form}", cwd=folder)
        merged = merge(folder, "a.json", form=form)
        assert (merged.stdout, merged.returncode) == (expected.stdout, 1)


def test_a_part_says_in_every_format_what_it_leaves_to_the_merge(folder: Path) -> None:
    check = ("guide", "check", "docs/b", "--part=b.json")
    last = run_here(*check, cwd=folder).stdout.splitlines()[-1]
    assert last.endswith("; guide report --merge judges " + ", ".join(_of_whole()))
    sarif = json.loads(run_here(*check, "--format=sarif", cwd=folder).stdout)["runs"][0]
    assert sarif["properties"] == {"notJudged": _of_whole()}
    assert not set(_of_whole()) & {rule["id"] for rule in sarif["tool"]["driver"]["rules"]}


def test_editors_read_which_rules_a_part_leaves_out() -> None:
    text = (ROOT / "docs/editors/large-sites.md").read_text("utf-8")
    listed = text.partition("judge files beside them: ")[2].partition(". It does not")[0]
    assert sorted(re.findall(r"[A-Z]{3}\d{3}", listed)) == _of_whole()


def _of_whole() -> list[str]:
    return sorted(rule.code for rule in RULES if rule.is_of_whole)


def test_a_guide_without_findings_is_merged_with_exit_code_0(folder: Path) -> None:
    for name in ("a/one.md", "b/two.md"):
        (folder / "docs" / name).write_text(CLEAN)
    (folder / "docs/glossary.md").unlink()
    shutil.rmtree(folder / "docs/references")
    (folder / "mkdocs.yml").write_text(SETTINGS.replace("whole: 0.1", "whole: 30"))
    assert {part(folder, name)["count"] for name in ("a", "b")} == {0}
    merged = merge(folder, "a.json", "b.json", form="text")
    assert (merged.stdout, merged.returncode) == ("no findings: 0 claims checked, 0 sources\n", 0)


@pytest.mark.parametrize("changed", ["docs/b/two.md", "docs/references/spine.yml", "mkdocs.yml"])
def test_parts_of_another_state_are_not_merged(folder: Path, changed: str) -> None:
    part(folder, "a")
    with (folder / changed).open("a") as file:
        file.write("\n# More\n")
    merged = merge(folder, "a.json")
    assert (merged.returncode, merged.stdout) == (2, "")
    assert merged.stderr.startswith("guide: 'a.json' is of other pages, sources, settings")


def test_a_finding_of_a_report_is_never_lost(folder: Path) -> None:
    report = run_here("guide", "check", "docs/a", "--format=json", cwd=folder).stdout
    (folder / "a.json").write_text(report)
    (folder / "docs/a/one.md").write_text("# One\n")
    merged = merge(folder, "a.json")
    assert merged.returncode == 2
    assert "which is not found now: check all parts" in merged.stderr


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:-100],
        lambda text: text.replace('"statement', '"state', 1).replace("worse", "better"),
        lambda _: "[1]",
        lambda _: "{}",
        lambda _: '{"findings": [{}]}',
        lambda _: '{"runs": [{"results": [{"locations": []}]}]}',
    ],
)
def test_a_spoilt_part_is_not_believed(folder: Path, spoil: Any) -> None:
    part(folder, "a")
    file = folder / "a.json"
    file.write_text(spoil(file.read_text()))
    merged = merge(folder, "a.json")
    assert (merged.returncode, merged.stdout) == (2, "")
    assert "'a.json' is no report that can be merged" in merged.stderr


def test_what_another_version_has_kept_is_worked_out_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part(folder, "a")
    monkeypatch.setattr(
        "sourced_guide.claims.project.store.store.versions_digest", lambda: "another"
    )
    assert json.loads(merge(folder, "a.json").stdout) == whole(folder)


def test_a_part_keeps_what_other_runs_have_kept(folder: Path) -> None:
    run_here("guide", "check", cwd=folder)
    before = {path: path.read_bytes() for path in (folder / ".cache").rglob("*.json")}
    run_here("guide", "check", "docs/a", "--part=a.json", cwd=folder)
    assert before == {path: path.read_bytes() for path in (folder / ".cache").rglob("*.json")}
    assert load_project(folder / "mkdocs.yml", folder).page_paths


def test_a_part_is_of_some_pages(folder: Path) -> None:
    result = run_here("guide", "check", "--part=a.json", cwd=folder)
    assert (result.returncode, (folder / "a.json").exists()) == (2, False)
    assert result.stderr == "guide: --part checks some of the pages: name their PATH\n"
