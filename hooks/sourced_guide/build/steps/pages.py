"""The pages and files of a site, from the output of the generator."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from sourced_guide.build.built_site.html_edit import read_tags, with_attributes, with_edits
from sourced_guide.build.built_site.links import link_to, links_into
from sourced_guide.build.built_site.palettes import palettes
from sourced_guide.build.handouts.packs.declared import TAKE_AWAY as PACKS
from sourced_guide.build.handouts.packs.declared import pack_editions
from sourced_guide.build.offline.naming import FOLDER as OFFLINE
from sourced_guide.build.offline.naming import copy_file
from sourced_guide.build.steps.bundle_assets import KINDS, bundle_files
from sourced_guide.build.steps.csp import policy, with_policy
from sourced_guide.build.steps.edition_badge import with_edition, with_pack_editions
from sourced_guide.build.steps.json_ld import Descriptions, with_json_ld
from sourced_guide.build.steps.precompress import is_precompressed
from sourced_guide.build.steps.valid_markup import with_valid_markup
from sourced_guide.claims.project.store.store import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sourced_guide.build.built_site.edition import Edition
    from sourced_guide.build.built_site.page import BuiltPage
    from sourced_guide.build.built_site.site import BuiltSite


def site_pages(generated: BuiltSite) -> Iterator[tuple[str, str]]:
    """Yield each page of the site with its HTML, given the pages of the generator.

    A page gets its description for search engines, its content policy, its edition, valid markup,
    and links to the bundles and to the offline copy. Pages that already have these are unchanged.

    Raises UnusableSiteError where there is no site, or none that says what it cites.
    """
    shared = _Shared(generated)
    for name in generated.page_names:
        yield name, shared.completed(name, shared.own(name))


def outdated_pages(generated: BuiltSite, site: BuiltSite) -> Iterator[tuple[str, str]]:
    """Yield those of the `site_pages` that a site does not have.

    What became of a page is kept as a digest, by all that it is made from: the page itself is in
    the site.
    """
    shared, kept = _Shared(generated), generated.store.shelf("completed pages")
    for name in generated.page_names:
        own, made = shared.own(name), ""

        def digest(name: str = name, own: _Own = own) -> str:
            nonlocal made
            made = shared.completed(name, own)
            return hashlib.sha256(made.encode()).hexdigest()

        key = digest_of(name, generated.digest(name), shared.digest, *map(str, own))
        found = kept.get(key, digest)
        if name not in site.names or site.digest(name) != found:
            yield name, made or shared.completed(name, own)


class _Own(NamedTuple):
    """What a page gets that others do not; it is empty where it gets nothing."""

    description: str
    edition: Edition | None
    # The file that its links to the offline copy lead to.
    copy: str
    # The editions of the packs that it lists.
    packs: Mapping[str, str]


class _Shared:
    """What all pages of a site get, given the pages of the generator."""

    def __init__(self, generated: BuiltSite) -> None:
        self._generated = generated
        self._colors = palettes(generated)
        self._bundles = [bundle_files(kind, generated) for kind in KINDS]
        self._descriptions = Descriptions(generated.claims)
        self._copy = copy_file(generated)
        self._policy = policy(generated.pages())

    @property
    def digest(self) -> str:
        """A digest of it, as a part of a key."""
        bundles = [f"{bundle.kind.folder} {bundle.name} {bundle.parts}" for bundle in self._bundles]
        return digest_of(self._policy, str(self._colors.renamed), *bundles)

    def own(self, name: str) -> _Own:
        """Return what a page gets that others do not."""
        page = self._generated.page(name)
        return _Own(
            self._descriptions.of(page) or "",
            self._generated.page_edition(name),
            self._copy if _links_to_copy(page) else "",
            pack_editions(self._generated) if name == PACKS else {},
        )

    def completed(self, name: str, own: _Own) -> str:
        """Return the HTML of a page with all that it gets."""
        html = self._colors.linked_in(with_valid_markup(self._generated.text(name)))
        for bundle in self._bundles:
            html = bundle.linked_in(html)
        if own.description:
            html = with_json_ld(html, own.description)
        if own.copy:
            html = _with_links_to_copy(name, html, own.copy)
        if name == PACKS:
            html = with_pack_editions(html, own.packs)
        return with_edition(with_policy(html, self._policy), own.edition)


def site_assets(generated: BuiltSite) -> dict[str, str | bytes]:
    """Return the files of the site other than pages, with bundles in place of their parts.

    The theme's sheet of colors has those that a page names.
    """
    colors = palettes(generated)
    bundles = [bundle_files(kind, generated) for kind in KINDS]
    bundled = {name: text for bundle in bundles for name, text in bundle.files.items()}
    excluded = {name for bundle in bundles for name in bundle.replaced}
    excluded |= {*bundled, *colors.renamed, *generated.page_names}
    copied = {
        name: generated.content(name)
        for name in generated.names - excluded
        if not is_precompressed(name)
    }
    return {**copied, **colors.files, **bundled}


def replaced_assets(generated: BuiltSite) -> set[str]:
    """Return the files whose text is in a bundle instead, or in a sheet of another name."""
    bundled = {name for kind in KINDS for name in bundle_files(kind, generated).replaced}
    colors = palettes(generated)
    return bundled | (colors.renamed.keys() - colors.files)


def _links_to_copy(page: BuiltPage) -> bool:
    # The name is looked for first: pages have hundreds of links.
    return any(OFFLINE in link and links_into(OFFLINE, page.name, link) for link in page.links)


def _with_links_to_copy(name: str, html: str, copy: str) -> str:
    """Return a page whose links to the folder of offline copies lead to the copy itself."""
    edits = [
        with_attributes(tag, {"href": link_to(copy, name)})
        for tag in read_tags(html)
        if tag.name == "a" and links_into(OFFLINE, name, tag.get("href"))
    ]
    return with_edits(html, edits)
