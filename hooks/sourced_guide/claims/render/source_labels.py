"""What kind of source it is and how much of it was read, in words for readers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sourced_guide.claims.model.source import Source

READ_LABELS = {
    "full": "We read all of it.",
    "abstract": "We read its summary (abstract).",
    "excerpt": "We read a part of it.",
}


# The kinds that a reader may not know, in plainer words.
_PLAINER = {
    "systematic review": "Review of many studies",
    "reference work": "Dictionary or handbook",
}
# "NICE Clinical Guidelines, No. 234 (NCBI Bookshelf)": the database belongs in the reference.
_DATABASE = re.compile(r"\s*\(.*\)$")


def kind_label(source: Source) -> str:
    """Return what kind of source it is, whose, and from when: `Review in JAMA, 2020`."""
    kind = _kind(source)
    if publisher := _DATABASE.sub("", str(source.csl.get("container-title", ""))):
        preposition = "in" if source.csl.get("type") == "article-journal" else "from"
        kind = f"{kind} {preposition} {publisher}"
    year = _year(source)
    return f"{kind}, {year}" if year else f"{kind} (no date given)"


def short_label(source: Source) -> str:
    """Return a source in one line: who, what, its kind and year.

    It begins as the reference in AMA style does: `Patchell RA, et al. Direct ... Trial, 2005`.
    """
    authors, title = _authors(source), source.title.rstrip(".")
    # Whose it is, in one way or another.
    publisher = "" if authors else str(source.csl.get("container-title", ""))
    parts = [authors, title, publisher, f"{_kind(source)}, {_year(source) or 'no date'}"]
    return re.sub(r"(?<=[?!])\.", "", ". ".join(filter(None, parts)))


def _kind(source: Source) -> str:
    return _PLAINER.get(source.kind, source.kind[:1].upper() + source.kind[1:])


def _year(source: Source) -> str:
    return str(source.csl.get("issued", ""))[:4]


def _authors(source: Source) -> str:
    authors = source.csl.get("author")
    if not isinstance(authors, list) or not authors or not isinstance(authors[0], dict):
        return ""
    name = authors[0]
    given = str(name.get("given", ""))
    initials = given if given.isupper() else "".join(re.findall(r"\b[^\W\d_]", given))
    first = f"{name.get('literal') or name.get('family', '')} {initials}".strip()
    return f"{first}, et al" if len(authors) > 1 else first
