"""The words that people use, for the index of Zensical's own search.

Zensical runs no hooks and has a search of its own, with no place for such words in its index. So
they stand at the end of a page's text there. Signs, sounds and terms it knows nothing of.
"""

from __future__ import annotations

import json
from pathlib import Path

from guide.claims.files import write_whole
from guide.claims.project import load_site
from guide.search.aliases import read_aliases
from guide.search.index import address_of

INDEX = "search.json"
_LEAD = "<p>Other words: "


def extend_zensical_index(folder: Path, config: Path) -> None:
    """Give the index of a site that Zensical has built the aliases of its pages, once.

    Does nothing where Zensical has not built the site. Raises UnusableProjectError where the
    project cannot be read.
    """
    path = folder / INDEX
    if not path.is_file():
        return
    site = load_site(config)
    pages = [page.relative_to(site.docs).as_posix() for page in site.docs.rglob("*.md")]
    aliases = read_aliases(site.docs, pages, [term.name for term in site.terms])
    words = {address_of(page): ", ".join(names) for page, names in aliases.pages.items()}
    index = json.loads(path.read_text("utf-8"))
    for item in index["items"]:
        if item["location"] in words and _LEAD not in item["text"]:
            item["text"] += f"{_LEAD}{words[item['location']]}</p>"
    write_whole(path, json.dumps(index, ensure_ascii=False, separators=(",", ":")))
