"""`guide export FILE`: writes claims.json for a site that no hook writes it for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.claims.markdown.extension import read_guide
from sourced_guide.claims.project.io.atomic_write import is_standard_output
from sourced_guide.claims.report.export import write_claims
from sourced_guide.cli.command import CLEAN, Answer, Command

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from sourced_guide.claims.project.project import Project


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="where to write it: site/claims.json")


def _run(project: Project, options: Namespace) -> Answer:
    file = Path(options.file)
    write_claims(read_guide(project), file)
    # In `guide export /dev/stdout | jq`, a sentence would not be JSON.
    is_read_on = is_standard_output(file)
    return Answer("" if is_read_on else f"every claim and source is in {file}", CLEAN)


COMMAND = Command("export", "write claims and sources as data (claims.json)", _add_options, _run)
