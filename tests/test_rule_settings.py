"""A project's settings change the rules: some become warnings, some are ignored, some cannot be."""

from __future__ import annotations

import dataclasses
import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest
from markdown import markdown

from sourced_guide.claims import makeExtension
from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.model.errors import PageFindingsError, UnusableProjectError
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.render.directives import deferred_directive
from sourced_guide.claims.rules import RULES, check, project_rules

from .commands import claims
from .conftest import FIXTURES

if TYPE_CHECKING:
    from pathlib import Path

REQUIRED = ["SRC001", "SRC002", "SRC003", "SRC004", "SRC009"]
# Its only fault is one that a project may change: it lacks its review (REV001).
SOUND = "# Pain\n\nThe pain is often worse at night. [@spine#pain]\n"
WEAK = f"{SOUND}\nMice sleep well in winter. [@spine#pain]\n"


def project_with(folder: Path, options: str, page: str = SOUND) -> Path:
    """Write a project of one page, with these lines under `guide.claims`."""
    (folder / "docs/references").mkdir(parents=True)
    source = (FIXTURES / "references/spine.yml").read_text("utf-8")
    (folder / "docs/references/spine.yml").write_text(source, "utf-8")
    (folder / "docs/index.md").write_text(page, "utf-8")
    lines = "".join(f"      {line}\n" for line in options.splitlines())
    settings = f"site_name: Test\nmarkdown_extensions:\n  - guide.claims:\n{lines}"
    (folder / "mkdocs.yml").write_text(settings, "utf-8")
    return folder


def test_the_rules_that_no_project_may_change_are_those_of_the_design() -> None:
    assert [rule.code for rule in RULES if rule.required] == REQUIRED


@pytest.mark.parametrize("code", REQUIRED)
@pytest.mark.parametrize(
    ("option", "column", "verb"),
    [("ignore: [GLO002, {}]", 24, "ignored"), ("severity: {{{}: warning}}", 18, "made a warning")],
)
def test_a_required_rule_is_refused_with_its_line(
    tmp_path: Path, code: str, option: str, column: int, verb: str
) -> None:
    folder = project_with(tmp_path, f"gate: stop\n{option.format(code)}")
    result = claims("check", cwd=folder)
    name = next(rule.name for rule in RULES if rule.code == code)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == (
        f"claims: mkdocs.yml:5:{column}: {code} ({name}) cannot be {verb}; "
        "remove it, and correct what the rule finds\n"
    )


@pytest.mark.parametrize(
    ("option", "says"),
    [
        ("ignore: [TXT002]", "4:16: there is no rule 'TXT002'; did you mean 'TXT001'?"),
        ("ignore: [weak-support]", "4:16: 'ignore[1]' is 'weak-support', which is not valid;"),
        ("severity:\n  SRC007: off", "5:9: 'severity.SRC007' is 'False', which is not one of"),
        ("severity: [SRC007]", "4:7: 'severity' must be fields of its own; write rules with"),
        ("ignore: SRC007", "4:7: 'ignore' must be a list; write a list of codes"),
        ("ignor: [SRC007]", "4:7: guide.claims has a field 'ignor' that does not exist; did you"),
        ("reading_budget: {pages: 6}", "4:24: 'reading_budget' has a field 'pages' that does not"),
        ("reading_budget: {page: .nan}", "4:24: 'reading_budget.page' must be a number; write a"),
        ("gate: open", "4:7: 'gate' is 'open', which is not one of its values; allowed: stop"),
        ("medical_terms: 5", "4:7: 'medical_terms' must be a list; write a list of words"),
        ("redirects: old.md", "4:7: 'redirects' must be fields of its own; write former paths"),
        (
            "redirects:\n  old.md: legs.md",
            "5:9: 'old.md' would lead to 'legs.md', which is not a page; write the path of a page",
        ),
        (
            "redirects: {old.md: indx.md}",
            "4:19: 'old.md' would lead to 'indx.md', which is not a page; did you mean 'index.md'?",
        ),
        ("redirects: {README.md: index.md}", "4:19: the address of 'README.md' is that of the"),
        ("redirects: {../old.md: index.md}", "4:19: '../old.md' cannot have been a page; write"),
        ("redirects: {/old.md: index.md}", "4:19: '/old.md' cannot have been a page; write"),
        ("redirects: {old.html: index.md}", "4:19: 'old.html' cannot have been a page; write"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_its_line(
    tmp_path: Path, option: str, says: str
) -> None:
    result = claims("check", cwd=project_with(tmp_path, option))
    assert result.returncode == 2
    assert result.stderr.startswith(f"claims: mkdocs.yml:{says}"), result.stderr


def test_the_place_is_that_in_the_file_which_is_inherited_from(tmp_path: Path) -> None:
    folder = project_with(tmp_path, "ignore: [SRC001]")
    (folder / "mkdocs.yml").rename(folder / "base.yml")
    (folder / "mkdocs.yml").write_text("INHERIT: base.yml\nsite_name: Other\n")
    with pytest.raises(UnusableProjectError, match=r"^base\.yml:4:16: SRC001 "):
        check(read_guide(load_project(folder / "mkdocs.yml", folder)))


def test_a_warning_is_reported_and_does_not_fail_the_check(tmp_path: Path) -> None:
    folder = project_with(tmp_path, "severity: {review-missing: warning}\nignore: [LIB003]")
    result = claims("check", cwd=folder)
    assert result.returncode == 0
    assert "REV001" in result.stdout
    assert "    warning: it does not stop the build" in result.stdout
    assert result.stdout.endswith("1 source, 1 warning; ignored by mkdocs.yml: LIB003\n")
    data = json.loads(claims("check", "--format", "json", cwd=folder).stdout)
    assert {finding["severity"] for finding in data["findings"]} == {"warning"}
    assert (
        "::warning file=docs/index.md" in claims("check", "--format", "github", cwd=folder).stdout
    )
    log = json.loads(claims("check", "--format", "sarif", cwd=folder).stdout)["runs"][0]
    levels = {r["id"]: r["defaultConfiguration"]["level"] for r in log["tool"]["driver"]["rules"]}
    assert levels["REV001"] == "warning"
    assert "LIB003" not in levels
    assert {result["level"] for result in log["results"]} == {"warning"}


def test_a_warning_can_be_made_an_error(tmp_path: Path) -> None:
    page = f"---\nreviewed: 2020-01-01\nnext-review: 2021-01-01\nreviewer: none yet\n---\n{SOUND}"
    folder = project_with(tmp_path, "ignore: [LIB003]\nseverity: {REV002: warning}", page)
    assert claims("check", cwd=folder).returncode == 0
    settings = folder / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("REV002: warning", "REV002: error"))
    result = claims("check", cwd=folder)
    assert result.returncode == 1
    assert result.stdout.endswith("1 finding in 1 file; ignored by mkdocs.yml: LIB003\n")


def test_what_is_ignored_is_named_wherever_the_guide_is_described(tmp_path: Path) -> None:
    folder = project_with(tmp_path, "ignore: [REV001, LIB003]")
    assert claims("check", cwd=folder).stdout == (
        "no findings: 1 claim checked, 1 source; ignored by mkdocs.yml: LIB003, REV001\n"
    )
    report = claims("report", cwd=folder).stdout
    assert "Rules that mkdocs.yml ignores:\nLIB003\nREV001\n" in report
    claims("export", "claims.json", cwd=folder)
    data = json.loads((folder / "claims.json").read_text("utf-8"))
    assert data["ignored"] == ["LIB003", "REV001"]
    schema = files("sourced_guide.claims.report").joinpath("claims.schema.json").read_text("utf-8")
    jsonschema_rs.validator_for(json.loads(schema)).validate(data)
    guide = read_guide(load_project(folder / "mkdocs.yml", folder))
    shown = deferred_directive("[COVERAGE]", guide, lambda path, _: path)
    assert "switched off: LIB003, REV001." in shown


def test_a_suppression_of_an_ignored_rule_is_not_unused(tmp_path: Path) -> None:
    page = WEAK.replace("Mice", "<!-- allow SRC007: a joke -->\n\nMice")
    folder = project_with(tmp_path, "ignore: [SRC007, LIB003, REV001]", page)
    found = {finding.rule for finding in check(read_guide(load_project(folder / "mkdocs.yml")))}
    assert found.isdisjoint({"SRC007", "EDT002"})


def test_a_baseline_keeps_the_entries_of_ignored_rules(tmp_path: Path) -> None:
    folder = project_with(tmp_path, "gate: stop")
    claims("check", "--write-baseline", "known.json", cwd=folder)
    settings = folder / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8") + "      ignore: [LIB003, REV001]\n")
    last = claims("check", "--baseline", "known.json", cwd=folder).stdout.splitlines()[-1]
    assert last == "no findings: 1 claim checked, 1 source; ignored by mkdocs.yml: LIB003, REV001"


def test_what_verify_does_not_find_is_not_counted_as_found(tmp_path: Path) -> None:
    folder = project_with(tmp_path, "ignore: [LIB004]")
    (folder / "snapshots").mkdir()
    (folder / "snapshots/spine.txt").write_text("nothing of it")
    passages = len(
        read_guide(load_project(folder / "mkdocs.yml", folder)).references.sources["spine"].passages
    )
    result = claims("verify", "--snapshots", "snapshots", cwd=folder)
    assert result.stdout == (
        f"passages: 0 found, {passages} not found, 0 unchecked\n"
        "claims: 0 found, 1 not found, 0 unchecked; ignored by mkdocs.yml: LIB004\n"
    )
    assert result.returncode == 0


@pytest.mark.parametrize(
    ("options", "stops"),
    [({}, True), ({"severity": {"SRC008": "warning"}}, False), ({"ignore": ["SRC008"]}, False)],
)
def test_the_gate_of_a_page_goes_by_the_same_settings(
    tmp_path: Path, options: dict[str, Any], stops: bool
) -> None:
    docs = project_with(tmp_path, "gate: stop") / "docs"
    source = docs / "references/spine.yml"
    source.write_text(source.read_text("utf-8").replace("status: current", "status: retracted"))
    extension = makeExtension(docs_dir=str(docs), page="index.md", **options)
    if stops:
        with pytest.raises(PageFindingsError, match="SRC008"):
            markdown(SOUND, extensions=[extension])
    else:
        assert "worse at night" in markdown(SOUND, extensions=[extension])


def test_settings_change_severity_and_nothing_else(tmp_path: Path) -> None:
    options = load_project(
        project_with(tmp_path, "severity: {SRC007: warning}") / "mkdocs.yml"
    ).options
    changed = [
        (rule.code, used.severity)
        for rule, used in zip(RULES, project_rules(options), strict=True)
        if rule != used
    ]
    assert [code for code, _ in changed] == ["SRC007"]
    assert all(
        dataclasses.replace(used, severity=rule.severity) == rule
        for rule, used in zip(RULES, project_rules(options), strict=True)
    )
