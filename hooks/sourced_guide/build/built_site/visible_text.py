"""The visible text of a built page: the words of its article, and the texts around it.

Scripts and style sheets are not run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from sourced_guide.build.built_site.page import parse_html
from sourced_guide.claims.language.markup.hidden_markup import (
    HIDING_ATTRIBUTES,
    HIDING_ELEMENTS,
    SHOWN_ATTRIBUTES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"\w+")
_NOT_SHOWN = {"script", "style", "template"}
# `<meta>` elements whose `content` is shown.
_META_SHOWN = {"description", "og:title", "og:description", "twitter:title", "twitter:description"}
# Starts an entry of an article that is not a word, but may hide the words that follow: "[hidden]".
HIDDEN_MARKER = "["
# A browser ends these comments where lxml does not (HTML, "Comments"), and shows what follows.
_ENDS_EARLY = re.compile(r"-?>|.*?--!>", re.DOTALL)


class ShownText(NamedTuple):
    """A text, and the line of the built page that its element begins in."""

    text: str
    line: int


class VisibleText(NamedTuple):
    """`article` holds the words of the page's own text in order, `around` every other text.

    Among the words are entries for attributes and elements that may hide some of them.
    """

    article: list[str]
    around: list[ShownText]

    @classmethod
    def restored(cls, data: Sequence[Any]) -> VisibleText:
        """Return the text whose `as_data` was kept."""
        article, around = data
        return cls(article.split(" ") if article else [], [ShownText(*each) for each in around])

    def as_data(self) -> list[Any]:
        """Return the text as JSON values: no entry of an article has a space."""
        return [" ".join(self.article), self.around]


def visible_text(html: str) -> VisibleText:
    """Return what a reader sees of a page, given its HTML, without scripts and style sheets."""
    root = parse_html(html)
    reader = _Reader()
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            reader.begin(element)
        elif event == "end":
            reader.end(element)
        else:
            reader.comment(element, is_shown=event == "comment" and _is_shown(element))
    return reader.shown


def _is_shown(comment: etree._Element) -> bool:
    return bool(_ENDS_EARLY.match(comment.text or ""))


def _is_article(element: etree._Element) -> bool:
    # MkDocs' own themes have no <article>.
    return element.tag == "article" or element.get("role") == "main"


class _Reader:
    def __init__(self) -> None:
        self.shown = VisibleText([], [])
        self._articles = 0
        self._unrendered = 0
        # What may hide the open elements that have had no word yet, and how many are open.
        self._hides: list[str] = []
        self._hidden = 0

    def begin(self, element: etree._Element) -> None:
        """Process a start tag, its attributes and the text up to the next tag."""
        tag, line = str(element.tag), element.sourceline or 1
        self._articles += _is_article(element)
        self._unrendered += tag in _NOT_SHOWN
        for name, value in element.attrib.items():
            if name in SHOWN_ATTRIBUTES:
                self._add(str(value), line)
        if self._articles:
            self._hides += [str(name) for name in element.attrib if name in HIDING_ATTRIBUTES]
            self._hides += [tag] * (tag in HIDING_ELEMENTS)
        self._hidden += bool(self._hides)
        if tag == "meta" and (element.get("name") or element.get("property")) in _META_SHOWN:
            self._add(element.get("content") or "", line)
        self._add_text(element.text, line)

    def end(self, element: etree._Element) -> None:
        """Process an end tag and the text after it."""
        tag = str(element.tag)
        if self._hidden:
            self._hidden -= 1
        if not self._hidden:
            # There was no word for them to hide.
            self._hides.clear()
        self._articles -= _is_article(element)
        self._unrendered -= tag in _NOT_SHOWN
        self._add_text(element.tail, element.sourceline or 1)

    def comment(self, element: etree._Element, *, is_shown: bool) -> None:
        """Process the text after a comment, and the text in it if browsers show that."""
        line = element.sourceline or 1
        if is_shown:
            self._add_text(element.text, line)
        self._add_text(element.tail, line)

    def _add_text(self, text: str | None, line: int) -> None:
        if text and not self._unrendered:
            self._add(text, line)

    def _add(self, text: str, line: int) -> None:
        words = _WORD.findall(text)
        if self._articles:
            if words:
                self.shown.article.extend(f"{HIDDEN_MARKER}{name}]" for name in self._hides)
                self._hides.clear()
            self.shown.article.extend(words)
        elif words:
            self.shown.around.append(ShownText(" ".join(text.split()), line))
