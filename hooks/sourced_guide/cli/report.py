"""`guide report`: how much of each page is sourced, or what rests on one source."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.claims.markdown.extension import read_guide
from sourced_guide.claims.model.sanitize import visible
from sourced_guide.claims.report.coverage import report_lines
from sourced_guide.cli.command import Command, Result

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from sourced_guide.claims.project.project import Project


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--source", metavar="KEY", help="list what rests on this source and which files show it"
    )
    parser.add_argument(
        "--site",
        default="site",
        metavar="DIR",
        help="with --source: the built site (site)",
    )


def _run(project: Project, options: Namespace) -> Result:
    guide = read_guide(project)
    if options.source is None:
        lines = report_lines(guide)
    else:
        # Imported here, because it is slow to load.
        from sourced_guide.build.source_report import source_lines  # noqa: PLC0415

        source = guide.references.source(options.source)
        lines = source_lines(guide, source, Path(options.site))
    return Result("\n".join(map(visible, lines)))


COMMAND = Command("report", "show what is sourced, or what rests on one source", _add_options, _run)
