"""`guide check`: the gate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.claims.markdown.extension import read_guide
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.model.suggest import did_you_mean
from sourced_guide.claims.report import FORMATS
from sourced_guide.claims.report.baseline import (
    Baseline,
    Entry,
    baseline_of,
    project_baseline,
    read_baseline,
    write_baseline,
)
from sourced_guide.claims.report.result import Outcome
from sourced_guide.claims.rules import RULES, Rule, check
from sourced_guide.cli.command import CLEAN, FINDINGS, Answer, Command

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from sourced_guide.claims.model.finding import Finding
    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.project import Project


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="report only these files")
    parser.add_argument("--format", choices=tuple(FORMATS), default="text")
    parser.add_argument("--select", metavar="RULES", help="codes or names, with commas")
    baselines = parser.add_mutually_exclusive_group()
    baselines.add_argument("--baseline", metavar="FILE", help="mark the findings that it lists")
    baselines.add_argument(
        "--write-baseline", metavar="FILE", help="list all findings of today in this file"
    )


def _run(project: Project, options: Namespace) -> Answer:
    rules = _selected(options.select)
    inside = _shown(project, options.paths)
    if options.write_baseline and (options.paths or options.select):
        # A part would take the place of the whole, and what it leaves out would be new again.
        raise UnusableProjectError("--write-baseline lists everything: leave out PATH and --select")
    baseline = None
    if options.baseline:
        baseline = read_baseline(Path(options.baseline))
    elif project.options.baseline:
        baseline = project_baseline(project)
    guide = read_guide(project)
    findings = [each for each in check(guide, rules) if _is_inside(each.place.file, inside)]
    if options.write_baseline:
        baseline = baseline_of(findings)
        write_baseline(baseline, Path(options.write_baseline))
    outcome = _outcome(guide, rules, findings, baseline, inside)
    code = FINDINGS if outcome.stops_the_build else CLEAN
    return Answer(FORMATS[options.format](outcome), code)


def _outcome(
    guide: Guide,
    rules: Sequence[Rule],
    findings: list[Finding],
    baseline: Baseline | None,
    inside: Sequence[str] | None,
) -> Outcome:
    # Of a rule that did not run, nothing is known; of one that is gone, nothing will be found.
    not_run = {rule.code for rule in RULES} - {rule.code for rule in rules}

    def asked(entry: Entry) -> bool:
        return entry.rule not in not_run and _is_inside(entry.file, inside)

    return Outcome(
        findings=baseline.marked(findings) if baseline else findings,
        rules=rules,
        claims=sum(len(page.claims) for _, page in guide.pages),
        sources=len(guide.references.sources),
        mended=baseline.mended(findings, asked) if baseline else None,
    )


def _selected(written: str | None) -> list[Rule]:
    if written is None:
        return list(RULES)
    by_name = {name: rule for rule in RULES for name in (rule.code, rule.name)}
    wanted = [each.strip() for each in written.split(",") if each.strip()]
    for each in wanted:
        if each not in by_name:
            guess = did_you_mean(each, by_name) or f"rules: {', '.join(r.code for r in RULES)}"
            raise UnusableProjectError(f"there is no rule '{each}'; {guess}")
    return [rule for rule in RULES if rule.code in wanted or rule.name in wanted]


def _shown(project: Project, paths: Sequence[str]) -> list[str] | None:
    """Return how findings name the paths, or nothing where none is given."""
    for path in paths:
        if not Path(path).exists():
            raise UnusableProjectError(f"there is no file or folder '{path}'")
    return [project.shown(Path(path).resolve()) for path in paths] or None


def _is_inside(file: str, shown: Sequence[str] | None) -> bool:
    return shown is None or any(at in (".", file) or file.startswith(f"{at}/") for at in shown)


COMMAND = Command("check", "check the pages and the sources (the gate)", _add_options, _run)
