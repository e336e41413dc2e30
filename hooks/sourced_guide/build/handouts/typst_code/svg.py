"""SVG drawings and people icons of a page, as pictures for Typst."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from sourced_guide.build.handouts.errors import UnprintableElementError
from sourced_guide.build.handouts.typst_code.literal import call, string

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FONT = "Source Sans Pro"
# People icons have no text to scale by: they are as wide as ten letters are high.
_PEOPLE_WIDTH = 10.0


def picture(page: str, svg: HtmlElement) -> str:
    """Return the code of a picture: scaled so that its words are as large as the text."""
    alternative = _alternative(page, svg)
    # HTML's parser lower-cases the name, and SVG's does not know it then.
    box = svg.get("viewbox") or svg.get("viewBox") or ""
    try:
        _, _, width, height = (float(number) for number in box.split())
        size = float(svg.get("font-size", width / _PEOPLE_WIDTH))
    except ValueError as error:
        raise UnprintableElementError(
            page, svg, "a drawing needs a viewBox of four numbers"
        ) from error
    return call(
        "picture",
        string(_file(svg, box)),
        string(alternative),
        f"{width / size:g}",
        f"{height / size:g}",
    )


def _alternative(page: str, svg: HtmlElement) -> str:
    texts = [" ".join(element.text_content().split()) for element in svg.xpath("./title | ./desc")]
    if not svg.xpath("./title[normalize-space()]"):
        raise UnprintableElementError(page, svg, "a drawing needs a title that says what it shows")
    return ". ".join(text.rstrip(".") for text in texts if text) + "."


def _file(svg: HtmlElement, box: str) -> str:
    copy = deepcopy(svg)
    copy.tail = None
    copy.attrib.pop("viewbox", None)
    copy.attrib.update({"viewBox": box, "xmlns": "http://www.w3.org/2000/svg", "font-family": FONT})
    return str(etree.tostring(copy, encoding="unicode"))
