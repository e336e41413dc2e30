"""From a page's finished tree to the statements on it, and the citations that cover each.

What a citation covers (the contract): the sentence it stands in or directly follows. The
lead-in of a list, ending in a colon, covers its items, unless an item has a citation of its own.
In a table a citation covers its row, in the caption the whole table. A caption's citation covers
the picture's alternative text. Nothing else is inherited.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from guide.claims.citations import Citation
from guide.claims.flow import Flow, FlowReader, Mark, Part
from guide.claims.labels import stated_in_label, stated_in_question
from guide.claims.sentences import sentences
from guide.claims.statements import Role, Statement
from guide.claims.suppressions import Suppression, read_suppression

if TYPE_CHECKING:
    from markdown import Markdown

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LABEL_TAGS = {*HEADINGS, "dt", "summary", "label", "button", "legend"}
# Blocks to us, though Python-Markdown treats them as inline or does not know them.
_MORE_BLOCKS = {"label", "button", "caption", "tbody", "thead", "tfoot", "tr", "td", "th"}
_KINDS = {
    "li": "list item",
    "dd": "definition",
    "figcaption": "caption",
    "caption": "caption",
    "blockquote": "quotation",
    "dt": "term",
    "summary": "box title",
    "label": "tab title",
    **dict.fromkeys(HEADINGS, "heading"),
}
_WORD = re.compile(r"\w")
_QUESTION = re.compile(r"\?[\s\"'”’)\]]*$")
_LEAD_IN = re.compile(r":[\s\"'”’)\]]*$")

# Says why the words in a picture's file cannot be checked, or nothing where it holds none.
ReadImage = Callable[[str], str | None]


@dataclass
class Told:
    """A statement, the place of its words in their flow, and the citation groups that cover it."""

    statement: Statement
    flow: Flow
    start: int = 0
    end: int = 0
    marks: tuple[Mark, ...] = ()


@dataclass
class Allowed:
    """A suppression, with the statements and citations of the block that it covers."""

    suppression: Suppression
    told: list[Told] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True)
class _Context:
    """What the elements around a text say about it."""

    kind: str = "sentence"
    label: bool = False
    editorial: bool = False
    box: str = ""
    # The citations of a caption, for what stands in the same figure or table.
    caption: tuple[Mark, ...] = ()


class Collector:
    """Collects what one page tells its reader.

    After `collect`, `told` holds the statements in reading order, and `marks` every citation
    group, whether or not it covers a statement. `broken` are citations that were never closed,
    `allowed` the suppressions.
    """

    def __init__(self, md: Markdown, *, editorial: bool, read_image: ReadImage) -> None:
        self.told: list[Told] = []
        self.marks: list[Mark] = []
        self.broken: list[Citation] = []
        self.allowed: list[Allowed] = []
        # Suppressions on a line of their own, until the block that they stand before.
        self._waiting: list[Allowed] = []
        self._flows = FlowReader(md)
        self._is_block_level = md.is_block_level
        self._read_image = read_image
        self._editorial = editorial

    def collect(self, root: Element) -> None:
        """Collect everything that the reader of `root` sees."""
        self._children(root, _Context(editorial=self._editorial))

    # Blocks

    def _block(self, element: Element, context: _Context, lead: tuple[Mark, ...]) -> list[Told]:
        """Collect one block, given the citations of the lead-in just before it.

        Returns what may be the lead-in of a list that follows: the last run of a paragraph.
        """
        context = _within(element, context)
        self._own_attributes(element, context)
        if element.tag in ("ul", "ol"):
            for item in element:
                self._item(item, context, lead)
        elif element.tag == "table":
            self._table(element, context)
        elif element.tag == "figure":
            self._figure(element, context)
        elif element.tag == "pre":
            self._hide(" ".join("".join(element.itertext()).split()), "a code block", context)
        else:
            last = self._children(element, context)
            return last if element.tag == "p" else []
        return []

    def _children(self, element: Element, context: _Context) -> list[Told]:
        """Collect an element's inline runs and the blocks between them; return the last run."""
        last: list[Told] = []
        run: list[tuple[Element, Part]] = [(element, "text")]
        for child in element:
            if self._is_block(child):
                last = self._run(run, context) or last
                is_title = _is_title(child, element)
                own = replace(context, label=True, kind="box title") if is_title else context
                last = self._next_block(child, own, _lead_in(last))
                run = []
            else:
                run.append((child, "whole"))
            run.append((child, "tail"))
        return self._run(run, context) or last

    def _next_block(
        self, element: Element, context: _Context, lead: tuple[Mark, ...]
    ) -> list[Told]:
        """Collect a block, covered by the suppressions that were waiting for it."""
        waiting, self._waiting = self._waiting, []
        told_before, marks_before = len(self.told), len(self.marks)
        last = self._block(element, context, lead)
        if len(self.told) == told_before and len(self.marks) == marks_before:
            # Another comment, or nothing that a reader sees.
            self._waiting = waiting + self._waiting
        else:
            self._waiting = []
            for allowed in waiting:
                allowed.told += self.told[told_before:]
                allowed.marks += self.marks[marks_before:]
        return last

    def _is_block(self, element: Element) -> bool:
        return element.tag in _MORE_BLOCKS or self._is_block_level(element.tag)

    def _item(self, item: Element, context: _Context, lead: tuple[Mark, ...]) -> None:
        told_before, marks_before = len(self.told), len(self.marks)
        self._block(item, context, ())
        if lead and len(self.marks) == marks_before:
            for told in self.told[told_before:]:
                _cover(told, lead, inherited=True)

    def _figure(self, figure: Element, context: _Context) -> None:
        context = self._with_caption(figure.findall("figcaption"), context)
        for child in figure:
            if child.tag != "figcaption":
                # An inline picture and a block are both at home in a figure.
                holder = Element("figure")
                holder.append(child)
                self._children(holder, context)

    def _table(self, table: Element, context: _Context) -> None:
        context = self._with_caption(table.findall("caption"), context)
        for row in table.iter("tr"):
            self._row(row, _within(row, context))

    def _with_caption(self, captions: list[Element], context: _Context) -> _Context:
        before = len(self.marks)
        for caption in captions:
            self._block(caption, context, ())
        return replace(context, caption=tuple(self.marks[before:]) or context.caption)

    def _row(self, row: Element, context: _Context) -> None:
        """A row is one claim, told by its cells together; a row of heads is labels."""
        is_head = all(cell.tag == "th" for cell in row)
        context = replace(context, kind="table row", label=context.label or is_head)
        told_before, marks_before = len(self.told), len(self.marks)
        for cell in row:
            self._block(cell, context, ())
        cells = self.told[told_before:]
        claims = [told for told in cells if told.statement.role is Role.CLAIM]
        if not claims:
            return
        marks = tuple(self.marks[marks_before:])
        first = claims[0]
        first.statement.text = " | ".join(told.statement.text for told in claims)
        first.statement.kind = "table row"
        _cover(first, marks or context.caption, inherited=not marks)
        self.told[told_before:] = [
            first,
            *(told for told in cells if told.statement.role is not Role.CLAIM),
        ]

    # Running text

    def _run(self, parts: list[tuple[Element, Part]], context: _Context) -> list[Told]:
        if all(map(_is_blank, parts)):
            return []
        flow = self._flows.read(parts)
        self.marks += flow.marks
        self.broken += flow.broken
        told = list(self._sentences(flow, context))
        self._tell(told, list(self._asides(flow, told, context)))
        for hidden in flow.hidden:
            self._hide(hidden.text, hidden.within, context)
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

    def _sentences(self, flow: Flow, context: _Context) -> Iterator[Told]:
        spans = [span for span in _spans(flow) if _WORD.search(flow.text[slice(*span)])]
        for number, (start, end) in enumerate(spans):
            # A mark where the next sentence starts still directly follows this one.
            begin = start + 1 if number else 0
            next_start = spans[number + 1][0] if number + 1 < len(spans) else len(flow.text)
            marks = tuple(mark for mark in flow.marks if begin <= mark.offset <= next_start)
            told = Told(
                Statement(
                    text=" ".join(flow.text[start:end].split()),
                    kind=context.kind,
                    role=_role(flow, start, end, context),
                    box=context.box,
                ),
                flow,
                start,
                end,
            )
            _cover(told, marks)
            yield told

    def _asides(self, flow: Flow, told: list[Told], context: _Context) -> Iterator[Told]:
        """Alternative texts and tooltips are covered as the sentence they belong to is."""
        for aside in flow.asides:
            if not _WORD.search(aside.text):
                continue
            beside = _beside(told, aside.offset)
            after = tuple(mark for mark in flow.marks if mark.offset >= aside.offset)
            marks = beside.marks if beside else after
            editorial = context.editorial or aside.editorial
            statement = Statement(
                text=" ".join(aside.text.split()),
                kind=aside.kind,
                role=Role.EDITORIAL if editorial else Role.CLAIM,
            )
            each = Told(statement, flow, aside.offset, aside.offset)
            _cover(each, marks or context.caption, inherited=not marks)
            yield each

    def _tell(self, told: list[Told], asides: list[Told]) -> None:
        """Add sentences, each followed by the asides that belong to it."""
        for each in told:
            self.told.append(each)
            self.told += [aside for aside in asides if _beside(told, aside.start) is each]
        self.told += [aside for aside in asides if not _beside(told, aside.start)]

    def _own_attributes(self, element: Element, context: _Context) -> None:
        """A block's `title` or `aria-label` is shown too, and no citation can stand beside it."""
        for name, value in self._flows.shown_attributes(element):
            if _WORD.search(value):
                self._hide(value, f"the attribute '{name}'", context)

    def _hide(self, text: str, within: str, context: _Context) -> None:
        role = Role.EDITORIAL if context.editorial else Role.UNREADABLE
        self.told.append(Told(Statement(text, within, role), Flow()))


def _within(element: Element, context: _Context) -> _Context:
    """Return what `element` adds to what is known of the texts in it."""
    classes = (element.get("class") or "").split()
    if "editorial" in classes:
        context = replace(context, editorial=True)
    if element.tag == "div" and "footnote" in classes:
        context = replace(context, kind="footnote")
    elif element.tag in _KINDS and context.kind != "footnote":
        context = replace(context, kind=_KINDS[element.tag])
    if element.tag in _LABEL_TAGS:
        context = replace(context, label=True)
    if title := _box_title(element):
        context = replace(context, box=title)
    return context


def _box_title(element: Element) -> str:
    """Return the title that an admonition or details block was given."""
    if len(element) and (element.tag == "details" or _is_title(element[0], element)):
        return " ".join("".join(element[0].itertext()).split())
    return ""


def _is_title(element: Element, parent: Element) -> bool:
    """Say whether this is the title that an admonition was given."""
    return (
        element is parent[0]
        and element.get("class") == "admonition-title"
        and "admonition" in (parent.get("class") or "").split()
    )


def _role(flow: Flow, start: int, end: int, context: _Context) -> Role:
    if context.editorial or flow.lies_in(flow.editorial, start, end):
        return Role.EDITORIAL
    text = flow.text[start:end]
    if _QUESTION.search(text):
        return Role.CLAIM if stated_in_question(text) else Role.LABEL
    if context.label or flow.lies_in(flow.buttons, start, end):
        return Role.CLAIM if stated_in_label(text) else Role.LABEL
    return Role.CLAIM


def _is_blank(part: tuple[Element, Part]) -> bool:
    """Say whether this is only the space between two blocks."""
    element, which = part
    if which == "whole":
        return False
    text = element.text if which == "text" else element.tail
    return not text or text.isspace()


def _spans(flow: Flow) -> Iterator[tuple[int, int]]:
    """Yield where each sentence starts and ends; a citation after a colon ends one, too."""
    ends = ((mark.offset, flow.text[max(mark.offset - 4, 0) : mark.offset]) for mark in flow.marks)
    cuts = [offset for offset, end in ends if _LEAD_IN.search(end)]
    for start, end in sentences(flow.text):
        yield from pairwise([start, *(cut for cut in cuts if start < cut < end), end])


def _beside(told: list[Told], offset: int) -> Told | None:
    return next((each for each in told if each.start <= offset <= each.end), None)


def _lead_in(told: list[Told]) -> tuple[Mark, ...]:
    """Return the citations of the last sentence told, where it ends in a colon."""
    return told[-1].marks if told and _LEAD_IN.search(told[-1].statement.text) else ()


def _cover(told: Told, marks: tuple[Mark, ...], *, inherited: bool = False) -> None:
    told.marks = marks
    told.statement.citations = tuple(each for mark in marks for each in mark.citations)
    told.statement.inherited = inherited and bool(marks)
