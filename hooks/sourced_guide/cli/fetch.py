"""`guide fetch`: fresh copies of the sources, for `guide verify` to look passages up in."""

from __future__ import annotations

import os
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from sourced_guide.claims.markdown.extension import page_reader
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.model.sanitize import visible
from sourced_guide.cli.command import CLEAN, FINDINGS, Answer, Command
from sourced_guide.cli.source_key import find_source

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from sourced_guide.claims.model.source import Source
    from sourced_guide.claims.project.project import Project
    from sourced_guide.claims.project.source_library import Library


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "keys", nargs="*", metavar="KEY", help="fetch only these; without any, all sources"
    )
    parser.add_argument("--snapshots", required=True, metavar="DIR", help="gets <key>.txt")


def _run(project: Project, options: Namespace) -> Answer:
    # What asks the network and reads PDFs takes longer to load than a small site to check.
    from tqdm import tqdm  # noqa: PLC0415

    from sourced_guide.fetch.client import Client  # noqa: PLC0415
    from sourced_guide.fetch.crawler import Visitor  # noqa: PLC0415
    from sourced_guide.fetch.snapshot import Outcome, copy_source  # noqa: PLC0415

    sources = _named(page_reader(project).references, options.keys)
    folder = Path(options.snapshots)
    # Before anybody is asked for anything.
    folder.mkdir(parents=True, exist_ok=True)
    client = Client(_agent())
    visitor = Visitor(client)
    # `disable=None`: a bar on a terminal only.
    watched = tqdm(sources, desc="sources", unit="", leave=False, disable=None)
    try:
        copied = [copy_source(each, folder, visitor, client.limits) for each in watched]
    except KeyboardInterrupt as error:
        raise UnusableProjectError(f"stopped; each copy in {folder} is whole") from error
    outcomes = Counter(each.outcome for each in copied)
    count = ", ".join(f"{outcomes[each]} {each.value}" for each in Outcome)
    lines = [*(each.as_text() for each in copied), f"sources: {count}"]
    is_all = all(each.outcome.is_copy for each in copied)
    return Answer("\n".join(map(visible, lines)), CLEAN if is_all else FINDINGS)


def _named(library: Library, keys: Sequence[str]) -> list[Source]:
    return [find_source(library, key) for key in dict.fromkeys(keys or library.sources)]


def _agent() -> str:
    """Return the User-Agent field: who asks and why, and the site's address where it has one."""
    from sourced_guide.fetch.robots import TOKEN  # noqa: PLC0415

    site = quote(os.environ.get("SITE_URL", ""), safe=":/?#[]@!$&'()*+,;=%~")
    where = f"{site}; " if site else ""
    return f"{TOKEN}/{version(TOKEN)} ({where}a patient guide that checks its sources)"


COMMAND = Command("fetch", "fetch fresh copies of the sources", _add_options, _run)
