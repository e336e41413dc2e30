"""Editions: what the guide claimed on the day of each release, page by page.

`guide release` writes `editions/<n>.json.gz`, which the editor commits; `edition.schema.json`
describes it. It has the claims with their citations, and of each source only what a list of changes
shows, so that a claim that is gone can still name what it rested on.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections import Counter
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.io.located_yaml import MarkedYaml
from sourced_guide.claims.project.io.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from sourced_guide.claims.model.source import Source
    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.project import Project

# In the folder of mkdocs.yml.
FOLDER = "editions"
_VERSION = 1
_NAME = re.compile(r"([1-9][0-9]{0,5})\.json\.gz")
_SCHEMA = Schema("edition.schema.json", "the edition", package="sourced_guide.claims.review")


@dataclass(frozen=True)
class EditionClaim:
    """A claim as a reader saw it; `citations` are `source#passage`.

    With its page, the text is what a claim's id is made of.
    """

    text: str
    citations: tuple[str, ...] = ()


@dataclass(frozen=True)
class EditionPage:
    """A page's claims in reading order, and the day of the edition in which they last changed.

    `changed` is empty for the guide as it is now, which is no edition.
    """

    title: str
    claims: tuple[EditionClaim, ...]
    changed: str = ""

    def claims_the_same(self, other: EditionPage) -> bool:
        """Say whether two pages make the same claims with the same citations, in any order."""
        return Counter(self.claims) == Counter(other.claims)


@dataclass(frozen=True)
class EditionSource:
    """What a list of changes shows of a source: its kind in words, and its address or nothing."""

    label: str
    url: str


@dataclass(frozen=True)
class Edition:
    """One edition; `on` is the day of its release (ISO 8601), `pages` are by their paths."""

    number: int
    on: str
    pages: Mapping[str, EditionPage]
    sources: Mapping[str, EditionSource]


def current_pages(guide: Guide) -> dict[str, EditionPage]:
    """Return the guide's pages that make claims, as they are now."""
    return {
        file.path: EditionPage(
            file.title,
            tuple(
                EditionClaim(
                    claim.text, tuple(sorted({f"{c.key}#{c.passage}" for c in claim.citations}))
                )
                for claim in page.claims
            ),
        )
        for file, page in guide.pages
        if page.claims
    }


def new_edition(guide: Guide, last: Edition | None, label: Callable[[Source], str]) -> Edition:
    """Return the guide as it is now as the edition after `last`; `label` describes a source."""
    on = guide.project.today.isoformat()
    before = at_current_paths(last, guide) if last else {}
    pages = {}
    for path, page in current_pages(guide).items():
        then = before.get(path)
        changed = then.changed if then and then.claims_the_same(page) else on
        pages[path] = EditionPage(page.title, page.claims, changed)
    cited = {
        citation.partition("#")[0]
        for page in pages.values()
        for claim in page.claims
        for citation in claim.citations
    }
    sources = {
        key: EditionSource(label(source), str(source.csl.get("URL", "")))
        for key, source in guide.references.sources.items()
        if key in cited
    }
    return Edition((last.number if last else 0) + 1, on, pages, sources)


def at_current_paths(edition: Edition, guide: Guide) -> dict[str, EditionPage]:
    """Return the pages of an edition by the paths that they have now, where they were renamed."""
    moved = {redirect.old: redirect.new for redirect in guide.project.options.redirects}
    pages: dict[str, EditionPage] = {}
    for path, page in edition.pages.items():
        now = moved.get(path, path)
        if other := pages.get(now):
            # Two pages have become one.
            title = page.title if path == now else other.title
            changed = max(page.changed, other.changed)
            pages[now] = EditionPage(title, (*other.claims, *page.claims), changed)
        else:
            pages[now] = page
    return pages


def newest_editions(project: Project) -> list[Edition]:
    """Return the newest edition and the one before it, as far as there are any.

    Raises UnusableProjectError where one of them cannot be read.
    """
    paths = _paths(project.folder / FOLDER)
    newest = sorted(paths, reverse=True)[:2]
    return [_read(paths[number], number, paths[number].stat().st_mtime_ns) for number in newest]


def edition_path(edition: Edition, project: Project) -> Path:
    """Return where an edition is stored."""
    return project.folder / FOLDER / f"{edition.number}.json.gz"


def edition_bytes(edition: Edition) -> bytes:
    """Return the file of an edition: the same bytes for the same edition."""
    data = {
        "version": _VERSION,
        "edition": edition.number,
        "on": edition.on,
        "pages": {
            path: {
                "title": page.title,
                "changed": page.changed,
                "claims": [[claim.text, *claim.citations] for claim in page.claims],
            }
            for path, page in edition.pages.items()
        },
        "sources": {key: asdict(source) for key, source in edition.sources.items()},
    }
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)


def _paths(folder: Path) -> dict[int, Path]:
    """Return the files of editions by their numbers."""
    found: Iterable[Path] = folder.iterdir() if folder.is_dir() else ()
    return {int(match[1]): path for path in found if (match := _NAME.fullmatch(path.name))}


# A build asks several times, and reading takes as long as parsing ten pages.
@lru_cache(maxsize=4)
def _read(path: Path, number: int, modified: int) -> Edition:
    shown = f"{FOLDER}/{path.name}"
    try:
        data = json.loads(gzip.decompress(path.read_bytes()))
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise UnusableProjectError(
            f"{shown} is damaged ({error}): restore it from the history of the repository"
        ) from error
    for problem in _SCHEMA.problems(MarkedYaml(data), shown):
        raise UnusableProjectError(f"{shown}: {problem.message}; only guide release writes it")
    if data["edition"] != number:
        raise UnusableProjectError(f"{shown} is edition {data['edition']}: give it back its name")
    return _as_edition(data)


def _as_edition(data: Mapping[str, Any]) -> Edition:
    pages = {
        path: EditionPage(
            page["title"],
            tuple(EditionClaim(text, tuple(citations)) for text, *citations in page["claims"]),
            page["changed"],
        )
        for path, page in data["pages"].items()
    }
    sources = {key: EditionSource(**source) for key, source in data["sources"].items()}
    return Edition(data["edition"], data["on"], pages, sources)
