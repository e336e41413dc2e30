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
    from collections.abc import Iterator, Mapping, Sequence

    # The values of each list, as JSON.
    _Lists = Mapping[str, Sequence[str]]

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


def claims_files(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the files with these claims, each with its name; where the first is small, only that.

    Each may be as large as all claims, so they are made one by one.
    """
    # A page, claim or source is the same text in all of them.
    lists = {name: list(map(_dumped, data[name])) for name in data if isinstance(data[name], list)}
    whole = _as_text({name: lists[name] if name in lists else _dumped(data[name]) for name in data})
    is_large = len(whole) >= _LARGE
    yield FILE, whole
    del whole
    if is_large:
        yield LINES_FILE, "".join(_lines(data, lists))
        yield from _page_files(data, lists)


def _lines(data: Mapping[str, Any], lists: _Lists) -> Iterator[str]:
    """Yield what is said of the whole, then every page, claim and source."""
    whole = {name: value for name, value in data.items() if name not in _LISTS}
    yield f"{_dumped(whole)}\n"
    for name, one in _LISTS.items():
        yield from (f'{{"{one}": {text}}}\n' for text in lists[name])


def _page_files(data: Mapping[str, Any], lists: _Lists) -> Iterator[tuple[str, str]]:
    sources = {source["key"]: source for source in data["sources"]}
    # A source may have thousands of passages, of which a page cites a few.
    places = {
        key: {passage: at for at, passage in enumerate(source["passages"])}
        for key, source in sources.items()
    }
    claims: dict[str, list[str]] = {page["path"]: [] for page in data["pages"]}
    cited: dict[str, dict[str, set[str]]] = {path: {} for path in claims}
    for claim, text in zip(data["claims"], lists["claims"], strict=True):
        claims[claim["page"]].append(text)
        for each in claim["citations"]:
            cited[claim["page"]].setdefault(each["source"], set()).add(each["passage"])
    for page, text in zip(data["pages"], lists["pages"], strict=True):
        path = page["path"]
        own = list(map(_dumped, _cited(sources, places, cited[path])))
        content = _as_text({"page": text, "claims": claims[path], "sources": own})
        yield f"{PAGES_FOLDER}/{path.rpartition('.')[0]}.json", content


def _cited(
    sources: Mapping[str, Any],
    places: Mapping[str, Mapping[str, int]],
    cited: Mapping[str, set[str]],
) -> Iterator[dict[str, Any]]:
    """Yield the sources that are cited, each with the passages that are."""
    for key in sorted(cited.keys() & sources.keys()):
        passages, place = sources[key]["passages"], places[key]
        used = sorted(cited[key] & place.keys(), key=place.__getitem__)
        yield {**sources[key], "passages": {name: passages[name] for name in used}}


def _as_text(values: Mapping[str, str | Sequence[str]]) -> str:
    """Return an object of what is JSON already: values, and lists with one value a line."""
    # `indent` makes json use its Python encoder, ten times slower.
    parts = (f'"{name}": {_joined(value)}' for name, value in values.items())
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _joined(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else "[\n" + ",\n".join(value) + "\n]"


# One for all lines: `json.dumps` makes a new one for each.
_dumped = json.JSONEncoder(ensure_ascii=False).encode
