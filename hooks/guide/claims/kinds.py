"""What kind of source it is and how much of it was read, in words for readers."""

from __future__ import annotations

from guide.claims.sources import Source

READ_IN_WORDS = {
    "full": "We read all of it.",
    "abstract": "We read its summary (abstract).",
    "excerpt": "We read a part of it.",
}


def kind_in_words(source: Source) -> str:
    """Return what kind of source it is, and from when: `Patient page, 2022`."""
    year = str(source.csl.get("issued", ""))[:4]
    kind = source.kind[:1].upper() + source.kind[1:]
    return f"{kind}, {year}" if year else kind
