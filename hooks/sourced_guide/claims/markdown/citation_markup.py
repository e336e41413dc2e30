"""Citations in Markdown, and texts with no other inline markup.

Python-Markdown tries each of its patterns on each text of a page. Three of four texts of this guide
have citations only, or nothing that a pattern could match. These are read here first, and kept from
it: it passes over texts that are "atomic", as any extension may mark them. They are marked only
while it searches, since other extensions may treat such texts differently.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown import inlinepatterns, util
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from sourced_guide.claims.markdown.segments.inline_reader import CITATION_CLASS, WRITTEN
from sourced_guide.claims.model.citation import GROUP, groups_in

if TYPE_CHECKING:
    from markdown import Markdown

# Before links (160), references (170) and footnotes (175), so that none of them takes a citation
# for its own; after code (190) and escapes (180), which are to be left alone.
_INLINE_PRIORITY = 176
# Right before and after the search (20), and before HTML blocks get what it found in them (19.99).
_BEFORE, _AFTER = 20.005, 19.995
# Whatever these patterns match has a character of _MARKUP in it, as has what was set aside.
_KNOWN = {
    inlinepatterns.BACKTICK_RE,
    inlinepatterns.ESCAPE_RE,
    inlinepatterns.REFERENCE_RE,
    inlinepatterns.LINK_RE,
    inlinepatterns.IMAGE_LINK_RE,
    inlinepatterns.IMAGE_REFERENCE_RE,
    inlinepatterns.AUTOLINK_RE,
    inlinepatterns.AUTOMAIL_RE,
    inlinepatterns.LINE_BREAK_RE,
    inlinepatterns.HTML_RE,
    inlinepatterns.ENTITY_RE,
    GROUP.pattern,
    r"\[\^([^\]]*)\]",
    r"\*|_",
}
_MARKUP = re.compile(r"[`\\\[<&*_\x02]|  \n")
# What is read before citations, which may be in it.
_READ_BEFORE = re.compile(r"[`\\\x02]")


def register_citations(md: Markdown) -> None:
    """Let a page's citations become elements, with the text as written."""
    md.inlinePatterns.register(_CitationProcessor(GROUP.pattern, md), "claims", _INLINE_PRIORITY)
    md.treeprocessors.register(_PlainTexts(md), "plain-texts", _BEFORE)
    md.treeprocessors.register(_Release(md), "release-plain-texts", _AFTER)


class _CitationProcessor(InlineProcessor):
    """Turns `[@key#passage]` into an element."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 (Python-Markdown's name)
        self,
        match: re.Match[str],
        data: str,  # noqa: ARG002 (Python-Markdown's parameter)
    ) -> tuple[Element, int, int]:
        return _citation(match), match.start(), match.end()


def _citation(match: re.Match[str]) -> Element:
    return Element("sup", {"class": CITATION_CLASS, WRITTEN: match.group()})


class _Plain(util.AtomicString):
    """A text, or a part of one, in which no pattern can match."""


class _PlainTexts(Treeprocessor):
    """Reads texts with no other markup than citations, unless other extensions have patterns."""

    def run(self, root: Element) -> None:
        if not _KNOWN.issuperset(pattern.pattern for pattern in self.md.inlinePatterns):
            return
        for element in list(root.iter()):
            for at, child in reversed(list(enumerate(element, 1))):
                child.tail, cited = _read(child.tail)
                element[at:at] = cited
            element.text, cited = _read(element.text)
            element[0:0] = cited


class _Release(Treeprocessor):
    """Makes the texts that were marked ordinary ones again."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if type(element.text) is _Plain:
                element.text = str(element.text)
            if type(element.tail) is _Plain:
                element.tail = str(element.tail)


def _read(text: str | None) -> tuple[str | None, list[Element]]:
    """Return a text up to its first citation, and its citations with what follows each.

    A text with other markup is returned as it is.
    """
    if not text or type(text) is not str:
        return text, []
    if not _MARKUP.search(text):
        return _Plain(text), []
    if "[" not in text or _READ_BEFORE.search(text):
        return text, []
    groups = list(groups_in(text))
    starts = [group.start() for group in groups]
    ends = [0, *(group.end() for group in groups)]
    between = [text[end:start] for end, start in zip(ends, [*starts, len(text)], strict=True)]
    if any(map(_MARKUP.search, between)):
        return text, []
    cited = [_citation(group) for group in groups]
    first, *following = (_Plain(part) if part else None for part in between)
    for element, after in zip(cited, following, strict=True):
        element.tail = after
    return first, cited
