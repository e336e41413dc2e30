"""The handouts of a site as code for the template.

Of a page that has not changed, only the digest of its code is kept: the code is not written again
as long as its PDF is there. Booklets and packs are looked at only if there is anything to compare.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING

from lxml import etree

from sourced_guide.build.built_site.page import built_name
from sourced_guide.build.handouts.alert_card import CARD, card, card_page
from sourced_guide.build.handouts.booklet.chapters import BOOKLET, booklet
from sourced_guide.build.handouts.compile import BOOKLETS, LARGE, LAYOUTS, PAPERS
from sourced_guide.build.handouts.document import handout, words_of
from sourced_guide.build.handouts.errors import UnprintableElementError
from sourced_guide.build.handouts.forms.sheet import is_sheet, sheet
from sourced_guide.build.handouts.packs.declared import declared_packs, faults_of
from sourced_guide.build.handouts.packs.document import pack_code
from sourced_guide.build.handouts.posters.document import (
    POSTER,
    POSTERS,
    in_pictures,
    pictures_page,
    poster,
)
from sourced_guide.build.handouts.second_handout import handouts_of
from sourced_guide.build.handouts.template.parts import with_template
from sourced_guide.build.rules import build_finding, built_place
from sourced_guide.claims.project.store.store import digest_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from sourced_guide.build.built_site.site import BuiltSite
    from sourced_guide.build.handouts.page_model import Page, SiteModel
    from sourced_guide.claims.model.finding import Finding
    from sourced_guide.claims.project.store.store import Shelf

FOLDER = "handouts"
_Write = Callable[[], str]


@dataclass(frozen=True)
class Code:
    """A handout as code: its name, the layouts that it is set in, and what writes its text.

    `known` is the digest of its text, if that is kept. One that is `left_out` has no text.
    """

    name: str
    layouts: tuple[str, ...]
    write: _Write
    known: str = ""
    left_out: bool = False

    @cached_property
    def text(self) -> str:
        """The code."""
        return self.write()

    @cached_property
    def digest(self) -> str:
        """The digest of the code and of what it uses of the template."""
        return self.known or _digest(self.text)

    def file(self, layout: str) -> str:
        """Return the name of its file in the site, in a layout."""
        return f"{FOLDER}/{self.name}-{layout.rpartition('-')[2]}.pdf"


def codes_of(
    site: BuiltSite, model: SiteModel, is_wanted: Callable[[str], bool] = lambda _: True
) -> tuple[list[Code], list[Finding]]:
    """Return the booklet and every handout as code, and what cannot be written.

    A booklet or a pack whose name is not wanted is left out.
    """
    codes: list[Code] = []
    findings: list[Finding] = []
    with_card, with_pictures = card_page(model), pictures_page(model)
    kept, shared = site.store.shelf("handouts"), _shared_by_pages(model)
    for page in model.pages:
        # The handout of this page is the card. In large print it is the page: a card of this size
        # has no room for large letters.
        layouts = (LARGE,) if page is with_card else LAYOUTS
        try:
            if page is with_pictures:
                # Its own handouts have only the pictures, the booklet has all of it.
                handout(model, page)
                codes.append(_written(page.name, layouts, partial(in_pictures, model, page)))
                codes.append(_written(POSTER, POSTERS, partial(poster, model, page)))
            else:
                codes += _of_page(model, page, layouts, kept, _key(site, page, shared))
        except UnprintableElementError as error:
            findings.append(_unwritable(site, error))
    if findings:
        place = built_place(site, f"{FOLDER}/{BOOKLET}-{LAYOUTS[0]}.pdf")
        message = "the booklet is not made, because a page of it cannot be printed"
        findings.append(build_finding("BLD013", place, message))
    else:
        # It takes longest, so it is started first.
        codes.insert(0, _aside(BOOKLET, BOOKLETS, partial(booklet, model), is_wanted))
    for pack in declared_packs(site):
        faults = list(faults_of(pack, site, model))
        findings += faults
        if not faults:
            try:
                codes.append(_aside(pack.name, LAYOUTS, partial(pack_code, model, pack), is_wanted))
            except UnprintableElementError as error:
                findings.append(_unwritable(site, error))
    if with_card:
        try:
            of_card = _written(CARD, PAPERS, partial(card, model, with_card))
            codes += [of_card, Code(with_card.name, PAPERS, of_card.write, of_card.digest)]
        except UnprintableElementError as error:
            findings.append(_unwritable(site, error))
    return codes, findings


def _written(name: str, layouts: tuple[str, ...], write: _Write) -> Code:
    """Return a handout whose code is written at once, as that shows whether it can be."""
    text = write()
    return Code(name, layouts, lambda: text, _digest(text))


def _aside(
    name: str, layouts: tuple[str, ...], write: _Write, is_wanted: Callable[[str], bool]
) -> Code:
    if not is_wanted(name):
        return Code(name, layouts, write, left_out=True)
    return _written(name, layouts, write)


def _of_page(
    model: SiteModel, page: Page, layouts: tuple[str, ...], kept: Shelf, key: str
) -> list[Code]:
    """Return the handouts of a page: one, or two if it has one to hand over."""

    @cache
    def texts() -> dict[str, str]:
        return {
            part.name: sheet(model, part) if is_sheet(part) else handout(model, part)
            for part in handouts_of(page)
        }

    def digests() -> dict[str, str]:
        return {name: _digest(text) for name, text in texts().items()}

    def text(name: str) -> str:
        return texts()[name]

    known = kept.get(key, digests)
    return [Code(name, layouts, partial(text, name), digest) for name, digest in known.items()]


def _shared_by_pages(model: SiteModel) -> str:
    """Return a digest of what the handouts of pages have of other pages."""
    warning = model.warning
    shown = [] if warning is None else [warning]
    for each in list(shown):
        for word in words_of(each, model.words).values():
            shown += [*word.terms, *word.definition]
    sources = (f"{key} {source}" for key, source in model.sources.items())
    settings = (model.title, model.urgent_page, model.expert)
    return digest_of(*settings, *map(_as_html, shown), *sources)


def _as_html(element: HtmlElement) -> str:
    html: str = etree.tostring(element, encoding="unicode", method="html")
    return html


def _key(site: BuiltSite, page: Page, shared: str) -> str:
    """Return a digest of all that the handouts of a page are made from."""
    dates = (page.edition, page.reviewed, page.next_review, page.reviewer, page.review)
    html = site.digest(built_name(page.path))
    return digest_of(html, shared, page.path, page.title, page.part, *dates)


def _digest(code: str) -> str:
    return hashlib.sha256(with_template(code).encode()).hexdigest()


def _unwritable(site: BuiltSite, error: UnprintableElementError) -> Finding:
    place = built_place(site, built_name(error.page), error.line)
    return build_finding("BLD011", place, str(error))
