"""A page of the copy, made from the page of the site."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.build.built_site.html_edit import (
    Edit,
    Tag,
    end_of,
    read_tags,
    with_attributes,
    with_edits,
)
from sourced_guide.build.built_site.links import (
    BrokenLinkError,
    is_external,
    link_to,
    linked_file,
    links_into,
    site_path,
)
from sourced_guide.build.built_site.redirects import refresh
from sourced_guide.build.handouts.aside import is_aside
from sourced_guide.build.offline.banner import NETWORK_ID, NETWORK_SIGN, Banner
from sourced_guide.build.offline.naming import FOLDER
from sourced_guide.build.rules import build_finding, built_place
from sourced_guide.build.steps.json_ld import KIND as JSON_LD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sourced_guide.build.built_site.page import BuiltPage
    from sourced_guide.build.built_site.site import BuiltSite
    from sourced_guide.claims.model.finding import Finding

# The copy's own files; the last one is loaded before the theme's scripts, which need it.
STYLE, DEFERRED_SCRIPT, SEARCH = "copy/copy.css", "copy/late.js", "copy/search.js"
OWN_FILES = {
    name: Path(__file__).with_name(Path(name).name) for name in (STYLE, DEFERRED_SCRIPT, SEARCH)
}
_LINKS = ("href", "src")
# Links for a device's home screen.
_HOME_SCREEN = ("manifest", "apple-touch-icon")
# Elements about pages that the browser has cached, and about newer ones on the host.
_CACHE_NOTICES = {"cs-kept", "cs-newer"}


@dataclass
class CopiedPage:
    """A page of the copy, the files of the site that it needs, and what is wrong with it."""

    html: str
    needs: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


def copied_page(site: BuiltSite, page: BuiltPage, banner: Banner) -> CopiedPage:
    """Return the copy of a page of a site."""
    html = site.text(page.name)
    tags = read_tags(html)
    copied = CopiedPage(html)
    edits: list[Edit] = list(_additions(site, page, tags, banner, copied))
    for number, tag in enumerate(tags):
        if _is_online_only(tag):
            edits.append(Edit(tag.start, end_of(tags, number).end, ""))
        elif not tag.closes:
            changed = _changed(site, page, tag, copied)
            href = changed.get("href") or tag.get("href")
            if tag.name == "a" and is_external(href):
                description = f"{tag.get('aria-describedby')} {NETWORK_ID}".strip()
                changed["aria-describedby"] = description
                end = end_of(tags, number).start
                sign = f'<span class="cs-copy-sign" aria-hidden="true">\u00a0{NETWORK_SIGN}</span>'
                edits.append(Edit(end, end, sign))
            if changed:
                edits.append(with_attributes(tag, changed))
    copied.html = with_edits(html, edits)
    return copied


def _is_online_only(tag: Tag) -> bool:
    """Say whether an element is only for the web: for hosts, search engines, messengers."""
    if tag.closes:
        return False
    if tag.name == "script":
        return tag.get("type") == JSON_LD
    if tag.name == "meta":
        return tag.get("property").startswith("og:")
    if tag.name == "link":
        return tag.get("rel") in _HOME_SCREEN
    return not _CACHE_NOTICES.isdisjoint(tag.get("class").split())


def _changed(
    site: BuiltSite, page: BuiltPage, tag: Tag, copied: CopiedPage
) -> dict[str, str | None]:
    """Return the attributes of a tag that change in a copy; None removes one."""
    changed: dict[str, str | None] = {}
    if tag.get("http-equiv") == "refresh":
        file = linked_file(page.name, page.leads_to, site.names)
        return {"content": refresh(link_to(file, page.name))} if file else {}
    for name in _LINKS:
        href = tag.get(name)
        if tag.name == "a" and links_into(FOLDER, page.name, href):
            # The page on the web that offers the newest copy.
            changed[name] = page.address or None
            continue
        try:
            file = linked_file(page.name, href, site.names)
        except BrokenLinkError as dead:
            if is_aside(site_path(page.name, href) or ""):
                # Outdated, and left out until `guide build --all` makes it.
                changed[name] = None
                continue
            line = copied.html.count("\n", 0, tag.start) + 1
            place = built_place(site, page.name, line)
            copied.findings.append(
                build_finding("BLD008", place, f"'{dead}' has no target in the site")
            )
            continue
        if file:
            copied.needs.add(file)
            link = link_to(file, page.name, href)
            if link != href:
                changed[name] = link
    return changed


def _additions(
    site: BuiltSite, page: BuiltPage, tags: list[Tag], banner: Banner, copied: CopiedPage
) -> Iterator[Edit]:
    """Yield what only the copy has: the banner, and the copy's own files in the head.

    A page that leads to another one by itself has nothing of it.
    """
    if page.leads_to:
        return
    to_root = posixpath.relpath(".", posixpath.dirname(page.name) or ".")
    files = (
        f'<link rel="stylesheet" href="{to_root}/{STYLE}">\n'
        f'<script src="{to_root}/{DEFERRED_SCRIPT}" defer></script>\n'
        f'<script src="{to_root}/{SEARCH}"></script>\n'
    )
    opened = [tag for tag in tags if not tag.closes]
    places = {
        "head": (files, [tag for tag in tags if tag.name == "head" and tag.closes]),
        "header": (banner.above, [tag for tag in opened if tag.name == "header"]),
        "footer": (banner.below, [tag for tag in opened if tag.name == "footer"][-1:]),
    }
    for name, (text, found) in places.items():
        if found:
            yield Edit(found[0].start, found[0].start, text)
        else:
            message = f"has no <{name}>, which the banner of the offline copy needs"
            copied.findings.append(build_finding("BLD009", built_place(site, page.name), message))
