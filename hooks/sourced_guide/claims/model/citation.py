"""Citations as editors write them: `[@key#passage]`, several as `[@a#x; @b#y]`.

The syntax is Pandoc's (https://pandoc.org/MANUAL.html#citation-syntax), of which a claim needs
one form. What has the shape of a citation and is not of that form is read as far as it goes,
so that a rule can say what is wrong with it: nothing that looks like a citation is dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sourced_guide.claims.model.place import Place

# A bracket that opens with `@`, or holds an `@word` after a space, `;` or `-`. An e-mail address
# has a letter before its `@`. A bracket followed by `(` or `[` is a link, as in Pandoc.
GROUP = re.compile(r"\[(?=\s*-?@|[^\[\]]*[\s;]-?@\w)(?P<items>[^\[\]]*)\](?![(\[])")

# What is left of a citation that was never closed, or that lost its `@`.
UNFINISHED = re.compile(r"\[-?@\w[\w.:#-]*|\[\w[\w.:-]*#[\w.:-]+\](?![(\[:])")


@dataclass(frozen=True)
class Citation:
    """One item of a citation group: a source's key and one of its passages.

    `passage` is empty where none was named. `written` is the item as it stands in the page and
    `offset` where it begins in its group, in characters.
    """

    key: str
    passage: str
    written: str
    offset: int = 0
    place: Place | None = None


def parse_group(written: str) -> tuple[Citation, ...]:
    """Return the citations of a group, `written` with its brackets."""
    citations = []
    offset = 1
    for item in written[1:].removesuffix("]").split(";"):
        citations.append(_parse_item(item, offset))
        offset += len(item) + 1
    return tuple(citations)


def _parse_item(item: str, offset: int) -> Citation:
    text = item.strip()
    offset += len(item) - len(item.lstrip())
    name, _, passage = text.partition("#")
    # Only a leading `@` is syntax: "see @key" stays whole and so is an unknown key.
    return Citation(name.removeprefix("@").strip(), passage.strip(), text, offset)
