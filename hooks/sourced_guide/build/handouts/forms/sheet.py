"""A sheet to fill in, as code for the template: on few pages, with fields to type in."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from sourced_guide.build.handouts.colophon import colophon_literal, page_colophon
from sourced_guide.build.handouts.document import source_line
from sourced_guide.build.handouts.forms.fields import Kind
from sourced_guide.build.handouts.forms.writer import FormWriter
from sourced_guide.build.handouts.typst_code.literal import array, call, content, string
from sourced_guide.build.handouts.typst_code.reference_numbers import Numbers

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from sourced_guide.build.handouts.page_model import Page, SiteModel

_PREFIX = "sheet-"
_WARNING = "./p[@class='cs-warning']"
# Whom to call stands below the warning signs, if it is not what the sheet is for.
_TEAM = ("My team", "My hospital number", "My hospital team, by day", "At night and on weekends")
_BY_DAY = "My hospital team, by day"


def is_sheet(page: Page) -> bool:
    """Say whether a page is a sheet for readers to fill in: it has the warning signs in a line."""
    return page.name.startswith(_PREFIX) and bool(page.body.xpath(_WARNING))


def sheet(model: SiteModel, page: Page) -> str:
    """Return the code of a sheet to fill in.

    Raises UnprintableElementError where the page has an element that cannot be printed.
    """
    body = deepcopy(page.body)
    numbers = Numbers({})
    writer = FormWriter(page, numbers)
    warning = []
    for line in body.xpath(_WARNING):
        warning.append(writer.line(line))
        line.drop_tree()
    for line in body.xpath(".//p[starts-with(normalize-space(), $day)]", day=_BY_DAY):
        line.drop_tree()
    team = []
    if _BY_DAY not in body.text_content():
        team = [
            call("pair", string(label), writer.field("field-in-line", label, Kind.LINE))
            for label in _TEAM
        ]
    first = []
    for element in body.xpath("./h1 | (.//p)[1]"):
        first += writer.blocks(_moved(element))
    text = writer.blocks(body)
    sources = dict(page.sources) | model.sources
    return call(
        "fill-in-sheet",
        colophon_literal(page_colophon(model, page)),
        content(first),
        content(warning),
        array(team),
        content(text),
        array(
            call("short-source", str(number), string(source_line(sources[key])))
            for key, number in numbers.sources.items()
        ),
    )


def _moved(element: HtmlElement) -> HtmlElement:
    """Return a new element with this one, which is no longer where it was."""
    wrapper: HtmlElement = element.makeelement("div")
    element.drop_tree()
    element.tail = None
    wrapper.append(element)
    return wrapper
