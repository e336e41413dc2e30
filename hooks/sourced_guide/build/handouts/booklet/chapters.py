"""The booklet: the whole guide in one PDF, as code for the template."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from sourced_guide.build.built_site.edition import WARNING_SIGNS
from sourced_guide.build.handouts.colophon import Colophon, colophon_literal
from sourced_guide.build.handouts.document import addresses_of, back_matter
from sourced_guide.build.handouts.typst_code.block_writer import BlockWriter
from sourced_guide.build.handouts.typst_code.literal import call, content, string
from sourced_guide.build.handouts.typst_code.reference_numbers import Numbers

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from sourced_guide.build.handouts.page_model import SiteModel

BOOKLET = "guide"


def booklet(model: SiteModel) -> str:
    """Return the code of the whole guide: a chapter for each page, its sources once at the end.

    Raises UnprintableElementError where a page has an element that cannot be printed.
    """
    start = model.pages[0]
    numbers = Numbers(
        {},
        {page.place: f"chapter-{page.name}" for page in model.pages},
        addresses_of(model.sources),
    )
    warning_page = model.page(WARNING_SIGNS)
    warning = []
    if warning_page is not None and model.warning is not None:
        warning = BlockWriter(warning_page, numbers).blocks(_wrapped(model.warning))
    chapters = [
        call(
            "chapter",
            string(f"chapter-{page.name}"),
            content(BlockWriter(page, numbers).blocks(page.body)),
        )
        for page in model.pages
    ]
    back = back_matter(numbers, model.sources, level=1)
    reviewers = {page.reviewer for page in model.pages}
    colophon = Colophon(
        model.title,
        model.title,
        start.language,
        model.edition,
        min(page.reviewed for page in model.pages),
        min(page.next_review for page in model.pages),
        reviewers.pop() if len(reviewers) == 1 else "",
        start.address,
        model.review,
    )
    return call(
        "booklet", colophon_literal(colophon), content(warning), content([*chapters, *back])
    )


def _wrapped(element: HtmlElement) -> HtmlElement:
    """Return a new element with a copy of this one."""
    wrapper = element.makeelement("div")
    wrapper.append(deepcopy(element))
    return wrapper
