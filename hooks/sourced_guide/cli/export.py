"""`guide export`, `guide rules` and `guide report`: what is in the guide, as files and as text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.build.rules import build_rules
from sourced_guide.claims.markdown.extension import page_reader
from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.model.sanitize import visible
from sourced_guide.claims.project.io.atomic_write import (
    is_standard_output,
    write_all_atomically,
    write_atomically,
)
from sourced_guide.claims.report import FORMATS
from sourced_guide.claims.report.coverage import report_lines
from sourced_guide.claims.report.export import write_claims
from sourced_guide.claims.report.text import counted
from sourced_guide.claims.rules import RULES
from sourced_guide.claims.rules.docs.pages import rule_pages
from sourced_guide.cli.check import merged
from sourced_guide.cli.command import Command, Result, echo_error

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from sourced_guide.claims.project.project import Project

# The formats of `sourced_guide.records.export`.
BIBLIOGRAPHIES = ("csl", "bibtex", "ris")


def _add_export_options(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="where to write it, as site/claims.json")
    parser.add_argument(
        "--format",
        choices=("claims", *BIBLIOGRAPHIES),
        default="claims",
        help="claims and sources (claims.json), or only the sources for a reference manager",
    )


def _export(project: Project, options: Namespace) -> Result:
    file = Path(options.file)
    if options.format == "claims":
        write_claims(read_guide(project), file)
        what = "every claim and source"
    else:
        # Imported here, because it is slow to load.
        from sourced_guide.records.export import bibliography  # noqa: PLC0415

        sources = page_reader(project).references.sources
        write_atomically(file, bibliography(sources, options.format))
        what = "every source"
    # In `guide export /dev/stdout | jq`, a sentence would not be JSON.
    is_piped = is_standard_output(file)
    return Result("" if is_piped else f"{what} is in {file}")


def _add_rules_options(parser: ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", help="where to write the pages")


def _write_rules(_project: Project, options: Namespace) -> Result:
    folder = Path(options.folder)
    pages = dict(rule_pages((*RULES, *build_rules().values())))
    write_all_atomically({folder / name: text for name, text in pages.items()})
    return Result(f"{len(pages)} pages are in {folder}")


def _add_report_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--source", metavar="KEY", help="list what rests on this source and which files show it"
    )
    parser.add_argument(
        "--site",
        default="site",
        metavar="DIR",
        help="with --source: the built site (site)",
    )
    parser.add_argument(
        "--merge",
        nargs="+",
        metavar="FILE",
        help="check the guide with what guide check --part has written, as one run would",
    )
    parser.add_argument(
        "--format",
        choices=tuple(FORMATS),
        default="text",
        help="with --merge: output format (text)",
    )


def _report(project: Project, options: Namespace) -> Result:
    if options.merge:
        return _merge(project, options)
    guide = read_guide(project)
    if options.source is None:
        lines = report_lines(guide)
    else:
        # Imported here, because it is slow to load.
        from sourced_guide.build.source_report import source_lines  # noqa: PLC0415

        source = guide.references.source(options.source)
        lines = source_lines(guide, source, Path(options.site))
    return Result("\n".join(map(visible, lines)))


def _merge(project: Project, options: Namespace) -> Result:
    result, others = merged(project, options.merge, options.format)
    if others:
        echo_error(f"{counted(others, 'page')} in no part: checked now")
    return result


EXPORT = Command(
    "export", "write claims and sources as data (claims.json)", _add_export_options, _export
)
RULE_PAGES = Command(
    "rules", "write a documentation page for every rule", _add_rules_options, _write_rules
)
REPORT = Command(
    "report", "show what is sourced, or what rests on one source", _add_report_options, _report
)
