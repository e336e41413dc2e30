"""The `claims` command: check, verify, report."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from guide.claims.errors import UnusableProjectError
from guide.claims.findings import Finding
from guide.claims.nearest import did_you_mean
from guide.claims.project import load_site
from guide.claims.report import report_lines
from guide.claims.rules import RULES, Rule, check
from guide.claims.site import Site
from guide.claims.verify import verify

CLEAN, FINDINGS, COULD_NOT_RUN = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 0 where all is well, 1 on findings, 2 where it could not run."""
    options = _parser().parse_args(arguments)
    try:
        site = load_site(Path(options.config))
        code: int = options.run(site, options)
    except UnusableProjectError as error:
        print(f"claims: {error}", file=sys.stderr)
        return COULD_NOT_RUN
    except BrokenPipeError:
        # Whoever read the output has left, as `| head` does: print no more, and no traceback.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return COULD_NOT_RUN
    except ImportError as error:
        print(f"claims: a Markdown extension cannot be loaded: {error}", file=sys.stderr)
        return COULD_NOT_RUN
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="claims", description="Checks that every claim of the guide has a source."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    checking = commands.add_parser("check", help="check the pages and the sources (the gate)")
    checking.add_argument("paths", nargs="*", metavar="PATH", help="report only these files")
    checking.add_argument("--format", choices=("text", "json"), default="text")
    checking.add_argument("--select", metavar="RULES", help="codes or names, with commas")
    checking.set_defaults(run=_check)

    verifying = commands.add_parser("verify", help="look every passage up in saved copies")
    verifying.add_argument("--snapshots", required=True, metavar="DIR", help="holds <key>.txt")
    verifying.set_defaults(run=_verify)

    reporting = commands.add_parser("report", help="print how much of each page is sourced")
    reporting.set_defaults(run=_report)

    for command in (checking, verifying, reporting):
        command.add_argument("--config", default="mkdocs.yml", metavar="FILE")
    return parser


def _check(site: Site, options: argparse.Namespace) -> int:
    findings = check(site, _selected(options.select))
    if options.paths:
        findings = _within(findings, options.paths, site)
    if options.format == "json":
        data = {"findings": [each.as_dict() for each in findings], "count": len(findings)}
        print(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            print(finding.as_text())
        print(summary(site, findings))
    return FINDINGS if findings else CLEAN


def summary(site: Site, findings: Sequence[Finding]) -> str:
    """Return the one line that a check ends with."""
    if findings:
        files = len({finding.place.file for finding in findings})
        return f"{_counted(len(findings), 'finding')} in {_counted(files, 'file')}"
    claims = sum(len(page.claims) for _, page in site.pages())
    sources = len(site.library.sources)
    return f"no findings: {_counted(claims, 'claim')} checked, {_counted(sources, 'source')}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


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


def _within(findings: list[Finding], paths: Sequence[str], site: Site) -> list[Finding]:
    shown = []
    for path in paths:
        if not Path(path).exists():
            raise UnusableProjectError(f"there is no file or folder '{path}'")
        shown.append(site.shown(Path(path).resolve()))
    return [
        finding
        for finding in findings
        if any(
            at in (".", finding.place.file) or finding.place.file.startswith(f"{at}/")
            for at in shown
        )
    ]


def _verify(site: Site, options: argparse.Namespace) -> int:
    folder = Path(options.snapshots)
    if not folder.is_dir():
        raise UnusableProjectError(f"there is no folder '{folder}'")
    result = verify(site.library, folder)
    for finding in result.findings:
        print(finding.as_text())
    for key in result.drifted:
        print(f"{key}: the snapshot is not the one that its source file pins (snapshot.sha256)")
    faulty = len({finding.place for finding in result.findings})
    print(f"passages: {result.found} found, {faulty} not right, {result.unchecked} unchecked")
    return FINDINGS if result.findings else CLEAN


def _report(site: Site, options: argparse.Namespace) -> int:
    for line in report_lines(site):
        print(line)
    return CLEAN
