"""`guide glossary`: takes over the words that a site explains already."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.claims.markdown.glossary_page import read_terms
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.model.sanitize import visible
from sourced_guide.claims.project.glossary import PAGE
from sourced_guide.claims.project.io.atomic_write import write_atomically
from sourced_guide.claims.report.text import counted
from sourced_guide.cli.command import Command, Result
from sourced_guide.extensions.glossary.take_over import (
    NEW_PAGE,
    files_with_words,
    with_entries,
    without_abbreviations,
    words_in,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Mapping

    from sourced_guide.claims.project.project import Project

# The extension of Python-Markdown that renders definition lists.
_LISTS = "def_list"


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="read these, definition lists too (all pages and what they include)",
    )
    parser.add_argument(
        "--remove", action="store_true", help="remove the abbreviations where they were"
    )


def _run(project: Project, options: Namespace) -> Result:
    page = project.docs / PAGE
    given = [Path(name) for name in options.files]
    if missing := next((file for file in given if not file.is_file()), None):
        raise UnusableProjectError(f"there is no file '{missing}'")
    texts = {
        file: file.read_text("utf-8-sig", errors="replace")
        for file in given or files_with_words(project)
        if file.resolve() != page.resolve()
    }
    found = {file: words_in(text, with_lists=bool(given)) for file, text in texts.items()}
    content = page.read_text("utf-8-sig") if page.is_file() else NEW_PAGE
    there = {name.lower() for term in read_terms(content) for name in term.names}
    words: dict[str, str] = {}
    for name, meaning in (item for each in found.values() for item in each.items()):
        if name.lower() not in there:
            there.add(name.lower())
            words[name] = meaning
    if words:
        write_atomically(page, with_entries(content, words))
    if options.remove:
        for file, text in texts.items():
            if (rest := without_abbreviations(text, found[file])) != text:
                write_atomically(file, rest)
    return Result("\n".join(map(visible, _lines(project, found, words))))


def _lines(
    project: Project, found: Mapping[Path, Mapping[str, str]], words: Mapping[str, str]
) -> Iterator[str]:
    yield from _differences(project, found, words)
    yield f"{project.shown(project.docs / PAGE)}: {counted(len(words), 'word')} added"
    if words:
        yield "    each needs a source, as a sentence does: guide check lists them"
    if _LISTS not in project.extensions:
        yield f"    list {_LISTS} under markdown_extensions, which renders entries"


def _differences(
    project: Project, found: Mapping[Path, Mapping[str, str]], words: Mapping[str, str]
) -> Iterator[str]:
    """Yield the words that are explained in two ways, of which the first was taken."""
    for file, file_words in found.items():
        for name, meaning in file_words.items():
            if words.get(name, meaning) != meaning:
                shown = project.shown(file.resolve())
                yield f"{shown}: '{name}' is explained in another way: {meaning}"


COMMAND = Command("glossary", "take over abbreviations as a glossary", _add_options, _run)
