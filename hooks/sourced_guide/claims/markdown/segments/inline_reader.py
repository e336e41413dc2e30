"""Reads the inline content of elements: its words, and the citations in it."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from sourced_guide.claims.language.markup.css_selectors import shape_of
from sourced_guide.claims.language.markup.hidden_markup import SHOWN_ATTRIBUTES, hidden_by
from sourced_guide.claims.language.markup.html_text import read_raw_html
from sourced_guide.claims.language.markup.telephone import dials_other_number
from sourced_guide.claims.markdown.segments.inline_text import (
    Aside,
    CitationAnchor,
    Comment,
    HiddenText,
    InlineText,
    Part,
    SourceSpan,
    TextNode,
    UncheckedText,
)
from sourced_guide.claims.model.citation import (
    UNFINISHED,
    Citation,
    citations_in_text,
    parse_group,
)
from sourced_guide.claims.model.statement import (
    ALTERNATIVE_TEXT,
    DIALS_OTHER_NUMBER,
    TELEPHONE_IN_RAW_HTML,
    TOOLTIP,
)
from sourced_guide.claims.model.third_party import (
    FOOTNOTE_ARROW,
    FOOTNOTE_ID,
    PLACEHOLDER,
    stashed_html,
    without_placeholders,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from markdown import Markdown

# A block of code in an HTML block in another one.
_DEEPEST_STASH = 3
CITATION_CLASS = "cs-citation"
WRITTEN = "data-written"

_OPENS_WITH_STOP = re.compile(r"\s*[.,;:!?…)\]”’]")
_WORD = re.compile(r"\w")
_INLINE_HTML = {"span", "code", "kbd", "math", "a", "abbr", "b", "i", "em", "strong", "small"}


class InlineReader:
    """Reads the inline content of elements."""

    def __init__(self, md: Markdown) -> None:
        self._stash = stashed_html(md)

    def read(self, parts: list[tuple[Element, Part]]) -> InlineText:
        """Return the inline text of `parts`, which follow one another on the page."""
        inline = InlineText()
        for element, part in parts:
            if part == "whole":
                self._add_element(inline, element)
            else:
                self._add_text(inline, TextNode(element, in_tail=part == "tail"))
        return inline

    def _add_element(self, inline: InlineText, element: Element) -> None:
        if _is_citation(element):
            written = element.get(WRITTEN, "")
            inline.anchors.append(
                CitationAnchor(len(inline.text), element, written, parse_group(written))
            )
            return
        if _is_footnote_reference(element):
            return
        start = len(inline.text)
        editorial = "editorial" in (element.get("class") or "").split()
        # The lines of a drawing's label start a new word.
        if element.tag in ("br", "tspan"):
            inline.text += " "
        for name, value in self.shown_attributes(element):
            kind = ALTERNATIVE_TEXT if name == "alt" else TOOLTIP
            inline.asides.append(Aside(start, kind, value, editorial))
        if element.tag in ("img", "image") and (source := element.get("src")):
            inline.images.append(source)
        self._add_text(inline, TextNode(element, in_tail=False))
        for child in element:
            self._add_element(inline, child)
            self._add_text(inline, TextNode(child, in_tail=True))
        self._note_hidden(inline, element, start)
        if editorial:
            inline.editorial.append((start, len(inline.text)))
        if element.tag == "a":
            self._note_link(inline, element, start)

    def _note_hidden(self, inline: InlineText, element: Element, start: int) -> None:
        # Elements of drawings have other attributes: see collector.py.
        is_drawn = element.tag == "tspan"
        if not is_drawn and (by := hidden_by(element.tag, element.attrib, inline=True)):
            words = " ".join(inline.text[start:].split())
            # A citation has no words: the name of what hides it can be found in the file.
            inline.hidden.append(HiddenText(words or re.split("['<>]", by)[1], by))

    def _note_link(self, inline: InlineText, link: Element, start: int) -> None:
        if "md-button" in (link.get("class") or "").split():
            inline.buttons.append((start, len(inline.text)))
        href = link.get("href") or ""
        if dials_other_number(href, inline.text[start:]):
            inline.unchecked.append(UncheckedText(href, DIALS_OTHER_NUMBER))

    def _add_text(self, inline: InlineText, node: TextNode) -> None:
        raw = node.raw
        if not raw:
            return
        if inline.anchors and inline.anchors[-1].offset >= len(inline.text.rstrip()):
            self._join_after_anchor(inline, raw)
        at = 0
        for placeholder in PLACEHOLDER.finditer(raw):
            self._add_plain(inline, node, at, placeholder.start())
            inline.text += self._decode_placeholder(placeholder, inline, is_code=node.is_code)
            at = placeholder.end()
        self._add_plain(inline, node, at, len(raw))

    def _join_after_anchor(self, inline: InlineText, following: str) -> None:
        """Make the text read as if the citation had not been there: `night [@a#x].`"""
        if _OPENS_WITH_STOP.match(following):
            inline.text = inline.text.rstrip()
        elif inline.text and not inline.text[-1].isspace() and not following[0].isspace():
            inline.text += " "

    def _add_plain(self, inline: InlineText, node: TextNode, first: int, last: int) -> None:
        raw = node.raw[first:last]
        if not node.is_code and ("@" in raw or "[" in raw):
            inline.broken += [Citation("", "", match.group()) for match in UNFINISHED.finditer(raw)]
            inline.broken += citations_in_text(node.raw, first, last)
        start = len(inline.text)
        # Python-Markdown has escaped the text of code.
        inline.text += (
            html.unescape(without_placeholders(raw)) if node.is_code else without_placeholders(raw)
        )
        if raw and len(inline.text) - start == len(raw):
            inline.source_spans.append(SourceSpan(start, len(inline.text), node, first))

    def _decode_placeholder(
        self, placeholder: re.Match[str], inline: InlineText | None, *, is_code: bool = False
    ) -> str:
        if placeholder["escaped"]:
            return chr(int(placeholder["escaped"]))
        number = int(placeholder["stashed"])
        raw = self._stash[number] if number < len(self._stash) else ""
        if not isinstance(raw, str):
            return "".join(raw.itertext())
        if raw.startswith("&"):
            return html.unescape(raw)
        if is_code and (words := _highlighted(raw)) is not None:
            return words
        return self._read_stashed(raw, inline)

    def _read_stashed(self, raw: str, inline: InlineText | None) -> str:
        """Return the words of stashed HTML that is part of a sentence; record the rest."""
        if inline is not None and raw.startswith("<!--"):
            inline.comments.append(Comment(len(inline.text), raw.strip()))
        seen = read_raw_html(self._with_nested(raw))
        if inline is not None:
            inline.images += seen.images
            inline.shapes |= {shape_of(tag, values, frozenset()) for tag, values in seen.tags}
            inline.unchecked += [UncheckedText(opening, within) for opening, within in seen.opaque]
            # The link's text is not in this piece, so the number cannot be compared with it.
            inline.unchecked += [
                UncheckedText(opening, TELEPHONE_IN_RAW_HTML) for opening in seen.telephone_links
            ]
            if not seen.words and not seen.opaque:
                # A tag alone, around words of the text.
                inline.hidden += [HiddenText(opening, by) for opening, by in seen.hiding]
        tag = re.match(r"<([a-z]+)", raw)
        if tag and tag[1] in _INLINE_HTML and not seen.attributes:
            return " ".join(seen.text)
        if inline is not None and seen.words:
            inline.unchecked.append(UncheckedText(seen.words, "raw HTML"))
        return " " if tag and tag[1] == "br" else ""

    def _with_nested(self, raw: str) -> str:
        """Return stashed HTML with what is stashed in it, as a block of code in a `<div>`."""

        def piece(placeholder: re.Match[str]) -> str:
            number = int(placeholder["stashed"] or len(self._stash))
            nested = self._stash[number] if number < len(self._stash) else ""
            return nested if isinstance(nested, str) else "".join(nested.itertext())

        for _ in range(_DEEPEST_STASH):
            raw = PLACEHOLDER.sub(piece, raw)
        return raw

    def shown_attributes(self, element: Element) -> Iterator[tuple[str, str]]:
        """Yield the attributes of `element` that a reader sees, as the reader will get them."""
        for name, raw in element.items():
            if name in SHOWN_ATTRIBUTES and (value := self._decode(raw or "").strip()):
                yield name, value

    def _decode(self, raw: str) -> str:
        return without_placeholders(
            PLACEHOLDER.sub(lambda placeholder: self._decode_placeholder(placeholder, None), raw)
        )


def _is_citation(element: Element) -> bool:
    """Say whether our own inline processor made this element, which is empty."""
    is_empty = not (element.text or len(element))
    return element.tag == "sup" and element.get("class") == CITATION_CLASS and is_empty


def _highlighted(raw: str) -> str | None:
    """Return the words of inline code as stashed by a highlighter, or None for anything else."""
    seen = read_raw_html(raw)
    if seen.attributes or seen.opaque or seen.hiding or any(tag != "span" for tag, _ in seen.tags):
        return None
    return "".join(seen.text)


def _is_footnote_reference(element: Element) -> bool:
    """Say whether this is the number or arrow of a footnote and nothing else."""
    words = "".join(element.itertext())
    if element.tag == "sup" and (element.get("id") or "").startswith(FOOTNOTE_ID):
        return words.isdigit()
    return element.get("class") == "footnote-backref" and words == FOOTNOTE_ARROW
