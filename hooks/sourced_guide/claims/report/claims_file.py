"""The files with a site's claims: `claims.json`, and others beside it where that is large.

A program that looks at one page, or at one claim after another, need not read 40 MB for it. So a
site with a large `claims.json` also has

- `claims.jsonl` (https://jsonlines.org): the same, one page, claim or source a line;
- `claims/<page>.json` for each page: the page, its claims, and what of the sources they cite.

A page's file changes only where the page or what it cites does.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FILE = "claims.json"
LINES_FILE = "claims.jsonl"
PAGES_FOLDER = "claims"
# How a page's file begins.
PAGE_FILE_MARK = '{\n"page": {'
# How many digits of the digest of all claims and sources identify an edition.
EDITION_DIGITS = 7
# In letters. From there on, devices do not keep a site as a whole either.
_LARGE = 10_000_000
# Each is a list in claims.json, and each entry of it a line with this name in claims.jsonl.
_LISTS = {"pages": "page", "claims": "claim", "sources": "source"}


def claims_files(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the files with these claims by their names; where the first is small, only that."""
    whole = _as_text(data)
    files = {FILE: whole}
    if len(whole) >= _LARGE:
        files[LINES_FILE] = "".join(f"{_dumped(line)}\n" for line in _lines(data))
        files |= _page_files(data)
    return files


def _lines(data: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what is said of the whole, then every page, claim and source."""
    yield {name: value for name, value in data.items() if name not in _LISTS}
    for name, one in _LISTS.items():
        yield from ({one: item} for item in data[name])


def _page_files(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    sources = {source["key"]: source for source in data["sources"]}
    claims: dict[str, list[Any]] = {page["path"]: [] for page in data["pages"]}
    for claim in data["claims"]:
        claims[claim["page"]].append(claim)
    for page in data["pages"]:
        own = claims[page["path"]]
        cited = {(cited["source"], cited["passage"]) for each in own for cited in each["citations"]}
        text = _as_text({"page": page, "claims": own, "sources": list(_cited(sources, cited))})
        yield f"{PAGES_FOLDER}/{page['path'].rpartition('.')[0]}.json", text


def _cited(
    sources: Mapping[str, Any], cited: Iterable[tuple[str, str | None]]
) -> Iterator[dict[str, Any]]:
    """Yield the sources that are cited, each with the passages that are."""
    by_source: dict[str, set[str | None]] = {}
    for key, passage in cited:
        by_source.setdefault(key, set()).add(passage)
    for key in sorted(by_source.keys() & sources.keys()):
        passages = sources[key]["passages"].items()
        used = {name: passage for name, passage in passages if name in by_source[key]}
        yield {**sources[key], "passages": used}


def _as_text(data: Mapping[str, Any]) -> str:
    # One line per claim and source: `indent` makes json use its Python encoder, ten times slower.
    parts = (f'"{name}": {_as_lines(value)}' for name, value in data.items())
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _as_lines(value: Any) -> str:
    if not isinstance(value, list):
        return _dumped(value)
    return "[\n" + ",\n".join(map(_dumped, value)) + "\n]"


# One for all lines: `json.dumps` makes a new one for each.
_dumped = json.JSONEncoder(ensure_ascii=False).encode
