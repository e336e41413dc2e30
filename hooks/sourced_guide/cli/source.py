"""`guide source`: add a source from its record, find a passage in a copy, list what is there."""

from __future__ import annotations

import sys
from argparse import SUPPRESS
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.claims.markdown.extension import page_reader
from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.model.sanitize import visible
from sourced_guide.claims.project.io.atomic_write import write_atomically
from sourced_guide.claims.project.source_library import REFERENCES, SCHEMA
from sourced_guide.claims.report.text import counted
from sourced_guide.cli.command import CLEAN, FINDINGS, Command, Result
from sourced_guide.cli.snapshots import user_agent

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from sourced_guide.claims.project.project import Project


def _add_options(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    add = actions.add_parser("add", help="write source files for works, from records of them")
    add.add_argument(
        "records",
        nargs="+",
        metavar="RECORD",
        help="a DOI, PMID, PMCID, ISBN or URL, a file of CSL JSON, BibTeX, RIS or .nbib, "
        "or a key in a file that mkdocs.yml names",
    )
    add.add_argument("--key", help="the name of the source file (first author, year)")
    add.set_defaults(action=_add)
    passage = actions.add_parser("passage", help="find a passage in a copy of its source")
    passage.add_argument("key", metavar="KEY")
    passage.add_argument("--text", required=True, metavar="FILE", help="the copy, as plain text")
    passage.add_argument("--find", metavar="WORDS", help="words of the passage (standard input)")
    passage.set_defaults(action=_passage)
    listing = actions.add_parser("list", help="list the sources, oldest first")
    kinds = SCHEMA.properties["kind"]["enum"]
    listing.add_argument("--kind", choices=kinds, help=f"only {', '.join(kinds)}", metavar="KIND")
    listing.add_argument(
        "--older-than", type=int, metavar="YEAR", help="only those from before a year, or undated"
    )
    listing.add_argument("--cited-by", metavar="PAGE", help="only those that a page cites")
    listing.set_defaults(action=_list)
    snippets = actions.add_parser("snippets", help="write snippets of all passages for VS Code")
    snippets.set_defaults(action=_snippets)
    for action in (add, passage, listing, snippets):
        action.add_argument("--config", default=SUPPRESS, metavar="FILE", help=SUPPRESS)


def _run(project: Project, options: Namespace) -> Result:
    result: Result = options.action(project, options)
    return result


def _add(project: Project, options: Namespace) -> Result:
    # Imported here, because the formats and services are slow to load.
    from sourced_guide.fetch.client import Client  # noqa: PLC0415
    from sourced_guide.fetch.crawler import Crawler  # noqa: PLC0415
    from sourced_guide.records.add import SourceFolder, records_of  # noqa: PLC0415
    from sourced_guide.records.errors import RecordError  # noqa: PLC0415
    from sourced_guide.records.services import Services  # noqa: PLC0415

    library = page_reader(project).references
    folder = SourceFolder(
        project.docs / REFERENCES, {key: source.csl for key, source in library.sources.items()}
    )
    services = Services(Crawler(Client(user_agent())))
    lines, failed = [], 0
    for given in options.records:
        try:
            if given in library.records:
                lines += folder.complete(given, library.records[given])
                continue
            records = records_of(given, services)
        except RecordError as error:
            lines.append(f"{given}: {error}")
            failed += 1
            continue
        if options.key and (len(records) > 1 or len(options.records) > 1):
            raise UnusableProjectError("--key names one source file, and there are more records")
        for record in records:
            try:
                lines += folder.add(record, options.key)
            except RecordError as error:
                lines.append(f"{given}: {error}")
                failed += 1
    lines.append(f"sources: {len(folder.added)} added, {failed} not added")
    return Result("\n".join(map(visible, lines)), FINDINGS if failed else CLEAN)


def _passage(project: Project, options: Namespace) -> Result:
    from sourced_guide.records.errors import RecordError  # noqa: PLC0415
    from sourced_guide.records.locate import locate  # noqa: PLC0415
    from sourced_guide.records.source_file import passage_text  # noqa: PLC0415

    page_reader(project).references.source(options.key)
    path = Path(options.text)
    words = options.find if options.find is not None else sys.stdin.read()
    try:
        found = locate(path.read_text("utf-8-sig", errors="replace"), words)
    except RecordError as error:
        raise UnusableProjectError(f"{path}: {error}") from error
    lines = passage_text(found.start, found.end, found.figures).splitlines()
    return Result("\n".join(map(visible, lines)))


def _list(project: Project, options: Namespace) -> Result:
    guide = read_guide(project)
    sources = dict(guide.references.sources)
    if options.cited_by:
        name = Path(options.cited_by).name
        pages = [page for page in guide.pages if Path(page.file.path).name == name]
        if not pages:
            raise UnusableProjectError(f"there is no page '{options.cited_by}'")
        cited = {citation.key for page in pages for citation in page.text.citations}
        sources = {key: source for key, source in sources.items() if key in cited}
    count = dict.fromkeys(sources, 0)
    for page in guide.pages:
        for statement in page.text.statements:
            for key in {citation.key for citation in statement.citations} & count.keys():
                count[key] += 1

    def lines() -> Iterator[str]:
        for source in sorted(sources.values(), key=lambda s: (str(s.csl.get("issued", "")), s.key)):
            year = str(source.csl.get("issued", ""))[:4]
            if options.kind not in (None, source.kind):
                continue
            if options.older_than and year and int(year) >= options.older_than:
                continue
            what = f"{source.kind}, {source.status}, read: {source.read}"
            yield f"{source.key}: {year or 'no date'}, {what}, {count[source.key]} claims"

    shown = list(lines())
    return Result("\n".join(map(visible, [*shown, f"sources: {len(shown)}"])))


def _snippets(project: Project, _options: Namespace) -> Result:
    from sourced_guide.records.snippets import FILE, snippets_text  # noqa: PLC0415

    sources = page_reader(project).references.sources
    write_atomically(project.folder / FILE, snippets_text(sources))
    count = sum(len(source.passages) for source in sources.values())
    return Result(f"{FILE.as_posix()}: {counted(count, 'passage')}; in a page, type [@ and a key")


COMMAND = Command("source", "add, find or list sources and passages", _add_options, _run)
