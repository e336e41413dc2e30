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
    kind = _PLAINER.get(source.kind, source.kind[:1].upper() + source.kind[1:])
    if publisher := _DATABASE.sub("", str(source.csl.get("container-title", ""))):
        preposition = "in" if source.csl.get("type") == "article-journal" else "from"
        kind = f"{kind} {preposition} {publisher}"
    year = str(source.csl.get("issued", ""))[:4]
    return f"{kind}, {year}" if year else f"{kind} (no date given)"
