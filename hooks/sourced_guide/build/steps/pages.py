"""The pages and files of a site, from the output of the generator."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sourced_guide.build.built_site.page import BuiltPage
    from sourced_guide.build.built_site.site import BuiltSite


def site_pages(generated: BuiltSite) -> Iterator[tuple[str, str]]:
    """Yield each page of the site with its HTML, given the pages of the generator.

    A page gets its description for search engines, its content policy, its edition, valid markup,
    and links to the bundles and to the offline copy. Pages that already have these are unchanged.

    Raises UnusableSiteError where there is no site, or none that says what it cites.
    """
    colors = palettes(generated)
    bundles = [bundle_files(kind, generated) for kind in KINDS]
    descriptions = Descriptions(generated.claims)
    offline_copy = copy_file(generated)
    content = policy(generated.pages())
    for name in generated.page_names:
        page, html = generated.page(name), with_valid_markup(generated.text(name))
        html = colors.linked_in(html)
        for bundle in bundles:
            html = bundle.linked_in(html)
        if description := descriptions.of(page):
            html = with_json_ld(html, description)
        html = _with_links_to_copy(page, html, offline_copy)
        if name == PACKS:
            html = with_pack_editions(html, pack_editions(generated))
        yield name, with_edition(with_policy(html, content), generated.page_edition(name))


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


def _with_links_to_copy(page: BuiltPage, html: str, copy: str) -> str:
    """Return a page whose links to the folder of offline copies lead to the copy itself."""
    if not any(links_into(OFFLINE, page.name, link) for link in page.links):
        return html
    edits = [
        with_attributes(tag, {"href": link_to(copy, page.name)})
        for tag in read_tags(html)
        if tag.name == "a" and links_into(OFFLINE, page.name, tag.get("href"))
    ]
    return with_edits(html, edits)
