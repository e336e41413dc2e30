"""`claims certify site/`: refuses a built site that shows anything but what was checked."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from sourced_guide.build.certify import certify
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.guide import Site
from sourced_guide.claims.report.baseline import project_baseline
from sourced_guide.claims.report.text import counted
from sourced_guide.claims.rules import check
from sourced_guide.cli.command import CLEAN, FINDINGS, Answer, Command


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("site", metavar="SITE", help="the folder of the built site")


def _run(site: Site, options: Namespace) -> Answer:
    folder = Path(options.site)
    if not folder.is_dir():
        raise UnusableProjectError(f"there is no folder '{folder}'")
    checked = project_baseline(site).marked(check(site))
    findings = [each for each in checked if each.stops_the_build]
    refusals = certify(site, folder)
    lines = [each.as_text() for each in findings] + [each.as_text() for each in refusals]
    if lines:
        count = f"{counted(len(findings), 'finding')}, {counted(len(refusals), 'refusal')}"
        return Answer("\n".join([*lines, f"not certified: {count}"]), FINDINGS)
    return Answer(f"certified: {folder} shows what was checked, and nothing else", CLEAN)


COMMAND = Command(
    "certify", "refuse a built site that shows anything but what was checked", _add_options, _run
)
