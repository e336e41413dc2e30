"""Row heads of tables in a tagged PDF: the Typst wheel has no way to tag a cell as one.

A first cell all of whose words are bold is the head of its row, as it is on the page. In the
structure tree it becomes a TH with the scope Row, and the cells beside it name it among their heads
(ISO 32000-1, 14.8.4.3.4 and 14.8.5.7): if a cell names any, assistive technology uses only these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Object

if TYPE_CHECKING:
    from collections.abc import Iterator

# Structure elements that contain no tables.
_LINES = (Name.P, Name.Link, Name.Span, Name.Strong, Name.Lbl)


def tag_row_heads(document: pikepdf.Pdf) -> None:
    """Tag the row heads of a tagged PDF."""
    root = document.Root.StructTreeRoot
    rows = [cells for row in _rows(root) if _is_head((cells := list(_children(row)))[0])]
    names = NameTree(root.IDTree)
    for number, (head, *cells) in enumerate(rows, 1):
        name = pikepdf.String(f"row-head-{number}")
        head.S = Name.TH
        head.ID = name
        names[str(name)] = head
        _of_tables(head).Scope = Name.Row
        for cell in cells:
            attributes = _of_tables(cell)
            attributes.Headers = Array([*attributes.get("/Headers", []), name])


def _rows(element: Object) -> Iterator[Object]:
    """Yield the rows below a structure element, in the order in which they are read."""
    for child in _children(element):
        if child.S == Name.TR:
            yield child
        elif child.S not in _LINES:
            yield from _rows(child)


def _children(element: Object) -> Iterator[Object]:
    """Yield the structure elements in one, without content that is marked directly."""
    for kid in _kids(element):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid


def _kids(element: Object) -> list[Object]:
    kids = element.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _is_head(cell: Object) -> bool:
    """Say whether a cell holds strong words, in a paragraph or not, and nothing else."""
    if Name.Strong == cell.S:
        return True
    return cell.S != Name.TH and len(_kids(cell)) == 1 and any(map(_is_head, _children(cell)))


def _of_tables(cell: Object) -> Dictionary:
    """Return the table attributes of a cell, which are added if it has none."""
    known = cell.get("/A", Array())
    listed = list(known) if isinstance(known, Array) else [known]
    for child in listed:
        if isinstance(child, Dictionary) and Name.Table == child.O:
            return child
    attributes = Dictionary(O=Name.Table)
    cell.A = Array([*listed, attributes])
    # pikepdf inserts a copy.
    return _of_tables(cell)
