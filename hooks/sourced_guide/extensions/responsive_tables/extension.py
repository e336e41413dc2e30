"""The Python-Markdown extension of the tables.

A table of three columns or more does not fit a phone, where the style sheet sets its cells below
one another. So that they still make sense there, every cell gets the header of its column. A first
cell in bold is the head of its row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from sourced_guide.claims.markdown.segments.block_context import is_row_head

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# After the claims were collected and numbered (5.5) and the terms marked (5.4).
_TREE_PRIORITY = 5.3
_FITS_A_PHONE = 2


class TablesExtension(Extension):
    """Heads at cells and rows."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Register the processor, as Python-Markdown asks for it."""
        md.treeprocessors.register(_TablesTreeprocessor(md), "tables-on-phones", _TREE_PRIORITY)


class _TablesTreeprocessor(Treeprocessor):
    def run(self, root: Element) -> None:
        for table in root.iter("table"):
            heads = [_words(cell) for cell in table.findall("thead/tr/th")]
            for row in table.findall("tbody/tr"):
                if is_row_head(row[0]):
                    row[0].tag = "th"
                    row[0].set("scope", "row")
            if len(heads) > _FITS_A_PHONE:
                _label(table, heads)


def _label(table: Element, heads: list[str]) -> None:
    # No class: the theme leaves tables that have one without its borders.
    table.set("data-cs-stacks", "")
    for cell in table.findall("thead/tr/th"):
        if not _words(cell):
            # Above the heads of rows there is nothing to be the head of.
            cell.tag = "td"
    for row in table.findall("tbody/tr"):
        for cell, head in zip(row, heads, strict=False):
            if cell.tag == "td":
                cell.set("data-label", head)


def _words(cell: Element) -> str:
    """Return what a cell says, without the numbers of its citations."""
    words = cell.text or ""
    for child in cell:
        words += "" if child.tag == "sup" else _words(child)
        words += child.tail or ""
    return words.strip()


def makeExtension(**options: Any) -> TablesExtension:  # noqa: N802 (Python-Markdown's name)
    """Return the extension, as Python-Markdown asks for it."""
    return TablesExtension(**options)
