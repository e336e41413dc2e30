"""Keeps texts without markup from the search for it, which two of three texts do not need.

Python-Markdown tries each of its inline patterns on each text. It passes over those that are marked
as "atomic", which any extension may do. They are marked only while it searches: other extensions
may treat such texts differently.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown import inlinepatterns, util
from markdown.treeprocessors import Treeprocessor

from sourced_guide.claims.model.citation import GROUP

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

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


def skip_plain_text(md: Markdown) -> None:
    """Register the two processors that mark such texts and release them."""
    md.treeprocessors.register(_Marker(md), "mark-plain-text", _BEFORE)
    md.treeprocessors.register(_Releaser(md), "release-plain-text", _AFTER)


class _Marker(Treeprocessor):
    """Marks texts in which no pattern can match, unless another extension has patterns of its own.

    Texts in the tree are strings, and `None` where there is none.
    """

    def run(self, root: Element) -> None:
        if not _KNOWN.issuperset(pattern.pattern for pattern in self.md.inlinePatterns):
            return
        has_markup = _MARKUP.search
        for element in root.iter():
            if (text := element.text) and type(text) is str and not has_markup(text):
                element.text = _Plain(text)
            if (tail := element.tail) and type(tail) is str and not has_markup(tail):
                element.tail = _Plain(tail)


class _Plain(util.AtomicString):
    """A text that was marked here."""


class _Releaser(Treeprocessor):
    """Makes the texts that were marked ordinary ones again."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if type(element.text) is _Plain:
                element.text = str(element.text)
            if type(element.tail) is _Plain:
                element.tail = str(element.tail)
