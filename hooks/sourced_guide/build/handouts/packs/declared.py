"""The packs of a site, which the page "Take it with you" lists.

The option `packs` of `guide.claims` in mkdocs.yml declares them, and the template of that page
writes them into it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourced_guide.build.built_site.page import built_name, parse_html
from sourced_guide.build.rules import build_finding, built_place
from sourced_guide.claims.model.suggest import did_you_mean
from sourced_guide.claims.report.claims_file import EDITION_DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

    from sourced_guide.build.built_site.edition import Edition
    from sourced_guide.build.built_site.site import BuiltSite
    from sourced_guide.build.handouts.page_model import Page, SiteModel
    from sourced_guide.claims.model.finding import Finding

PREFIX = "pack-"
# The part of a page above its first heading, as a fragment in an address means the top of a page.
TOP = "top"
TAKE_AWAY = built_name("take-away.md")
_PACKS = "//*[@data-cs-pack]"
_TITLE = "string(.//*[@class='cs-pack__title'])"
_PURPOSE = "string(.//*[@class='cs-pack__for'])"


@dataclass(frozen=True)
class Part:
    """A page of a pack, or only a part of it: `part` is the id of a heading."""

    path: str
    part: str = ""

    def __str__(self) -> str:
        return f"{self.path}#{self.part}" if self.part else self.path


@dataclass(frozen=True)
class Pack:
    """A pack: the name of its files, its title, whom it is for, what it holds, where it is listed.

    `address` is that of the page that lists it, or empty.
    """

    key: str
    title: str
    purpose: str
    parts: tuple[Part, ...]
    address: str = ""
    line: int = 1

    @property
    def name(self) -> str:
        """The base name of its files."""
        return f"{PREFIX}{self.key}"

    @property
    def pages(self) -> list[str]:
        """The paths of its pages, each once."""
        return list(dict.fromkeys(part.path for part in self.parts))


def declared_packs(site: BuiltSite) -> list[Pack]:
    """Return the packs that a site lists; none if it has no such page."""
    if TAKE_AWAY not in site.names:
        return []
    root = parse_html(site.text(TAKE_AWAY))
    address = site.page(TAKE_AWAY).address
    return [_pack(element, address) for element in root.xpath(_PACKS)]


def _pack(element: HtmlElement, address: str) -> Pack:
    parts = (written.partition("#") for written in element.get("data-cs-parts", "").split())
    return Pack(
        key=element.get("data-cs-pack", ""),
        title=" ".join(str(element.xpath(_TITLE)).split()),
        purpose=" ".join(str(element.xpath(_PURPOSE)).split()),
        parts=tuple(Part(path, part) for path, _, part in parts),
        address=address,
        line=element.sourceline or 1,
    )


def faults_of(pack: Pack, site: BuiltSite, model: SiteModel) -> Iterator[Finding]:
    """Yield a finding for each page or part that a pack names and the site does not have."""
    place = built_place(site, TAKE_AWAY, pack.line)
    if not pack.parts:
        message = f"the pack '{pack.key}' has no pages"
        yield build_finding("BLD015", place, message)
    for part in pack.parts:
        page = model.page(part.path)
        if page is None:
            known = [page.path for page in model.pages]
            message = f"the pack '{pack.key}' names '{part.path}', which is no page for readers"
            yield build_finding("BLD015", place, message, did_you_mean(part.path, known))
        elif part.part and part.part not in part_names(page):
            message = f"the pack '{pack.key}' names '{part}', and the page has no such part"
            yield build_finding("BLD015", place, message, did_you_mean(part.part, part_names(page)))


def pack_edition(pack: Pack, editions: Mapping[str, str], checked: str) -> str:
    """Return the edition of a pack, which changes with any of those of its pages, by their paths.

    `checked` is the earliest day on which one of its pages was checked.
    """
    written = [editions.get(path, "") for path in pack.pages]
    said = [pack.title, pack.purpose, [str(part) for part in pack.parts], written]
    text = json.dumps(said, ensure_ascii=False)
    digest = hashlib.sha256(text.encode()).hexdigest()[:EDITION_DIGITS]
    return f"{checked} {digest}".strip()


def pack_editions(site: BuiltSite) -> dict[str, str]:
    """Return the editions of a site's packs, by their keys."""
    return {
        pack.key: pack_edition(
            pack,
            {path: str(edition) for path, edition in known.items()},
            min(edition.checked for edition in known.values()),
        )
        for pack in declared_packs(site)
        if (known := _editions(pack, site))
    }


def _editions(pack: Pack, site: BuiltSite) -> dict[str, Edition]:
    found = {path: site.page_edition(built_name(path)) for path in pack.pages}
    return {path: edition for path, edition in found.items() if edition}


def part_names(page: Page) -> list[str]:
    """Return the parts of a page that a pack can name."""
    return [TOP, *(str(name) for name in page.body.xpath("./*[self::h2 or self::h3]/@id"))]
