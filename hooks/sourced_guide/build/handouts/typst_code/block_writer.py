"""Block elements as Typst code, by a table of their tags. Other elements are an error."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, ClassVar

from sourced_guide.build.handouts.errors import tag
from sourced_guide.build.handouts.typst_code.elements import (
    column_words,
    is_field_list,
    is_on_back,
    is_question_list,
    letter_count,
    only_marks,
)
from sourced_guide.build.handouts.typst_code.figures import (
    Part,
    drawing,
    ended,
    figure,
    is_heading,
    is_picture,
    is_picture_next,
    split_at_part,
)
from sourced_guide.build.handouts.typst_code.inline_writer import InlineWriter
from sourced_guide.build.handouts.typst_code.literal import array, call, content, string
from sourced_guide.build.handouts.typst_code.svg import picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lxml.html import HtmlElement

TABLE = "data-table"
# A row with more letters in a cell may need more than a page.
_LONGEST_UNBROKEN = 400
# What a lead-in stands on one sheet with.
_LED = ("ul", "ol", "dl", "table", "figure", "svg")


class BlockWriter(InlineWriter):
    """Writes the elements of one page."""

    # The level of the last heading.
    _level = 0

    def blocks(self, element: HtmlElement) -> list[str]:
        """Return the content of an element: blocks, and the text between them as paragraphs."""
        return self._written(list(self._parts(element)))

    def _written(self, parts: Sequence[Part], *, before_picture: bool = False) -> list[str]:
        blocks: list[str] = []
        # Headings that nothing stands below yet.
        heads: list[str] = []
        for at, part in enumerate(parts, 1):
            if is_picture(part):
                rest, after = split_at_part(parts[at:])
                written = self._written(rest, before_picture=is_picture_next(after))
                shown = drawing(self, part, heads, written)
                return [*ended(blocks), shown, *self._written(after)]
            written = [call("par", content(part))] if isinstance(part, list) else self._block(part)
            if is_heading(part):
                *before, heading = written
                if before:
                    blocks += [*heads, *before]
                    heads = []
                heads.append(heading)
            elif written:
                blocks += [*heads, *written]
                heads = []
        return [*(ended(blocks) if before_picture else blocks), *heads]

    def _block(self, element: HtmlElement) -> list[str]:
        return self._BLOCKS[tag(element)](self, element)

    def _parts(self, element: HtmlElement) -> Iterator[Part]:
        """Yield the blocks in an element, and the inline content between them.

        What only marks blocks is no block: a picture in it is followed by what stands after it.
        """
        self._spaced = True
        run = self._text(element.text)
        for child in element:
            if child.tag in self._BLOCKS:
                if run:
                    yield run
                if only_marks(child):
                    yield from self._parts(child)
                else:
                    yield child
                self._spaced = True
                run = []
            else:
                run += self._inline_element(child)
            run += self._text(child.tail)
        if run:
            yield run

    def _item(self, element: HtmlElement) -> list[str]:
        """Return the content of an item or a cell; without blocks, it is not a paragraph."""
        if any(child.tag in self._BLOCKS for child in element):
            return self.blocks(element)
        return [self.line(element)]

    def _heading(self, element: HtmlElement) -> list[str]:
        level = int(tag(element)[1])
        if level > self._level + 1:
            raise self._unwritable(element, f"a heading of level {self._level + 1} is missing here")
        self._level = level
        # Its level in the document: in the booklet, chapters are below the parts.
        heading = call("heading", self.line(element), depth=str(level))
        at = self._page.place if level == 1 else f"{self._page.place}#{element.get('id')}"
        name = self._numbers.chapters.get(at)
        turned = ["turn-over()"] if self._page.has_more and is_on_back(element) else []
        return [*turned, call("named", string(name), heading) if name else heading]

    def _paragraph(self, element: HtmlElement) -> list[str]:
        # Python-Markdown puts a picture that stands alone into a paragraph.
        if any(child.tag in self._BLOCKS for child in element):
            return self.blocks(element)
        if is_picture(element.getnext()):
            # Written with the picture that it leads to.
            return []
        following = element.getnext()
        leads = following is not None and following.tag in _LED
        return [call("lead" if leads else "paragraph", self.line(element))]

    def _list(self, element: HtmlElement) -> list[str]:
        items = self._children(element, "li")
        asks = is_question_list(element)
        if asks and self._page.has_more:
            # Asked from the sheet that is handed over, which has no room for answers.
            return [call("short-list", *(content(self._item(item)) for item in items))]
        if asks or is_field_list(element):
            return [call("questions", *(content(self._item(item)) for item in items))]
        if element.tag == "ul":
            return [call("list", *(call("list.item", content(self._item(item))) for item in items))]
        start = element.get("start", "1")
        if not start.isdecimal():
            raise self._unwritable(element, "a list has to start at a whole number")
        return [
            call(
                "enum",
                *(call("enum.item", content(self._item(item))) for item in items),
                start=start,
            )
        ]

    def _definitions(self, element: HtmlElement) -> list[str]:
        items: list[str] = []
        terms: list[HtmlElement] = []
        for child in self._children(element, "dt", "dd"):
            if child.tag == "dt":
                terms.append(child)
                continue
            items.append(self.definition(terms, [child]))
            terms = []
        if terms:
            raise self._unwritable(terms[0], "a term here has no definition below it")
        return [call("terms", *items)]

    def definition(self, terms: list[HtmlElement], definition: list[HtmlElement]) -> str:
        """Return the terms of an entry with their definition."""
        names = [self.line(term) for term in terms]
        body = [block for element in definition for block in self._item(element)]
        return call("terms.item", call("names", *names), content(body))

    def _table(self, element: HtmlElement) -> list[str]:
        parts = self._table_parts(element)
        columns = zip(*element.xpath(".//tr"), strict=True)
        return [call(TABLE, *parts, array(map(column_words, columns)))]

    def _table_parts(self, element: HtmlElement) -> list[str]:
        """Return the heads of a table, its rows, and whether its rows have room on a sheet."""
        rows = element.xpath("./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr")
        heads = element.xpath("./thead/tr")
        if len(heads) != 1 or element.xpath(".//*[@colspan or @rowspan]"):
            raise self._unwritable(element, "a table needs one row of heads and no joined cells")
        for child in self._children(element, "thead", "tbody", "tfoot", "tr", "caption"):
            if child.tag == "caption":
                raise self._unwritable(child, "write a table's caption as a caption block below it")
        cells = [[self._cell(cell) for cell in self._children(row, "th", "td")] for row in rows]
        if len({len(row) for row in cells}) != 1:
            raise self._unwritable(element, "every row of a table needs the same number of cells")
        longest = max(len(cell.text_content()) for cell in element.xpath(".//th | .//td"))
        return [
            array(cells[0]),
            array(map(array, cells[1:])),
            str(longest <= _LONGEST_UNBROKEN).lower(),
        ]

    def _cell(self, element: HtmlElement) -> str:
        body = content(self._item(element))
        # The head of a row; row_headers.py corrects its tag in the PDF.
        return call("strong", body) if element.tag == "th" and element.get("scope") else body

    def _division(self, element: HtmlElement) -> list[str]:
        kinds = element.get("class", "").split()
        if "admonition" in kinds:
            return self._box(element, kinds, "p[contains(@class, 'admonition-title')]")
        if "tabbed-set" in kinds:
            return self._tabs(element)
        # How to cut and fold the card, which is a sheet of its own.
        return [] if "cs-card__make" in kinds else self.blocks(element)

    def _details(self, element: HtmlElement) -> list[str]:
        return self._box(element, element.get("class", "").split(), "summary")

    def _box(self, element: HtmlElement, kinds: list[str], title: str) -> list[str]:
        """Return a box; collapsed ones are expanded on paper."""
        element = deepcopy(element)
        heads = element.xpath(f"./{title}")
        head = self.line(heads[0]) if heads else "none"
        for head_element in heads:
            head_element.drop_tree()
        name = "warning" if "danger" in kinds else "box-of"
        return [call(name, head, content(self.blocks(element)), letters=letter_count(element))]

    def _tabs(self, element: HtmlElement) -> list[str]:
        labels = element.xpath("./div[@class='tabbed-labels']/label")
        panels = element.xpath("./div[@class='tabbed-content']/div")
        if not labels or len(labels) != len(panels):
            raise self._unwritable(element, "tabs need as many labels as panels")
        return [
            call(
                "box-of",
                self.line(label),
                content(self.blocks(panel)),
                letters=letter_count(panel),
            )
            for label, panel in zip(labels, panels, strict=True)
        ]

    def _figure(self, element: HtmlElement) -> list[str]:
        return figure(self, self._page.path, element)

    def _drawing(self, element: HtmlElement) -> list[str]:
        return [picture(self._page.path, element)]

    def _quotation(self, element: HtmlElement) -> list[str]:
        return [call("quote", content(self.blocks(element)), block="true")]

    def _verbatim(self, element: HtmlElement) -> list[str]:
        return [call("raw", string(element.text_content().rstrip("\n")), block="true")]

    def _rule(self, element: HtmlElement) -> list[str]:  # noqa: ARG002 (one call for all elements)
        return ["rule()"]

    def _section(self, element: HtmlElement) -> list[str]:
        return self.blocks(element)

    def _children(self, element: HtmlElement, *tags: str) -> list[HtmlElement]:
        """Return the children of an element that may have no other content."""
        loose = [element.text, *(child.tail for child in element)]
        if any(text and text.strip() for text in loose):
            raise self._unwritable(element, f"text directly in <{tag(element)}>")
        children = [child for child in element if isinstance(child.tag, str)]
        for child in children:
            if child.tag not in tags:
                raise self._unwritable(child, f"<{tag(child)}> is not allowed in <{tag(element)}>")
        return children

    _BLOCKS: ClassVar[Mapping[str, Callable[[BlockWriter, HtmlElement], list[str]]]] = {
        "p": _paragraph,
        **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
        "ul": _list,
        "ol": _list,
        "dl": _definitions,
        "table": _table,
        "div": _division,
        "section": _section,
        "details": _details,
        "figure": _figure,
        "figcaption": _section,
        "svg": _drawing,
        "blockquote": _quotation,
        "pre": _verbatim,
        "hr": _rule,
    }
