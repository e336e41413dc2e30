"""What the elements around a text say about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sourced_guide.claims.language.markup.hidden_markup import hidden_by

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from sourced_guide.claims.markdown.segments.inline_text import Anchors

# The elements of a drawing that hold text.
DRAWN_TEXT = ("title", "desc", "text")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LABEL_TAGS = {*HEADINGS, "dt", "summary", "label", "button", "legend"}
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


class Context(NamedTuple):
    """What the elements around a text say about it."""

    kind: str = "sentence"
    label: bool = False
    editorial: bool = False
    box: str = ""
    # The citations of a caption, for the rest of its figure or table.
    caption: Anchors = ()


def context_in(element: Element, context: Context) -> Context:
    """Return the context of the texts in `element`."""
    tag, classes = element.tag, (element.get("class") or "").split()
    kind = context.kind
    if tag == "div" and "footnote" in classes:
        kind = "footnote"
    elif kind != "footnote":
        kind = _KINDS.get(tag, kind)
    return Context(
        kind=kind,
        label=context.label or tag in _LABEL_TAGS,
        editorial=context.editorial or "editorial" in classes,
        box=_box_title(element) or context.box,
        caption=context.caption,
    )


def _box_title(element: Element) -> str:
    """Return the title that an admonition or details block was given."""
    if len(element) and (element.tag == "details" or is_title(element[0], element)):
        return " ".join("".join(element[0].itertext()).split())
    return ""


def is_title(element: Element, parent: Element) -> bool:
    """Say whether this is the title that an admonition was given."""
    return (
        element is parent[0]
        and element.get("class") == "admonition-title"
        and "admonition" in (parent.get("class") or "").split()
    )


def is_row_head(cell: Element) -> bool:
    """Say whether a table's cell is the head of its row: all that it says is in bold."""
    bold = [child for child in cell if child.tag == "strong"]
    return len(cell) == 1 and bool(bold) and not f"{cell.text or ''}{bold[0].tail or ''}".strip()


def block_hidden_by(element: Element, openable_tabs: set[Element]) -> str:
    """Return what may hide the words of a block from readers, or nothing.

    `openable_tabs` are the panels that a tab's button opens.
    """
    if element.tag in DRAWN_TEXT or element.tag == "svg":
        return ""
    is_tab = "tabbed-block" in (element.get("class") or "").split()
    if is_tab and element not in openable_tabs:
        return "the class 'tabbed-block'"
    return hidden_by(element.tag, element.attrib, inline=False)
