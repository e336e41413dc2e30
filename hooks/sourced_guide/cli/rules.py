"""`guide rules DIR`: writes a page for each rule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.claims.project.io.atomic_write import write_together
from sourced_guide.claims.rules import RULES
from sourced_guide.claims.rules.docs.pages import rule_pages
from sourced_guide.cli.command import CLEAN, Answer, Command

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from sourced_guide.claims.project.project import Project


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", help="where the pages go")


def _run(_project: Project, options: Namespace) -> Answer:
    folder = Path(options.folder)
    pages = dict(rule_pages(RULES))
    write_together({folder / name: text for name, text in pages.items()})
    return Answer(f"{len(pages)} pages are in {folder}", CLEAN)


COMMAND = Command("rules", "write a page for each rule", _add_options, _run)
