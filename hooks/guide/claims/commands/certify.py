"""`claims certify site/`: refuses a built site that shows anything but what was checked."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from guide.claims.baseline import project_baseline
from guide.claims.certify import certify
from guide.claims.commands.command import CLEAN, FINDINGS, Answer, Command
from guide.claims.errors import UnusableProjectError
from guide.claims.formats.plain import counted
from guide.claims.rules import check
from guide.claims.site import Site


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
