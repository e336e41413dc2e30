"""A page to fill in, as code: its blanks, boxes and empty cells as fields.

A blank is a line of underscores, a box to tick is ☐.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sourced_guide.build.handouts.errors import tag
from sourced_guide.build.handouts.forms.fields import Fields, Kind
from sourced_guide.build.handouts.typst_code.block_writer import BlockWriter
from sourced_guide.build.handouts.typst_code.literal import array, call, content, string

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from sourced_guide.build.handouts.page_model import Page
    from sourced_guide.build.handouts.typst_code.reference_numbers import Numbers

FORM_TABLE = "form-table"
TICK = "☐"
# What a ward may give instead of a field, by the field's label.
_OF_THE_WARD = {
    "My team": "team",
    "My hospital team, by day": "by-day",
    "At night and on weekends": "nights-and-weekends",
    "My hospital team, at night and on weekends": "nights-and-weekends",
}
_BLANK = re.compile(rf"(_{{3,}}|{TICK})")
_ONLY_BLANK = re.compile(r"_{3,}")
# A table in a box of this class has tall rows; the tables in one of that class are side by side.
_TALL, _BESIDE = "cs-tall", "cs-beside"
# What is below a heading of this class is on the back of the sheet.
_OVERLEAF = "cs-overleaf"


class FormWriter(BlockWriter):
    """Writes the elements of one page to fill in."""

    def __init__(self, page: Page, numbers: Numbers) -> None:
        super().__init__(page, numbers)
        self._fields = Fields()
        # The last heading, and what stands before a blank in its paragraph or cell.
        self._title = ""
        self._said = ""

    def field(self, function: str, label: str, kind: Kind, *arguments: str) -> str:
        """Return a new field, drawn by a function of the template."""
        given = {"ward-name": string(_OF_THE_WARD[label])} if label in _OF_THE_WARD else {}
        return call(function, string(self._fields.new(label, kind).address), *arguments, **given)

    def _block(self, element: HtmlElement) -> list[str]:
        kinds = element.get("class", "").split()
        match tag(element):
            case "hr":
                return self._lines(element)
            case "table":
                return self._form_table(element)
            case "p":
                self._said = ""
                following = element.getnext()
                if following is not None and following.tag == "hr":
                    return [call("lead", self.line(element))]
            case "h1" | "h2" | "h3" | "h4":
                self._title = element.text_content().strip()
                if _OVERLEAF in kinds:
                    return ["overleaf()", *super()._block(element)]
            case "div" if _BESIDE in kinds:
                return [call("beside", *super()._block(element))]
        return super()._block(element)

    def _lines(self, element: HtmlElement) -> list[str]:
        """Return a field for a line of underscores alone, which Markdown reads as a rule."""
        # Lines below each other are one field: who types does not care where a line ends.
        lines, before, after = 1, element.getprevious(), element.getnext()
        if before is not None and before.tag == "hr":
            return []
        while after is not None and after.tag == "hr":
            lines, after = lines + 1, after.getnext()
        return [self.field("field-of-lines", self._title, Kind.LINES, str(lines))]

    def _form_table(self, element: HtmlElement) -> list[str]:
        columns = zip(*element.xpath("./tbody/tr"), strict=True)
        tall = bool(element.xpath("ancestor::div[contains(@class, $tall)]", tall=_TALL))
        return [
            call(
                FORM_TABLE,
                *self._table_parts(element),
                array(map(_width, columns)),
                tall=str(tall).lower(),
            )
        ]

    def _cell(self, element: HtmlElement) -> str:
        self._said = ""
        said = element.text_content().strip()
        if said not in ("", TICK) or element.xpath("boolean(ancestor::thead)"):
            return super()._cell(element)
        label = self._label_of(element)
        if said == TICK:
            return content([self.field("field-to-tick", label, Kind.TICK)])
        return content([self.field("field-in-cell", label, Kind.LINES)])

    def _label_of(self, cell: HtmlElement) -> str:
        """Return the label of an empty cell: its row and its column."""
        row = cell.xpath("../*")
        heads = cell.xpath("ancestor::table[1]/thead/tr/*")
        column = heads[row.index(cell)].text_content().strip()
        texts = (each.text_content().strip() for each in row)
        named = next((text for text in texts if text not in ("", TICK)), "")
        # A row that has a number only is not known by it.
        if named.isdecimal():
            named = f"{self._title} {named}"
        return named if column == "Number" else f"{named}: {column}"

    def _text(self, text: str | None) -> list[str]:
        pieces: list[str] = []
        parts = _BLANK.split(text or "")
        for number, part in enumerate(parts):
            if part == TICK:
                label = f"{self._title}: {parts[number + 1].strip(' :')}"
                pieces.append(self.field("option-to-tick", label, Kind.TICK))
                self._spaced, self._said = True, ""
            elif _ONLY_BLANK.fullmatch(part):
                label = self._said.strip(" :\n") or self._title
                pieces.append(self.field("field-in-line", label, Kind.LINE))
                self._spaced, self._said = True, ""
            else:
                self._said += part
                pieces += super()._text(part)
        return pieces


def _width(column: tuple[HtmlElement, ...]) -> str:
    """Return how wide a column is: boxes to tick, room to write in, or so many letters."""
    texts = [cell.text_content().strip() for cell in column]
    if TICK in texts:
        return '"tick"'
    return str(max(map(len, texts))) if any(texts) else '"write"'
