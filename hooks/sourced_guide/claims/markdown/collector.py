"""From a page's finished tree to the statements on it, and the citations that cover each.

What a citation covers (the contract): the sentence it stands in or directly follows. The
lead-in of a list, ending in a colon, covers its items, unless an item has a citation of its own.
In a table a citation covers its row, in the caption the whole table. A caption's citation covers
the picture's alternative text, or the words in a drawing. Nothing else is inherited.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from sourced_guide.claims.language.labels import stated_in_label
from sourced_guide.claims.language.markup.css_selectors import shapes_in
from sourced_guide.claims.language.markup.hidden_markup import (
    deceptive_characters,
    hidden_by,
    hidden_in_svg,
)
from sourced_guide.claims.markdown.block_context import Context, context_in, is_row_head, is_title
from sourced_guide.claims.markdown.flow import Flow, Mark, Part, is_blank
from sourced_guide.claims.markdown.inline import FlowReader
from sourced_guide.claims.markdown.media import shown_nowhere
from sourced_guide.claims.markdown.segment import (
    WORD,
    Allowed,
    Told,
    beside,
    cover,
    lead_in,
    told_asides,
    told_sentences,
)
from sourced_guide.claims.markdown.tabs import openable_tabs
from sourced_guide.claims.model.statement import (
    BETWEEN_CELLS,
    NEVER_ALLOWED,
    SHOWN_NOWHERE,
    Role,
    Statement,
)
from sourced_guide.claims.model.suppression import read_suppression

if TYPE_CHECKING:
    from markdown import Markdown

    from sourced_guide.claims.model.citation import Citation
    from sourced_guide.claims.model.shape import Shape

# The parts of a drawing that hold words.
_DRAWN = ("title", "desc", "text")
# Blocks to us, though Python-Markdown treats them as inline or does not know them.
_MORE_BLOCKS = {
    *("label", "button", "caption", "tbody", "thead", "tfoot", "tr", "td", "th", "svg"),
    *_DRAWN,
}

# Says why the words in a picture's file cannot be checked, or nothing where it holds none.
ReadImage = Callable[[str], str | None]


class Collector:
    """Collects what one page tells its reader.

    After `collect`, `told` holds the statements in reading order, and `marks` every citation
    group, whether or not it covers a statement. `broken` are citations that were never closed,
    `allowed` the suppressions, `shapes` what a style sheet can know of the page's elements.
    """

    def __init__(self, md: Markdown, *, editorial: bool, read_image: ReadImage) -> None:
        self.told: list[Told] = []
        self.marks: list[Mark] = []
        self.broken: list[Citation] = []
        self.allowed: list[Allowed] = []
        self.shapes: set[Shape] = set()
        # Suppressions on a line of their own, until the block that they stand before.
        self._waiting: list[Allowed] = []
        self._flows = FlowReader(md)
        # Panels that a tab's button opens.
        self._tabs: set[Element] = set()
        self._is_block_level = md.is_block_level
        self._read_image = read_image
        self._editorial = editorial

    def collect(self, root: Element) -> None:
        """Collect everything that the reader of `root` sees."""
        self.shapes = shapes_in(root)
        self._children(root, Context(editorial=self._editorial))
        for element in shown_nowhere(root):
            shown = self._flows.read([(element, "whole")]).text
            self._hide(" ".join(shown.split()), SHOWN_NOWHERE, Context())

    # Blocks

    def _block(self, element: Element, context: Context, lead: tuple[Mark, ...]) -> list[Told]:
        """Collect one block, given the citations of the lead-in just before it.

        Returns what may be the lead-in of a list that follows: the last run of a paragraph.
        """
        context = context_in(element, context)
        self._own_attributes(element, context)
        self._look_for_unseen(element, context)
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
            self._hide(_words(element), "a code block", context)
        else:
            last = self._children(element, context)
            return last if element.tag == "p" else []
        return []

    def _children(self, element: Element, context: Context) -> list[Told]:
        """Collect an element's inline runs and the blocks between them; return the last run."""
        last: list[Told] = []
        run: list[tuple[Element, Part]] = [(element, "text")]
        for child in element:
            if self._is_block(child):
                last = self._run(run, context) or last
                own = context
                if is_title(child, element):
                    own = replace(context, label=True, kind="box title")
                last = self._next_block(child, own, lead_in(last))
                run = []
            else:
                run.append((child, "whole"))
            run.append((child, "tail"))
        return self._run(run, context) or last

    def _next_block(self, element: Element, context: Context, lead: tuple[Mark, ...]) -> list[Told]:
        """Collect a block, covered by the suppressions that were waiting for it."""
        waiting, self._waiting = self._waiting, []
        told_before, marks_before, broken_before = self._counts()
        last = self._block(element, context, lead)
        if len(self.told) == told_before and len(self.marks) == marks_before:
            # Another comment, or nothing that a reader sees.
            self._waiting = waiting + self._waiting
        else:
            self._waiting = []
            for allowed in waiting:
                allowed.told += self.told[told_before:]
                allowed.marks += self.marks[marks_before:]
                allowed.broken += self.broken[broken_before:]
        return last

    def _counts(self) -> tuple[int, int, int]:
        return len(self.told), len(self.marks), len(self.broken)

    def _is_block(self, element: Element) -> bool:
        return element.tag in _MORE_BLOCKS or self._is_block_level(element.tag)

    def _item(self, item: Element, context: Context, lead: tuple[Mark, ...]) -> None:
        told_before, marks_before = len(self.told), len(self.marks)
        self._block(item, context, ())
        if lead and len(self.marks) == marks_before:
            for told in self.told[told_before:]:
                cover(told, lead, inherited=True)

    def _figure(self, figure: Element, context: Context) -> None:
        captions = figure.findall("figcaption")
        told_before = len(self.told)
        context = self._with_caption(captions, context)
        told_after = len(self.told)
        for child in figure:
            if child.tag != "figcaption":
                # An inline picture and a block are both at home in a figure.
                holder = Element("figure")
                holder.append(child)
                self._children(holder, context)
        if captions and captions[0] is not figure[0]:
            # In reading order a caption comes last, though it has to be read first.
            self.told[told_before:] = self.told[told_after:] + self.told[told_before:told_after]

    def _drawing(self, drawing: Element, context: Context) -> None:
        """The words in a drawing are labels; what they state, the caption's citations cover."""
        context = replace(context, kind="drawing", label=True)
        told_before = len(self.told)
        for each in drawing.iter():
            if by := hidden_in_svg(each.tag, each.attrib):
                self._unseen(_words(each), by, context)
            if each.tag in _DRAWN:
                self._children(each, context)
        for told in self.told[told_before:]:
            cover(told, context.caption, inherited=True)

    def _table(self, table: Element, context: Context) -> None:
        context = self._with_caption(table.findall("caption"), context)
        for row in table.iter("tr"):
            self._row(row, context_in(row, context))

    def _with_caption(self, captions: list[Element], context: Context) -> Context:
        before = len(self.marks)
        for caption in captions:
            self._block(caption, context, ())
        return replace(context, caption=tuple(self.marks[before:]) or context.caption)

    def _row(self, row: Element, context: Context) -> None:
        """A row is one claim, told by its cells together; a row of heads is labels."""
        is_head = all(cell.tag == "th" for cell in row)
        context = replace(context, kind="table row", label=context.label or is_head)
        told_before, marks_before = len(self.told), len(self.marks)
        for cell in row:
            head = cell is row[0] and is_row_head(cell)
            own = replace(context, label=True, kind="row head") if head else context
            self._block(cell, own, ())
        cells = self.told[told_before:]
        claims = [told for told in cells if told.statement.role is Role.CLAIM]
        if not claims:
            return
        marks = tuple(self.marks[marks_before:])
        first = claims[0]
        first.statement.text = BETWEEN_CELLS.join(told.statement.text for told in claims)
        first.statement.kind = "table row"
        cover(first, marks or context.caption, inherited=not marks)
        self.told[told_before:] = [
            told for told in cells if told is first or told.statement.role is not Role.CLAIM
        ]

    # Running text

    def _run(self, parts: list[tuple[Element, Part]], context: Context) -> list[Told]:
        if all(map(is_blank, parts)):
            return []
        flow = self._flows.read(parts)
        self.marks += flow.marks
        self.broken += flow.broken
        told = list(told_sentences(flow, context))
        self._tell(told, list(told_asides(flow, told, context)))
        for hidden in flow.hidden:
            self._hide(hidden.text, hidden.within, context)
        self.shapes |= flow.shapes
        for unseen in flow.unseen:
            self._unseen(unseen.text, unseen.by, context)
        for text, character in deceptive_characters(flow.text):
            self._unseen(text, f"the character {character}", context)
        for image in flow.images:
            if within := self._read_image(image):
                self._hide(image, within, context)
        self._allow(flow, told)
        return told

    def _allow(self, flow: Flow, told: list[Told]) -> None:
        """Take in the suppressions of a run: one that opens it covers it."""
        for comment in flow.comments:
            if suppression := read_suppression(comment.written):
                allowed = Allowed(suppression)
                self.allowed.append(allowed)
                if flow.is_empty:
                    self._waiting.append(allowed)
                elif not flow.text[: comment.offset].strip():
                    allowed.told += told
                    allowed.marks += flow.marks
                    allowed.broken += flow.broken

    def _tell(self, told: list[Told], asides: list[Told]) -> None:
        """Add sentences, each followed by the asides that belong to it."""
        for each in told:
            self.told.append(each)
            self.told += [aside for aside in asides if beside(told, aside.start) is each]
        self.told += [aside for aside in asides if not beside(told, aside.start)]

    def _own_attributes(self, element: Element, context: Context) -> None:
        """A block's `title` or `aria-label` is shown too, and no citation can stand beside it."""
        for name, value in self._flows.shown_attributes(element):
            if WORD.search(value):
                self._hide(value, f"the attribute '{name}'", context)

    def _look_for_unseen(self, element: Element, context: Context) -> None:
        if element.tag in _DRAWN or element.tag == "svg":
            return
        is_tab = "tabbed-block" in (element.get("class") or "").split()
        by = hidden_by(element.tag, element.attrib, inline=False)
        if is_tab and element not in self._tabs:
            by = "the class 'tabbed-block'"
        if by:
            self._unseen(_words(element), by, context)
        label = element.get("data-toc-label", "")
        if stated_in_label(label):
            self._hide(label, "the attribute 'data-toc-label'", context)
        self._tabs |= openable_tabs(element)

    def _unseen(self, text: str, by: str, context: Context) -> None:
        # Nothing that is text about the guide counts as a claim, whether it is seen or not.
        if not context.editorial:
            self.told.append(Told(Statement(text, by, Role.UNSEEN), Flow()))

    def _hide(self, text: str, within: str, context: Context) -> None:
        may_stand = context.editorial and within not in NEVER_ALLOWED
        role = Role.EDITORIAL if may_stand else Role.UNREADABLE
        self.told.append(Told(Statement(text, within, role), Flow()))


def _words(element: Element) -> str:
    """Return the words in an element, citations left out, or what it is where it has none."""
    return " ".join("".join(element.itertext()).split()) or element.tag
