"""The alert card as code for the template: a sheet to cut out, fold and fill in by hand."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from sourced_guide.build.handouts.colophon import colophon_literal, page_colophon
from sourced_guide.build.handouts.errors import UnprintableElementError
from sourced_guide.build.handouts.typst_code.block_writer import BlockWriter
from sourced_guide.build.handouts.typst_code.literal import call, content
from sourced_guide.build.handouts.typst_code.reference_numbers import Numbers

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from sourced_guide.build.handouts.page_model import Page, SiteModel

CARD = "card"
CARD_PART = ".//div[@class='cs-card']"


def card_page(model: SiteModel) -> Page | None:
    """Return the page with the alert card, or None if the guide has none."""
    return next((page for page in model.pages if page.body.xpath(CARD_PART)), None)


def card(model: SiteModel, page: Page) -> str:
    """Return the code of the alert card on a page.

    Raises UnprintableElementError where the card on the page lacks one of its parts, or a part
    cannot be printed.
    """
    [root] = deepcopy(page.body).xpath(CARD_PART)
    # The card has no list of sources: numbers would refer to nothing.
    for number in root.xpath(".//*[@data-cs-cites]"):
        number.drop_tree()
    writer = BlockWriter(page, Numbers({}))

    def part(name: str) -> HtmlElement:
        found = root.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]")
        if not found:
            raise UnprintableElementError(
                page.path, root, f"the alert card has no part of class {name}"
            )
        element: HtmlElement = found[0]
        return element

    title = part("admonition-title")
    title.drop_tree()
    fields = [
        call("card-field", writer.line(field)) for field in part("cs-card__fields").xpath(".//li")
    ]
    return call(
        "alert-card",
        colophon_literal(page_colophon(model, page)),
        content(writer.blocks(part("cs-card__make"))),
        writer.line(part("cs-card__title")),
        content(fields),
        content(writer.blocks(part("cs-card__team"))),
        writer.line(title),
        content(writer.blocks(part("admonition"))),
    )
