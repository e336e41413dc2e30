"""From a page's finished tree to the statements on it, and the citations that cover them.

What a citation covers (the contract): the sentence it is in or directly follows. The
lead-in of a list, ending in a colon, covers its items, unless an item has a citation of its own.
In a table a citation covers its row, in the caption the whole table. A caption's citation covers
the picture's alternative text, or the words in a drawing. Nothing else is inherited.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from sourced_guide.claims.language.labels import stated_in_label
from sourced_guide.claims.language.markup.css_selectors import shapes_in
from sourced_guide.claims.language.markup.hidden_markup import (
    deceptive_characters,
    hidden_in_svg,
)
from sourced_guide.claims.markdown.segments.block_context import (
    DRAWN_TEXT,
    Context,
    block_hidden_by,
    context_in,
    is_row_head,
    is_title,
)
from sourced_guide.claims.markdown.segments.inline_reader import InlineReader
from sourced_guide.claims.markdown.segments.inline_text import (
    Anchors,
    CitationAnchor,
    InlineText,
    Part,
    is_blank,
    words_of,
)
from sourced_guide.claims.markdown.segments.media import hidden_in_all_media
from sourced_guide.claims.markdown.segments.segment import (
    WORD,
    Segment,
    SuppressedBlock,
    aside_segments,
    attach_citations,
    list_intro_citations,
    sentence_segments,
    with_asides,
)
from sourced_guide.claims.markdown.segments.tabs import openable_tabs
from sourced_guide.claims.model.statement import (
    BETWEEN_CELLS,
    HIDDEN_IN_ALL_MEDIA,
    NEVER_EDITORIAL,
    Role,
    Statement,
)
from sourced_guide.claims.model.suppression import parse_suppression

if TYPE_CHECKING:
    from markdown import Markdown

    from sourced_guide.claims.model.citation import Citation
    from sourced_guide.claims.model.shape import Shape

# Blocks to us, though Python-Markdown treats them as inline or does not know them.
_MORE_BLOCKS = {
    *("label", "button", "caption", "tbody", "thead", "tfoot", "tr", "td", "th", "svg"),
    *DRAWN_TEXT,
}

# Returns why the words in a picture cannot be checked, or None if there are none.
ReadImage = Callable[[str], str | None]


class Collector:
    """Collects what a reader sees of one page.

    After `collect`, `segments` holds the statements in reading order, and `anchors` every citation
    group, whether or not it covers a statement. `broken` are citations that were never closed,
    `suppressed` the suppressions with their blocks, `shapes` what selectors match the page's
    elements by.
    """

    def __init__(self, md: Markdown, *, editorial: bool, read_image: ReadImage) -> None:
        self.segments: list[Segment] = []
        self.anchors: list[CitationAnchor] = []
        self.broken: list[Citation] = []
        self.suppressed: list[SuppressedBlock] = []
        self.shapes: set[Shape] = set()
        # Suppressions on a line of their own, until the block that follows.
        self._pending: list[SuppressedBlock] = []
        self._inline = InlineReader(md)
        # Panels that a tab's button opens.
        self._tabs: set[Element] = set()
        self._is_block_level = cache(md.is_block_level)
        self._read_image = read_image
        self._editorial = editorial

    def collect(self, root: Element) -> None:
        """Collect everything that a reader of `root` sees."""
        self.shapes = shapes_in(root)
        self._children(root, Context(editorial=self._editorial))
        for element in hidden_in_all_media(root):
            shown = self._inline.read([(element, "whole")]).text
            self._add_unchecked(" ".join(shown.split()), HIDDEN_IN_ALL_MEDIA, Context())

    # Blocks

    def _block(self, element: Element, context: Context, lead: Anchors) -> list[Segment]:
        """Collect one block, given the citations of the lead-in just before it.

        Returns what may be the lead-in of a list that follows: the last run of a paragraph.
        """
        context = context_in(element, context)
        self._own_attributes(element, context)
        self._check_visibility(element, context)
        if element.tag in ("ul", "ol"):
            for item in element:
                self._item(item, context, lead)
        elif element.tag == "table":
            self._table(element, context)
        elif element.tag == "figure":
            self._figure(element, context)
        elif element.tag == "svg":
            self._drawing(element, context)
        elif element.tag == "pre":
            self._add_unchecked(words_of(element), "a code block", context)
        else:
            last = self._children(element, context)
            return last if element.tag == "p" else []
        return []

    def _children(self, element: Element, context: Context) -> list[Segment]:
        """Collect an element's inline runs and the blocks between them; return the last run."""
        last: list[Segment] = []
        run: list[tuple[Element, Part]] = [(element, "text")]
        for child in element:
            if self._is_block(child):
                last = self._run(run, context) or last
                own = context
                if is_title(child, element):
                    own = context._replace(label=True, kind="box title")
                last = self._next_block(child, own, list_intro_citations(last))
                run = []
            else:
                run.append((child, "whole"))
            run.append((child, "tail"))
        return self._run(run, context) or last

    def _next_block(self, element: Element, context: Context, lead: Anchors) -> list[Segment]:
        """Collect a block, covered by the suppressions that were pending for it."""
        pending, self._pending = self._pending, []
        start, first_anchor, first_broken = self._counts()
        last = self._block(element, context, lead)
        if len(self.segments) == start and len(self.anchors) == first_anchor:
            # Another comment, or nothing that a reader sees.
            self._pending = pending + self._pending
        else:
            self._pending = []
            for block in pending:
                block.segments += self.segments[start:]
                block.anchors += self.anchors[first_anchor:]
                block.broken += self.broken[first_broken:]
        return last

    def _counts(self) -> tuple[int, int, int]:
        return len(self.segments), len(self.anchors), len(self.broken)

    def _is_block(self, element: Element) -> bool:
        return element.tag in _MORE_BLOCKS or self._is_block_level(element.tag)

    def _item(self, item: Element, context: Context, lead: Anchors) -> None:
        start, first_anchor = len(self.segments), len(self.anchors)
        self._block(item, context, ())
        if lead and len(self.anchors) == first_anchor:
            for segment in self.segments[start:]:
                attach_citations(segment, lead, inherited=True)

    def _figure(self, figure: Element, context: Context) -> None:
        captions = figure.findall("figcaption")
        start = len(self.segments)
        context = self._with_caption(captions, context)
        end = len(self.segments)
        for child in figure:
            if child.tag != "figcaption":
                # A figure may hold inline pictures and blocks.
                wrapper = Element("figure")
                wrapper.append(child)
                self._children(wrapper, context)
        if captions and captions[0] is not figure[0]:
            # In reading order a caption comes last, though it has to be read first.
            self.segments[start:] = self.segments[end:] + self.segments[start:end]

    def _drawing(self, drawing: Element, context: Context) -> None:
        """Collect the words in a drawing: labels, or claims covered by the caption's citations."""
        context = context._replace(kind="drawing", label=True)
        start = len(self.segments)
        for part in drawing.iter():
            if by := hidden_in_svg(part.tag, part.attrib):
                self._add_hidden(words_of(part), by, context)
            if part.tag in DRAWN_TEXT:
                self._children(part, context)
        for segment in self.segments[start:]:
            attach_citations(segment, context.caption, inherited=True)

    def _table(self, table: Element, context: Context) -> None:
        context = self._with_caption(table.findall("caption"), context)
        for row in table.iter("tr"):
            self._row(row, context_in(row, context))

    def _with_caption(self, captions: list[Element], context: Context) -> Context:
        before = len(self.anchors)
        for caption in captions:
            self._block(caption, context, ())
        return context._replace(caption=tuple(self.anchors[before:]) or context.caption)

    def _row(self, row: Element, context: Context) -> None:
        """Collect a row: one claim, joined from its cells; a header row has labels only."""
        is_head = all(cell.tag == "th" for cell in row)
        context = context._replace(kind="table row", label=context.label or is_head)
        start, first_anchor = len(self.segments), len(self.anchors)
        for cell in row:
            head = cell is row[0] and is_row_head(cell)
            own = context._replace(label=True, kind="row head") if head else context
            self._block(cell, own, ())
        cells = self.segments[start:]
        claims = [segment for segment in cells if segment.statement.role is Role.CLAIM]
        if not claims:
            return
        anchors = tuple(self.anchors[first_anchor:])
        first = claims[0]
        first.statement.text = BETWEEN_CELLS.join(segment.statement.text for segment in claims)
        first.statement.kind = "table row"
        attach_citations(first, anchors or context.caption, inherited=not anchors)
        self.segments[start:] = [
            segment
            for segment in cells
            if segment is first or segment.statement.role is not Role.CLAIM
        ]

    # Running text

    def _run(self, parts: list[tuple[Element, Part]], context: Context) -> list[Segment]:
        if all(map(is_blank, parts)):
            return []
        inline = self._inline.read(parts)
        self.anchors += inline.anchors
        self.broken += inline.broken
        segments = list(sentence_segments(inline, context))
        self.segments += with_asides(segments, list(aside_segments(inline, segments, context)))
        for unchecked in inline.unchecked:
            self._add_unchecked(unchecked.text, unchecked.within, context)
        self.shapes |= inline.shapes
        for hidden in inline.hidden:
            self._add_hidden(hidden.text, hidden.by, context)
        for text, character in deceptive_characters(inline.text):
            self._add_hidden(text, f"the character {character}", context)
        for image in inline.images:
            if within := self._read_image(image):
                self._add_unchecked(image, within, context)
        self._add_suppressions(inline, segments)
        return segments

    def _add_suppressions(self, inline: InlineText, segments: list[Segment]) -> None:
        """Add the suppressions of a run: one at its beginning covers it."""
        for comment in inline.comments:
            if suppression := parse_suppression(comment.written):
                block = SuppressedBlock(suppression)
                self.suppressed.append(block)
                if inline.is_empty:
                    self._pending.append(block)
                elif not inline.text[: comment.offset].strip():
                    block.segments += segments
                    block.anchors += inline.anchors
                    block.broken += inline.broken

    def _own_attributes(self, element: Element, context: Context) -> None:
        """Collect a block's `title` or `aria-label`, which is shown but cannot have a citation."""
        for name, value in self._inline.shown_attributes(element):
            if WORD.search(value):
                self._add_unchecked(value, f"the attribute '{name}'", context)

    def _check_visibility(self, element: Element, context: Context) -> None:
        if by := block_hidden_by(element, self._tabs):
            self._add_hidden(words_of(element), by, context)
        if (label := element.get("data-toc-label", "")) and stated_in_label(label):
            self._add_unchecked(label, "the attribute 'data-toc-label'", context)
        if element.attrib:
            self._tabs |= openable_tabs(element)

    def _add_hidden(self, text: str, by: str, context: Context) -> None:
        # Text about the guide is not a claim, hidden or not.
        if not context.editorial:
            self.segments.append(Segment(Statement(text, by, Role.HIDDEN), InlineText()))

    def _add_unchecked(self, text: str, within: str, context: Context) -> None:
        is_allowed = context.editorial and within not in NEVER_EDITORIAL
        role = Role.EDITORIAL if is_allowed else Role.UNREADABLE
        self.segments.append(Segment(Statement(text, within, role), InlineText()))
