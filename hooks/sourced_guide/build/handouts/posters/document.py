"""The page with the warning signs in pictures as one sheet, and as a poster, in code."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from sourced_guide.build.handouts.colophon import colophon_literal, page_colophon
from sourced_guide.build.handouts.errors import UnprintableElementError
from sourced_guide.build.handouts.typst_code.block_writer import BlockWriter
from sourced_guide.build.handouts.typst_code.literal import array, call, content, string
from sourced_guide.build.handouts.typst_code.reference_numbers import Numbers

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from sourced_guide.build.handouts.page_model import Page, SiteModel

POSTER = "poster"
POSTERS = ("poster-a3", "poster-a4")
_PICTURES = ".//div[@class='cs-pictures']"
_TITLE = ".//p[contains(@class, 'admonition-title')]"


def pictures_page(model: SiteModel) -> Page | None:
    """Return the page in pictures, or None if the guide has none."""
    return next((page for page in model.pages if page.body.xpath(_PICTURES)), None)


def in_pictures(model: SiteModel, page: Page) -> str:
    """Return the code of the page in pictures: one side of one sheet.

    Raises UnprintableElementError where an element cannot be printed.
    """
    return _sheet("in-pictures", model, page)


def poster(model: SiteModel, page: Page) -> str:
    """Return the code of the poster: the pictures below the title of the warning block.

    Raises UnprintableElementError where an element cannot be printed.
    """
    titles = [] if model.warning is None else model.warning.xpath(_TITLE)
    title = titles[0].text_content().strip() if titles else page.title
    return _sheet(POSTER, model, page, string(title), string(model.title))


def _sheet(kind: str, model: SiteModel, page: Page, *titles: str) -> str:
    body = deepcopy(page.body)
    # It has no list of sources: numbers would refer to nothing.
    for number in body.xpath(".//*[@data-cs-cites]"):
        number.drop_tree()
    writer = BlockWriter(page, Numbers({}))
    return call(
        kind,
        colophon_literal(page_colophon(model, page)),
        *titles,
        array(_group(page, group, writer) for group in body.xpath(_PICTURES)),
    )


def _group(page: Page, group: HtmlElement, writer: BlockWriter) -> str:
    """Return a group of pictures: its heading, and each picture with its caption."""
    heading = group.getprevious()
    if heading is None or heading.tag != "h2":
        raise UnprintableElementError(page.path, group, "pictures need a heading above them")
    figures = []
    for figure in group.xpath("./figure"):
        drawings, captions = figure.xpath(".//svg"), figure.xpath("./figcaption")
        if len(drawings) != 1 or len(captions) != 1:
            raise UnprintableElementError(page.path, figure, "a picture here needs one caption")
        shown = content(writer.blocks(_with(drawings[0])))
        figures.append(array([shown, content(writer.blocks(captions[0]))]))
    return array([writer.line(heading), array(figures)])


def _with(element: HtmlElement) -> HtmlElement:
    wrapper = element.makeelement("div")
    wrapper.append(element)
    return wrapper
