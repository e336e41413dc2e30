"""A built page as its reader gets it: its file, the words of its article, the texts around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from sourced_guide.claims.language.markup.hidden_markup import (
    HIDING_ATTRIBUTES,
    HIDING_ELEMENTS,
    SHOWN_ATTRIBUTES,
)

_WORD = re.compile(r"\w+")
_NOT_SHOWN = {"script", "style", "template"}
# `value` and `content` only where they are shown: on buttons and in a page's description.
_META_SHOWN = {"description", "og:title", "og:description", "twitter:title", "twitter:description"}


# Elements without an end tag (HTML, "Void elements").
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"}
_VOID |= {"track", "wbr"}
# What is no word of an article, and may keep a reader from those that follow: "[hidden]".
HIDES = "["


@dataclass
class BuiltPage:
    """`article` holds the words of the page's own text in order, `around` every other text.

    Among the words stand the attributes and elements that can hide some of them.
    """

    article: list[str] = field(default_factory=list)
    around: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = BuiltPage()
        self._articles = 0
        self._silent = 0
        # What hides the elements that are open, and how many of them are.
        self._hides: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self._articles += tag == "article"
        self._silent += tag in _NOT_SHOWN
        for name, value in attrs:
            if name in SHOWN_ATTRIBUTES:
                self._take(value or "")
        if self._articles:
            self._hides += [name for name in values if name in HIDING_ATTRIBUTES]
            self._hides += [tag] * (tag in HIDING_ELEMENTS)
        self._hidden += bool(self._hides) and tag not in _VOID
        if tag == "meta" and (values.get("name") or values.get("property")) in _META_SHOWN:
            self._take(values.get("content") or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and tag not in _VOID:
            self._hidden -= 1
        if not self._hidden:
            # There was no word for them to hide.
            self._hides.clear()
        self._articles -= tag == "article" and self._articles > 0
        self._silent -= tag in _NOT_SHOWN and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._take(data)

    def _take(self, text: str) -> None:
        words = _WORD.findall(text)
        if self._articles:
            if words:
                self.page.article += [f"{HIDES}{name}]" for name in self._hides]
                self._hides.clear()
            self.page.article += words
        elif words:
            self.page.around.append(" ".join(text.split()))


def built_name(page: str) -> str:
    """Return the file that a page is built into: `tests.md` becomes `tests/index.html`."""
    stem = page.rpartition(".")[0]
    folder, _, name = stem.rpartition("/")
    if name in ("index", "README"):
        return f"{folder}/index.html" if folder else "index.html"
    return f"{stem}/index.html"


def read_built_page(html: str) -> BuiltPage:
    """Return what a reader of `html` sees or has read out, without scripts and style sheets."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.page
