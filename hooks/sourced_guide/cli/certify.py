"""`guide certify site/`: refuses a built site that shows anything but what was checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.build.certify import certify
from sourced_guide.claims.markdown.extension import read_guide
from sourced_guide.cli.command import CLEAN, FINDINGS, Command, Result

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from sourced_guide.claims.project.project import Project


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("site", metavar="SITE", help="the folder of the built site")


def _run(project: Project, options: Namespace) -> Result:
    folder = Path(options.site)
    certification = certify(read_guide(project), folder)
    if certification.failed:
        return Result("\n".join(certification.as_lines()), FINDINGS)
    return Result(f"certified: {folder} shows what was checked, and nothing else", CLEAN)


COMMAND = Command("certify", "fail if a built site shows unchecked text", _add_options, _run)
