"""What a reader would see of raw HTML, written by hand or made by another extension.

Python-Markdown sets such HTML aside and puts it back after the page's tree is finished, so the
text in it cannot carry a citation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from sourced_guide.claims.language.markup.hidden_markup import SHOWN_ATTRIBUTES, hidden_by
from sourced_guide.claims.language.markup.telephone import TELEPHONE

_SHOWN = SHOWN_ATTRIBUTES | {"label", "value", "srcdoc", "content"}

# Elements that show something other than their own text.
_OPAQUE = {
    "script": "a script",
    "style": "a style sheet",
    "link": "a style sheet",
    "base": "another base address",
    "iframe": "a frame",
    "object": "an embedded object",
    "embed": "an embedded object",
    "audio": "a recording",
    "video": "a film",
    "canvas": "a canvas",
    "text": "a drawing",
    "foreignobject": "a drawing",
}

# SVG elements without words: an icon is made of them. Those with words are opaque.
_WORDLESS_SVG = {"svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon"}

# A comment that every parser ends at the same place (HTML standard, 13.2.5.43 to 13.2.5.52).
# Browsers end other comments sooner, and show what comes after.
_COMMENT = re.compile(r"<!--(?!>|->)(?:(?!--!?>).)*-->", re.DOTALL)
_MALFORMED_COMMENT = re.compile(r"<[!?][^>]*>?")


@dataclass
class RawHtml:
    """The visible words of a piece of raw HTML and the opaque elements in it.

    `opaque` has the opening tags of such elements, and what they are in words; `hiding` those of
    elements that may hide their content, and what hides it; `telephone_links` those of
    links that call a number. `tags` are all tags with their attributes.
    """

    text: list[str] = field(default_factory=list)
    attributes: list[str] = field(default_factory=list)
    opaque: list[tuple[str, str]] = field(default_factory=list)
    hiding: list[tuple[str, str]] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    telephone_links: list[str] = field(default_factory=list)
    tags: list[tuple[str, list[tuple[str, str | None]]]] = field(default_factory=list)

    @property
    def words(self) -> str:
        """All of its visible words, with single spaces between them."""
        return " ".join(" ".join([*self.text, *self.attributes]).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen = RawHtml()
        # How many elements whose text is not rendered are open.
        self._unrendered = 0
        # The opening tags of the drawings that are open.
        self.drawings: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _OPAQUE:
            self.seen.opaque.append((self.get_starttag_text() or "", _OPAQUE[tag]))
            self._unrendered += tag in ("script", "style")
        values = dict(attrs)
        self.seen.tags.append((tag, attrs))
        if tag == "svg":
            self.drawings.append(self.get_starttag_text() or "")
        if tag not in _WORDLESS_SVG and (by := hidden_by(tag, values, inline=True)):
            self.seen.hiding.append((self.get_starttag_text() or "", by))
        for name, value in attrs:
            # A checkbox's value is sent, not shown.
            if name == "value" and values.get("type") in ("checkbox", "radio", "hidden"):
                continue
            if name in _SHOWN and value and value.strip():
                self.seen.attributes.append(value.strip())
        if tag in ("img", "image") and (source := values.get("src") or values.get("href")):
            self.seen.images.append(source)
        if (values.get("href") or "").lower().startswith(TELEPHONE):
            self.seen.telephone_links.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style") and self._unrendered:
            self._unrendered -= 1
        if tag == "svg" and self.drawings:
            self.drawings.pop()

    def handle_data(self, data: str) -> None:
        if not self._unrendered and data.strip():
            self.seen.text.append(data)


def read_raw_html(html: str) -> RawHtml:
    """Return what a reader would see of `html`; comments are not seen."""
    html = _COMMENT.sub("", html)
    reader = _Reader()
    reader.feed(html)
    reader.close()
    # An unclosed <svg> around words of the page, which a browser does not show.
    reader.seen.hiding += [(tag, "the element <svg>") for tag in reader.drawings]
    reader.seen.opaque += [
        (comment, "a malformed comment") for comment in _MALFORMED_COMMENT.findall(html)
    ]
    return reader.seen
