"""Citations as editors write them: `[@key#passage]`, several as `[@a#x; @b#y]`.

The syntax is Pandoc's (https://pandoc.org/MANUAL.html#citation-syntax), of which one form is
supported. Text that looks like a citation in another form is parsed as far as possible, so that a
rule can say what is wrong with it: it is never ignored.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sourced_guide.claims.model.place import Place

# What turns the bracket before it into a link, as in Pandoc; not a footnote or another citation.
_LINK = r"(?:\([^()\n]*\)|\[(?!\^|\s*-?@|[^\[\]]*\s-?@\w)[^\[\]]*\])"

# A bracket that opens with `@`, or holds an `@word` after a space, `;` or `-`. An e-mail address
# has a letter before its `@`. A link is a link, unless its text can only be a citation: one with a
# passage, or with a year in its key.
GROUP = re.compile(
    r"(?<!!)\^?\[(?=\s*-?@|[^\[\]]*[\s;]-?@\w)"
    r"(?P<keyed>(?=[^\[\]]*@[\w:.-]*(?:#\w|\d{4})))?"
    r"(?P<items>[^\[\]]*)\]"
    rf"(?:\{{[ :.#\w][^{{}}\n]*\}}|(?(keyed){_LINK}|(?!)))?(?!{_LINK})"
)

# An incomplete citation: never closed, or without its `@`, whatever follows its passage.
UNFINISHED = re.compile(r"\[-?@\w[\w.:#-]*|\[\w[\w.:-]*#[\w.:-]+(?:[\s,;][^\[\]]*)?\](?![(\[:])")

# A key in running text, "@smith-2020 says", and none in an e-mail address, an address of the web or
# after an escaped bracket, which Python-Markdown ends with ETX.
_IN_TEXT = re.compile(
    r"(?<![\w@/.\[\\{=\x03-])-?@(?P<key>[A-Za-z]\w*(?:[.:-]\w+)*)(?:#(?P<passage>[\w-]+))?"
)

_PLAIN = re.compile(r"@?\s*[^@\s,{}#]*(?:\s*#\s*[^@\s,{}]*)?")
_ITEM = re.compile(
    r"(?P<prefix>[^@]*?)(?P<minus>-)?@\s*(?P<brace>\{)?"
    r"(?P<key>(?(brace)[^{}]*|[^\s,;{}#@]*))(?(brace)\})"
    r"(?:\s*#\s*(?P<passage>[^\s,;{}@]*))?(?P<rest>.*)",
    re.DOTALL,
)
SEVERAL = "names several sources with no ';' between them"
_RUNNING_TEXT = "is in running text, without brackets"
_HAS_YEAR = re.compile(r"\d{4}")


class Citation(NamedTuple):
    """One item of a citation group: a source's key and one of its passages.

    `passage` is empty where none was named. `written` is the item as written and `offset` its first
    character in the group. `unsupported` says which unsupported part of Pandoc's syntax it uses,
    and is empty where it uses none.
    """

    key: str
    passage: str
    written: str
    offset: int = 0
    place: Place | None = None
    unsupported: str = ""

    @property
    def is_in_text(self) -> bool:
        """Whether it is in running text, without brackets."""
        return self.unsupported == _RUNNING_TEXT

    def at(self, place: Place) -> Citation:
        """Return it with the place where it was written."""
        return self._replace(place=place)

    @property
    def may_be_a_name(self) -> bool:
        """Whether it may as well be somebody's name on another site, "@nhsuk"."""
        return self.is_in_text and not self.passage and not _HAS_YEAR.search(self.key)


# Once for what is checked of a page and once for what it shows.
@lru_cache(maxsize=1_024)
def parse_group(written: str) -> tuple[Citation, ...]:
    """Return the citations of a group, `written` with its brackets and what belongs to them."""
    citations = []
    offset = written.index("[") + 1
    items, _, after = written[offset:].partition("]")
    around = _around(written, after)
    for item in items.split(";"):
        citations.append(_parse_item(item, offset, around))
        offset += len(item) + 1
    return tuple(citations)


def groups_in(text: str) -> Iterator[re.Match[str]]:
    """Yield the citation groups of a text; each begins at a bracket, or the `^` before it."""
    at = text.find("[")
    while at >= 0:
        match = GROUP.match(text, at - 1 if text[at - 1 : at] == "^" else at)
        if match:
            yield match
        at = text.find("[", match.end() if match else at + 1)


def citations_in_text(text: str, start: int, end: int) -> Iterator[Citation]:
    """Yield the citations in running text, from `start` to `end` of it: `@smith-2020 says`."""
    for match in _IN_TEXT.finditer(text, start, end):
        key, passage = match["key"], match["passage"] or ""
        yield Citation(key, passage, match.group(), unsupported=_RUNNING_TEXT)


def _around(written: str, after: str) -> str:
    """Return which unsupported syntax is around a group, or nothing."""
    if written.startswith("^"):
        return "is an inline note"
    if after.startswith("{"):
        return f"has attributes, '{after}'"
    return f"is a link, '{after}'" if after else ""


def _parse_item(item: str, offset: int, around: str) -> Citation:
    text = item.strip()
    offset += len(item) - len(item.lstrip())
    if _PLAIN.fullmatch(text):
        name, _, passage = text.partition("#")
        return Citation(name.removeprefix("@").strip(), passage.strip(), text, offset, None, around)
    match = _ITEM.fullmatch(text)
    if not match:
        return Citation("", "", text, offset, unsupported=f"has a locator, '{text}'")
    key, passage = match["key"].strip(), match["passage"] or ""
    return Citation(key, passage, text, offset, unsupported=around or _in_item(match))


def _in_item(match: re.Match[str]) -> str:
    """Return which unsupported syntax an item has."""
    prefix, rest = match["prefix"].strip(), match["rest"].strip()
    if "@" in rest:
        return SEVERAL
    if rest:
        return f"has a locator, '{rest.lstrip(', ')}'"
    if prefix:
        return f"has words before its key, '{prefix}'"
    return "has a '-' before its @" if match["minus"] else "has braces around its key"
