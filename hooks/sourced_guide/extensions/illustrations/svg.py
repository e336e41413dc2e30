"""Reads an SVG file as an element to embed in a page.

Only plain shapes and text are allowed: nothing that could run, load, hide text or clash with the
page's styles and ids. The description is in the file, the title at the image.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

if TYPE_CHECKING:
    from pathlib import Path

_SVG = "{http://www.w3.org/2000/svg}"
_ELEMENTS = {
    *("svg", "title", "desc", "g", "path", "circle", "ellipse", "rect", "line", "polyline"),
    *("polygon", "text", "tspan"),
}
_ATTRIBUTES = {
    *("class", "viewBox", "role", "transform", "d", "points", "pathLength"),
    *("x", "y", "x1", "y1", "x2", "y2", "dx", "dy", "cx", "cy", "r", "rx", "ry", "width", "height"),
    *("fill", "fill-opacity", "fill-rule", "opacity"),
    *("stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray"),
    *("stroke-opacity", "font-family", "font-size", "font-weight", "font-style", "text-anchor"),
}
_MOST_BYTES = 64_000


@dataclass(frozen=True)
class RejectedDrawing:
    """Why a file cannot be embedded in a page: "has no description", "cannot be read"."""

    reason: str


def read_drawing(path: Path, title: str, name: str) -> Element | RejectedDrawing:
    """Return the drawing in a file, titled `title`, its ids made from `name`.

    The picture's accessible name and description are its `title` and `desc` (SVG Accessibility API
    Mappings, W3C).
    """
    try:
        content = path.read_bytes()
        # A document type could define entities of unlimited size.
        root = ET.fromstring(content) if b"<!DOCTYPE" not in content else None  # noqa: S314
    except (OSError, ET.ParseError) as error:
        return RejectedDrawing(f"cannot be read ({getattr(error, 'strerror', None) or error})")
    if root is None or root.tag != f"{_SVG}svg" or len(content) > _MOST_BYTES:
        return RejectedDrawing(f"is not a plain SVG file of at most {_MOST_BYTES // 1000} kB")
    if unsupported := _unsupported_part(root):
        return RejectedDrawing(f"has {unsupported}, which a drawing in a page may not have")
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
        # White space between shapes is only indentation.
        element.text, element.tail = _trimmed(element.text), _trimmed(element.tail)
    return _titled(root, title.strip(), name)


def _unsupported_part(root: Element) -> str:
    for element in root.iter():
        tag = element.tag.removeprefix(_SVG)
        if tag not in _ELEMENTS:
            return f"<{tag.rpartition('}')[2]}>"
        for attribute in element.keys():  # noqa: SIM118 (an element is not a mapping)
            if attribute not in _ATTRIBUTES:
                return f"'{attribute.rpartition('}')[2]}' in <{tag}>"
    return ""


def _trimmed(text: str | None) -> str | None:
    return text if text and text.strip() else None


def _titled(drawing: Element, title: str, name: str) -> Element | RejectedDrawing:
    described = drawing.find("desc")
    own_title = drawing.find("title")
    if described is None or not (described.text or "").strip():
        return RejectedDrawing("has no description for people who cannot see it (<desc>)")
    if own_title is not None:
        drawing.remove(own_title)
        title = title or (own_title.text or "").strip()
    if not title:
        return RejectedDrawing("has no title between its [brackets]")
    heading = Element("title", {"id": f"{name}-title"})
    heading.text = title
    drawing.insert(0, heading)
    described.set("id", f"{name}-description")
    described.text = " ".join((described.text or "").split())
    drawing.set("class", f"cs-drawing {drawing.get('class', '')}".strip())
    drawing.set("role", "img")
    drawing.set("aria-labelledby", heading.get("id", ""))
    drawing.set("aria-describedby", described.get("id", ""))
    return drawing
