"""The alert card as code for the template: a sheet to fill in, cut out and fold."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from sourced_guide.build.handouts.colophon import colophon_literal, page_colophon
from sourced_guide.build.handouts.errors import UnprintableElementError
from sourced_guide.build.handouts.forms.fields import Kind
from sourced_guide.build.handouts.forms.writer import FormWriter
from sourced_guide.build.handouts.page_model import CARD_PART
from sourced_guide.build.handouts.typst_code.literal import array, call, content
from sourced_guide.build.handouts.typst_code.reference_numbers import Numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from sourced_guide.build.handouts.page_model import Page, SiteModel

CARD = "card"


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
    writer = FormWriter(page, Numbers({}))

    def part(name: str) -> HtmlElement:
        found = root.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]")
        if not found:
            raise UnprintableElementError(
                page.path, root, f"the alert card has no part of class {name}"
            )
        element: HtmlElement = found[0]
        return element

    title, cover, team = part("admonition-title"), part("cs-card__front"), part("cs-card__team")
    title.drop_tree()
    call_team = part("cs-card__call")
    fields, team_fields = (list(_fields(writer, each)) for each in (cover, team))
    call_team.drop_tree()
    return call(
        "alert-card",
        colophon_literal(page_colophon(model, page)),
        array(writer.blocks(part("cs-card__make"))),
        writer.line(part("cs-card__title")),
        content(fields),
        writer.line(call_team),
        content(team_fields),
        content(writer.blocks(team)),
        writer.line(title),
        array(_pieces(writer, part("admonition"))),
    )


def _fields(writer: FormWriter, side: HtmlElement) -> Iterator[str]:
    """Yield the lines to fill in on a side of the card, which is left without them."""
    for box in side.xpath(".//*[contains(@class, 'cs-card__fields')]"):
        for item in box.xpath(".//li"):
            label = item.text_content().strip().removesuffix(":")
            yield writer.field("card-field", label, Kind.LINE, writer.line(item))
        box.drop_tree()


def _pieces(writer: FormWriter, signs: HtmlElement) -> Iterator[str]:
    """Yield what the warning signs may be divided into: blocks, and items of lists."""
    for block in signs:
        items = block.xpath("./li") if block.tag == "ul" else [block]
        for item in items:
            is_item = item is not block
            body = writer.line(item) if is_item else call("par", writer.line(item))
            yield f"(is-item: {str(is_item).lower()}, body: {body})"
