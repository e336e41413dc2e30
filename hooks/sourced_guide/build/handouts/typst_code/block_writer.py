"""Block elements as Typst code, by a table of their tags. Other elements are an error."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, ClassVar

from lxml.html import HtmlElement

from sourced_guide.build.handouts.errors import tag
from sourced_guide.build.handouts.typst_code.inline_writer import LONGEST_WORD, InlineWriter
from sourced_guide.build.handouts.typst_code.literal import array, call, content, string
from sourced_guide.build.handouts.typst_code.svg import picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

QUESTIONS = "Questions to ask"
TABLE = "data-table"
_BACK = "paper-back"
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
        blocks = []
        for part in self._parts(element):
            if isinstance(part, HtmlElement):
                blocks.extend(self._block(part))
            elif part:
                blocks.append(call("par", content(part)))
        return blocks

    def _block(self, element: HtmlElement) -> list[str]:
        return self._BLOCKS[tag(element)](self, element)

    def _parts(self, element: HtmlElement) -> Iterator[list[str] | HtmlElement]:
        """Yield the blocks in an element, and the inline content between them."""
        self._spaced = True
        run = self._text(element.text)
        for child in element:
            if child.tag in self._BLOCKS:
                if run:
                    yield run
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
        turned = ["turn-over()"] if self._page.has_more and _is_on_back(element) else []
        return [*turned, call("named", string(name), heading) if name else heading]

    def _paragraph(self, element: HtmlElement) -> list[str]:
        # Python-Markdown puts a picture that stands alone into a paragraph.
        if any(child.tag in self._BLOCKS for child in element):
            return self.blocks(element)
        if _is_picture(element.getnext()):
            # Written with the picture that it leads to.
            return []
        following = element.getnext()
        leads = following is not None and following.tag in _LED
        return [call("lead" if leads else "paragraph", self.line(element))]

    def _list(self, element: HtmlElement) -> list[str]:
        items = self._children(element, "li")
        asks = self._is_question_list(element)
        if asks and self._page.has_more:
            # Asked from the sheet that is handed over, which has no room for answers.
            return [call("short-list", *(content(self._item(item)) for item in items))]
        if asks or _is_field_list(element):
            return [call("list", *(call("question", content(self._item(item))) for item in items))]
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

    def _is_question_list(self, element: HtmlElement) -> bool:
        """Say whether a list is directly below the heading of the questions to ask."""
        before = element.xpath(
            "./preceding-sibling::*[self::h1 or self::h2 or self::h3 or self::h4][1]"
        )
        return bool(before) and before[0].text_content().strip() == QUESTIONS

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
        return [call(TABLE, *parts, array(map(_column_words, columns)))]

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
        return [call(name, head, content(self.blocks(element)), letters=_letter_count(element))]

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
                letters=_letter_count(panel),
            )
            for label, panel in zip(labels, panels, strict=True)
        ]

    def _figure(self, element: HtmlElement) -> list[str]:
        if element.xpath("./svg") and "cs-people" in element.get("class", ""):
            [caption] = element.xpath("./figcaption") or [None]
            body = content(self.blocks(caption)) if caption is not None else "[]"
            return [call("people", picture(self._page.path, element.xpath("./svg")[0]), body)]
        if not element.xpath(".//svg"):
            return [call("block", content(self.blocks(element)))]
        before = element.getprevious()
        lead = []
        if before is not None and before.tag == "p":
            lead = [call("par", self.line(before))]
        element = deepcopy(element)
        captions = element.xpath("./figcaption")
        for caption in captions:
            caption.drop_tree()
        told = [block for caption in captions for block in self.blocks(caption)]
        return [call("figure-of", content(self.blocks(element)), content(told), lead=content(lead))]

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


def _column_words(cells: Sequence[HtmlElement]) -> str:
    """Return how many letters the longest word of a column has, and its cells on average."""
    texts = [cell.text_content() for cell in cells]
    longest = max((len(word) for text in texts for word in re.split(r"[\s-]", text)), default=0)
    return array((str(min(longest, LONGEST_WORD)), str(sum(map(len, texts)) // len(texts))))


def _letter_count(element: HtmlElement) -> str:
    """Return the number of letters in a box, or `none` if a picture makes it taller."""
    return "none" if element.xpath(".//svg") else str(len(element.text_content()))


def _is_picture(element: HtmlElement | None) -> bool:
    """Say whether an element is a figure with a drawing."""
    if element is None or element.tag != "figure" or not element.xpath(".//svg"):
        return False
    return "cs-people" not in element.get("class", "")


def _is_on_back(element: HtmlElement) -> bool:
    """Say whether the back of a sheet to hand over begins with a heading."""
    return _BACK in element.get("class", "").split()


def _is_field_list(element: HtmlElement) -> bool:
    """Say whether a list holds the fields of the alert card, which are filled in by hand."""
    parent = element.getparent()
    return parent is not None and "cs-card__fields" in parent.get("class", "").split()
