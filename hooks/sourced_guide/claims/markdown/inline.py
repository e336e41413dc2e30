"""Running text: one stretch of inline content, with the citations that stand in it."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from sourced_guide.claims.language.markup.css_selectors import shape_of
from sourced_guide.claims.language.markup.hidden_markup import SHOWN_ATTRIBUTES, hidden_by
from sourced_guide.claims.language.markup.html_text import read_raw_html
from sourced_guide.claims.language.markup.telephone import dials_other_number
from sourced_guide.claims.markdown.flow import (
    Aside,
    Comment,
    Flow,
    Hidden,
    Mark,
    Part,
    Piece,
    Slot,
    Unseen,
)
from sourced_guide.claims.model.citation import (
    UNFINISHED,
    Citation,
    citations_in_text,
    parse_group,
)
from sourced_guide.claims.model.statement import (
    ALTERNATIVE_TEXT,
    CALLS_ANOTHER,
    CALLS_IN_HTML,
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

CITATION_CLASS = "cs-citation"
WRITTEN = "data-written"

_OPENS_WITH_STOP = re.compile(r"\s*[.,;:!?…)\]”’]")
_WORD = re.compile(r"\w")
_INLINE_HTML = {"span", "code", "kbd", "math", "a", "abbr", "b", "i", "em", "strong", "small"}


class FlowReader:
    """Reads the inline content of elements into flows."""

    def __init__(self, md: Markdown) -> None:
        self._stash = stashed_html(md)

    def read(self, parts: list[tuple[Element, Part]]) -> Flow:
        """Return the flow of `parts`, which follow one another on the page."""
        flow = Flow()
        for element, part in parts:
            if part == "whole":
                self._add_element(flow, element)
            else:
                self._add_text(flow, Slot(element, in_tail=part == "tail"))
        return flow

    def _add_element(self, flow: Flow, element: Element) -> None:
        if _is_citation(element):
            written = element.get(WRITTEN, "")
            flow.marks.append(Mark(len(flow.text), element, written, parse_group(written)))
            return
        if _is_footnote_mark(element):
            return
        start = len(flow.text)
        editorial = "editorial" in (element.get("class") or "").split()
        # The lines of a drawing's label start a new word.
        if element.tag in ("br", "tspan"):
            flow.text += " "
        for name, value in self.shown_attributes(element):
            kind = ALTERNATIVE_TEXT if name == "alt" else TOOLTIP
            flow.asides.append(Aside(start, kind, value, editorial))
        if element.tag in ("img", "image") and (source := element.get("src")):
            flow.images.append(source)
        self._add_text(flow, Slot(element, in_tail=False))
        for child in element:
            self._add_element(flow, child)
            self._add_text(flow, Slot(child, in_tail=True))
        self._note_unseen(flow, element, start)
        if editorial:
            flow.editorial.append((start, len(flow.text)))
        if element.tag == "a":
            self._note_link(flow, element, start)

    def _note_unseen(self, flow: Flow, element: Element, start: int) -> None:
        # The parts of a drawing have attributes of their own: see collect.py.
        is_drawn = element.tag == "tspan"
        if not is_drawn and (by := hidden_by(element.tag, element.attrib, inline=True)):
            words = " ".join(flow.text[start:].split())
            # A citation alone has no words: what hides it can be looked up in the file.
            flow.unseen.append(Unseen(words or re.split("['<>]", by)[1], by))

    def _note_link(self, flow: Flow, link: Element, start: int) -> None:
        if "md-button" in (link.get("class") or "").split():
            flow.buttons.append((start, len(flow.text)))
        href = link.get("href") or ""
        if dials_other_number(href, flow.text[start:]):
            flow.hidden.append(Hidden(href, CALLS_ANOTHER))

    def _add_text(self, flow: Flow, slot: Slot) -> None:
        raw = slot.raw
        if not raw:
            return
        if flow.marks and flow.marks[-1].offset >= len(flow.text.rstrip()):
            self._join_after_mark(flow, raw)
        at = 0
        for mark in PLACEHOLDER.finditer(raw):
            self._add_plain(flow, slot, at, mark.start())
            flow.text += self._decode_mark(mark, flow, is_code=slot.is_code)
            at = mark.end()
        self._add_plain(flow, slot, at, len(raw))

    def _join_after_mark(self, flow: Flow, following: str) -> None:
        """Make the text read as if the citation had not been there: `night [@a#x].`"""
        if _OPENS_WITH_STOP.match(following):
            flow.text = flow.text.rstrip()
        elif flow.text and not flow.text[-1].isspace() and not following[0].isspace():
            flow.text += " "

    def _add_plain(self, flow: Flow, slot: Slot, first: int, last: int) -> None:
        raw = slot.raw[first:last]
        if not slot.is_code:
            flow.broken += [Citation("", "", match.group()) for match in UNFINISHED.finditer(raw)]
            flow.broken += citations_in_text(slot.raw, first, last)
        start = len(flow.text)
        # Python-Markdown has escaped what stands in code.
        flow.text += (
            html.unescape(without_placeholders(raw)) if slot.is_code else without_placeholders(raw)
        )
        if raw and len(flow.text) - start == len(raw):
            flow.pieces.append(Piece(start, len(flow.text), slot, first))

    def _decode_mark(self, mark: re.Match[str], flow: Flow | None, *, is_code: bool = False) -> str:
        if mark["escaped"]:
            return chr(int(mark["escaped"]))
        number = int(mark["stashed"])
        raw = self._stash[number] if number < len(self._stash) else ""
        if not isinstance(raw, str):
            return "".join(raw.itertext())
        if raw.startswith("&"):
            return html.unescape(raw)
        if is_code and (words := _highlighted(raw)) is not None:
            return words
        return self._see_into(raw, flow)

    def _see_into(self, raw: str, flow: Flow | None) -> str:
        """Return the words of set-aside HTML that reads as part of a sentence; note the rest."""
        if flow is not None and raw.startswith("<!--"):
            flow.comments.append(Comment(len(flow.text), raw.strip()))
        seen = read_raw_html(raw)
        if flow is not None:
            flow.images += seen.images
            flow.shapes |= {shape_of(tag, values, frozenset()) for tag, values in seen.tags}
            flow.hidden += [Hidden(opening, within) for opening, within in seen.opaque]
            # Its words are elsewhere, so the number that it calls cannot be compared with them.
            flow.hidden += [Hidden(opening, CALLS_IN_HTML) for opening in seen.telephone_links]
            if not seen.words and not seen.opaque:
                # A tag alone, around words of the flow.
                flow.unseen += [Unseen(opening, by) for opening, by in seen.hiding]
        tag = re.match(r"<([a-z]+)", raw)
        if tag and tag[1] in _INLINE_HTML and not seen.attributes:
            return " ".join(seen.text)
        if flow is not None and seen.words:
            flow.hidden.append(Hidden(seen.words, "raw HTML"))
        return " " if tag and tag[1] == "br" else ""

    def shown_attributes(self, element: Element) -> Iterator[tuple[str, str]]:
        """Yield the attributes of `element` that a reader sees, as the reader will get them."""
        for name, raw in element.items():
            if name in SHOWN_ATTRIBUTES and (value := self._decode(raw or "").strip()):
                yield name, value

    def _decode(self, raw: str) -> str:
        return without_placeholders(
            PLACEHOLDER.sub(lambda mark: self._decode_mark(mark, None), raw)
        )


def _is_citation(element: Element) -> bool:
    """Say whether our own inline processor made this, which puts no words into it."""
    is_empty = not (element.text or len(element))
    return element.tag == "sup" and element.get("class") == CITATION_CLASS and is_empty


def _highlighted(raw: str) -> str | None:
    """Return the words of inline code as a highlighter set it aside, or None for anything else."""
    seen = read_raw_html(raw)
    if seen.attributes or seen.opaque or seen.hiding or any(tag != "span" for tag, _ in seen.tags):
        return None
    return "".join(seen.text)


def _is_footnote_mark(element: Element) -> bool:
    """Say whether this is the number or arrow of a footnote and nothing else."""
    words = "".join(element.itertext())
    if element.tag == "sup" and (element.get("id") or "").startswith(FOOTNOTE_ID):
        return words.isdigit()
    return element.get("class") == "footnote-backref" and words == FOOTNOTE_ARROW
