"""The alert card as code that the template sets: one sheet to cut out, fold and fill in by pen."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from sourced_guide.build.handouts.colophon import facts_of, told
from sourced_guide.build.handouts.errors import UnwritableError
from sourced_guide.build.handouts.typst_code.block_writer import Writer
from sourced_guide.build.handouts.typst_code.literal import call, content
from sourced_guide.build.handouts.typst_code.reference_numbers import Numbers

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from sourced_guide.build.handouts.page_model import Built, Page

CARD = "card"
_CARD = ".//div[@class='cs-card']"


def card_page(built: Built) -> Page | None:
    """Return the page that the alert card stands on, or nothing where the guide has none."""
    return next((page for page in built.pages if page.body.xpath(_CARD)), None)


def card(built: Built, page: Page) -> str:
    """Return the code of the alert card on a page.

    Raises UnwritableError where the card on the page lacks one of its parts, or a part holds what
    has no place on paper.
    """
    [root] = deepcopy(page.body).xpath(_CARD)
    # Its words name the page that names the sources: numbers would lead nowhere.
    for number in root.xpath(".//sup[@class='cs-citation']"):
        number.drop_tree()
    writer = Writer(page, Numbers({}))

    def part(name: str) -> HtmlElement:
        found = root.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]")
        if not found:
            raise UnwritableError(page.path, root, f"the alert card has no part of class {name}")
        element: HtmlElement = found[0]
        return element

    title = part("admonition-title")
    title.drop_tree()
    fields = [
        call("card-field", writer.line(each)) for each in part("cs-card__fields").xpath(".//li")
    ]
    return call(
        "alert-card",
        told(facts_of(built, page)),
        content(writer.flow(part("cs-card__make"))),
        writer.line(part("cs-card__title")),
        content(fields),
        content(writer.flow(part("cs-card__team"))),
        writer.line(title),
        content(writer.flow(part("admonition"))),
    )
