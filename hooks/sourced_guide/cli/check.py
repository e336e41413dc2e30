"""`guide check`: checks pages and sources, and fails on findings."""

from __future__ import annotations

import gc
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.claims.markdown.whole_guide import guide_reader, read_guide
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.model.suggest import did_you_mean
from sourced_guide.claims.project.store.store import in_memory
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
from sourced_guide.claims.rules import RULES, check, project_rules
from sourced_guide.cli.command import CLEAN, FINDINGS, Command, Result

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from sourced_guide.claims.markdown.page_reader import PageReader
    from sourced_guide.claims.model.finding import Finding
    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.options import Options
    from sourced_guide.claims.project.project import Project
    from sourced_guide.claims.rules.rule import Rule


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="report on these only")
    parser.add_argument(
        "--format", choices=tuple(FORMATS), default="text", help="output format (text)"
    )
    parser.add_argument(
        "--select",
        metavar="RULES",
        help="codes or names, comma-separated",
    )
    parser.add_argument(
        "--no-cache",
        dest="with_store",
        action="store_false",
        help="check everything anew (same result, but slower)",
    )
    parser.add_argument(
        "--jobs",
        type=int,
        metavar="N",
        help="check many new pages in N processes (on Linux, one for each processor, 4 at most)",
    )
    parser.add_argument(
        "--part",
        metavar="FILE",
        help="read the pages of PATH only, and write what guide report --merge needs",
    )
    baselines = parser.add_mutually_exclusive_group()
    baselines.add_argument("--baseline", metavar="FILE", help="mark its findings as known")
    baselines.add_argument(
        "--write-baseline", metavar="FILE", help="list all current findings in this file"
    )


def _run(project: Project, options: Namespace) -> Result:
    # What is read stays until the end; looking for garbage in it takes a sixth of the time.
    gc.disable()
    rules, ignored = _selected(project.options, options.select)
    inside = _shown(project, options.paths)
    if options.write_baseline and (options.paths or options.select):
        # A partial baseline would make all other findings new again.
        raise UnusableProjectError("--write-baseline lists everything: leave out PATH and --select")
    baseline = _baseline(project, options.baseline)
    if options.part:
        return _check_part(project, options, rules, baseline)
    guide = _reader(project, options, rules, project.page_paths).guide()
    findings = [
        finding for finding in check(guide, rules) if _is_inside(finding.place.file, inside)
    ]
    if options.write_baseline:
        baseline = baseline_of(findings)
        write_baseline(baseline, Path(options.write_baseline))
    outcome = replace(_outcome(guide, rules, findings, baseline, inside), ignored=ignored)
    return _result(outcome, options.format)


def _check_part(
    project: Project, options: Namespace, rules: Sequence[Rule], baseline: Baseline | None
) -> Result:
    # It loads what tells the state of a project, for this option only.
    from sourced_guide.build.checks.parts import check_part, pages_in, write_part  # noqa: PLC0415

    inside = _shown(project, options.paths)
    if not inside:
        raise UnusableProjectError("--part checks some of the pages: name their PATH")
    pages = pages_in(project, inside)
    part = check_part(_reader(project, options, rules, pages), pages, rules)
    judged = [rule for rule in rules if rule.code not in part.not_judged]
    outcome = replace(
        _outcome(part.guide, judged, part.findings, baseline, inside), not_judged=part.not_judged
    )
    write_part(part, outcome.findings, Path(options.part))
    return _result(outcome, options.format)


def merged(project: Project, files: Sequence[str], form: str) -> tuple[Result, int]:
    """Check a guide with what the parts in `files` have worked out.

    Returns the result, and how many pages were in none of them.

    Raises UnusableProjectError where a file is no part, or one of another state of the project.
    """
    from sourced_guide.build.checks.parts import require_found, take_up  # noqa: PLC0415

    gc.disable()
    rules, ignored = _selected(project.options, None)
    others, found = take_up(project, map(Path, files))
    guide = read_guide(project)
    findings = check(guide, rules)
    require_found(findings, found)
    outcome = _outcome(guide, rules, findings, _baseline(project, None), None)
    return _result(replace(outcome, ignored=ignored), form), len(others)


def _reader(
    project: Project, options: Namespace, rules: Sequence[Rule], pages: Sequence[str]
) -> PageReader:
    """Return a reader of the project, which has read and checked these pages if many are new."""
    if not project.store.is_open and (options.part or options.jobs):
        # What parts and processes work out has to be kept until it is handed on.
        project = replace(project, store=in_memory())
    reader = guide_reader(project)
    new = [path for path in pages if reader.is_new(path)] if options.jobs != 1 else []
    if len(new) > 1:
        # It loads what starts processes.
        from sourced_guide.build.checks.processes import (  # noqa: PLC0415
            check_ahead,
            default_jobs,
            new_reader,
        )

        read_again = partial(new_reader, options.config, with_store=options.with_store)
        check_ahead(reader, new, rules, options.jobs or default_jobs(), read_again)
    return reader


def _baseline(project: Project, named: str | None) -> Baseline | None:
    if named:
        return read_baseline(Path(named))
    return project_baseline(project) if project.options.baseline else None


def _result(outcome: Outcome, form: str) -> Result:
    return Result(FORMATS[form](outcome), FINDINGS if outcome.stops_the_build else CLEAN)


def _outcome(
    guide: Guide,
    rules: Sequence[Rule],
    findings: list[Finding],
    baseline: Baseline | None,
    inside: Sequence[str] | None,
) -> Outcome:
    # A rule that did not run says nothing about its entries; one that was removed finds nothing.
    not_run = {rule.code for rule in RULES} - {rule.code for rule in rules}

    def is_covered(entry: Entry) -> bool:
        return entry.rule not in not_run and _is_inside(entry.file, inside)

    return Outcome(
        findings=baseline.marked(findings) if baseline else findings,
        rules=rules,
        claims=sum(len(page.claims) for _, page in guide.pages),
        sources=len(guide.references.sources),
        resolved=baseline.resolved(findings, is_covered) if baseline else None,
    )


def _selected(options: Options, written: str | None) -> tuple[list[Rule], list[str]]:
    """Return the rules to run, and the codes of those that the project ignores."""
    rules = project_rules(options)
    if written is None:
        return rules, options.ignored
    by_name = {name: rule for rule in RULES for name in (rule.code, rule.name)}
    wanted = [name.strip() for name in written.split(",") if name.strip()]
    for name in wanted:
        if name not in by_name:
            guess = did_you_mean(name, by_name) or f"rules: {', '.join(r.code for r in RULES)}"
            raise UnusableProjectError(f"there is no rule '{name}'; {guess}")
    codes = {by_name[name].code for name in wanted}
    return (
        [rule for rule in rules if rule.code in codes],
        [code for code in options.ignored if code in codes],
    )


def _shown(project: Project, paths: Sequence[str]) -> list[str] | None:
    """Return the paths as findings name them, or None where none is given."""
    for path in paths:
        if not Path(path).exists():
            raise UnusableProjectError(f"there is no file or folder '{path}'")
    return [project.shown(Path(path).resolve()) for path in paths] or None


def _is_inside(file: str, shown: Sequence[str] | None) -> bool:
    return shown is None or any(at in (".", file) or file.startswith(f"{at}/") for at in shown)


COMMAND = Command("check", "check pages and sources (the gate)", _add_options, _run)
