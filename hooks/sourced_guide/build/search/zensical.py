"""Adds search aliases to the index of Zensical's own search.

Zensical runs no hooks, and its index has no field for aliases. So they are added at the end of a
page's text. It does not support warning signs, sounds and terms.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sourced_guide.build.search.aliases import read_aliases
from sourced_guide.build.search.index import address_of
from sourced_guide.claims.markdown.extension import page_reader
from sourced_guide.claims.project.io.atomic_write import write_atomically
from sourced_guide.claims.project.mkdocs_config import load_project

if TYPE_CHECKING:
    from pathlib import Path

INDEX = "search.json"
_LEAD = "<p>Other words: "


def extend_zensical_index(folder: Path, config: Path) -> None:
    """Add the aliases of pages to the index of a site built by Zensical, once.

    Does nothing where Zensical has not built the site. Raises UnusableProjectError where the
    project cannot be read.
    """
    path = folder / INDEX
    if not path.is_file():
        return
    reader = page_reader(load_project(config))
    project = reader.project
    pages = [page.relative_to(project.docs).as_posix() for page in project.docs.rglob("*.md")]
    aliases = read_aliases(project.docs, pages, [term.name for term in reader.terms])
    words = {address_of(page): ", ".join(names) for page, names in aliases.pages.items()}
    index = json.loads(path.read_text("utf-8"))
    for item in index["items"]:
        if item["location"] in words and _LEAD not in item["text"]:
            item["text"] += f"{_LEAD}{words[item['location']]}</p>"
    write_atomically(path, json.dumps(index, ensure_ascii=False, separators=(",", ":")))
