"""A page of the copy, made from the page of the site.

What changes in a page is kept by the page. The banner is not part of it: every page of a copy shows
the edition of the whole guide.
"""

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
    file_names,
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
from sourced_guide.claims.project.store.store import digest_of

if TYPE_CHECKING:
    from collections.abc import Collection

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
    needs: Collection[str]
    findings: list[Finding]


@dataclass
class _Changes:
    """What changes in a page, where the banner stands, what it needs, and what is wrong with it.

    All of it is so as long as the site has the files that it needs, and none that is `absent`.
    """

    edits: list[Edit] = field(default_factory=list)
    above: int | None = None
    below: int | None = None
    needs: set[str] = field(default_factory=set)
    absent: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


def copied_page(site: BuiltSite, page: BuiltPage, banner: Banner) -> CopiedPage:
    """Return the copy of a page of a site."""
    html, changes = site.text(page.name), _changes(site, page)
    edits = list(changes.edits)
    for at, text in ((changes.above, banner.above), (changes.below, banner.below)):
        if at is not None:
            edits.append(Edit(at, at, text))
    return CopiedPage(with_edits(html, edits), changes.needs, changes.findings)


def _changes(site: BuiltSite, page: BuiltPage) -> _Changes:
    """Return the changes of a page, which few builds change."""
    kept = f"copied/{digest_of(page.name, site.digest(page.name))}.json"
    if data := site.store.read(kept):
        edits, above, below, needs, absent = data
        if site.names.issuperset(needs) and site.names.isdisjoint(absent):
            return _Changes([Edit(*each) for each in edits], above, below, set(needs), set(absent))
    changes = _Changes()
    _read_changes(site, page, changes)
    if not changes.findings:
        edits = [(edit.start, edit.end, edit.text) for edit in changes.edits]
        names = sorted(changes.needs), sorted(changes.absent)
        site.store.keep(kept, [edits, changes.above, changes.below, *names])
    return changes


def _read_changes(site: BuiltSite, page: BuiltPage, changes: _Changes) -> None:
    html = site.text(page.name)
    tags = read_tags(html)
    if not page.leads_to:
        _add_own_parts(site, page, tags, changes)
    for number, tag in enumerate(tags):
        if tag.closes:
            continue
        if _is_online_only(tag):
            changes.edits.append(Edit(tag.start, end_of(tags, number).end, ""))
            continue
        changed = _changed(site, page, tag, changes)
        href = changed.get("href") or tag.get("href")
        if tag.name == "a" and is_external(href):
            description = f"{tag.get('aria-describedby')} {NETWORK_ID}".strip()
            changed["aria-describedby"] = description
            end = end_of(tags, number).start
            sign = f'<span class="cs-copy-sign" aria-hidden="true">\u00a0{NETWORK_SIGN}</span>'
            changes.edits.append(Edit(end, end, sign))
        if changed:
            changes.edits.append(with_attributes(tag, changed))


def _is_online_only(tag: Tag) -> bool:
    """Say whether an element is only for the web: for hosts, search engines, messengers."""
    if tag.name == "script":
        return tag.get("type") == JSON_LD
    if tag.name == "meta":
        return tag.get("property").startswith("og:")
    if tag.name == "link":
        return tag.get("rel") in _HOME_SCREEN
    return not _CACHE_NOTICES.isdisjoint(tag.get("class").split())


def _changed(
    site: BuiltSite, page: BuiltPage, tag: Tag, changes: _Changes
) -> dict[str, str | None]:
    """Return the attributes of a tag that change in a copy; None removes one."""
    changed: dict[str, str | None] = {}
    if tag.get("http-equiv") == "refresh":
        file = linked_file(page.name, page.leads_to, site.names)
        if not file:
            return {}
        changes.needs.add(file)
        return {"content": refresh(link_to(file, page.name))}
    for name in _LINKS:
        if not (href := tag.get(name)):
            continue
        if tag.name == "a" and links_into(FOLDER, page.name, href):
            # The page on the web that offers the newest copy.
            changed[name] = page.address or None
            continue
        try:
            file = linked_file(page.name, href, site.names)
        except BrokenLinkError as dead:
            if is_aside(place := site_path(page.name, href) or ""):
                # Outdated, and left out until `guide build --all` makes it.
                changes.absent.update(file_names(place))
                changed[name] = None
                continue
            _add_finding(site, page, tag, changes, f"'{dead}' has no target in the site")
            continue
        if file:
            changes.needs.add(file)
            link = link_to(file, page.name, href)
            if link != href:
                changed[name] = link
    return changed


def _add_finding(
    site: BuiltSite, page: BuiltPage, tag: Tag, changes: _Changes, message: str
) -> None:
    line = site.text(page.name).count("\n", 0, tag.start) + 1
    changes.findings.append(build_finding("BLD008", built_place(site, page.name, line), message))


def _add_own_parts(site: BuiltSite, page: BuiltPage, tags: list[Tag], changes: _Changes) -> None:
    """Add what only the copy has: its own files in the head, and the places of the banner."""
    to_root = posixpath.relpath(".", posixpath.dirname(page.name) or ".")
    files = (
        f'<link rel="stylesheet" href="{to_root}/{STYLE}">\n'
        f'<script src="{to_root}/{DEFERRED_SCRIPT}" defer></script>\n'
        f'<script src="{to_root}/{SEARCH}"></script>\n'
    )
    places = {
        "head": [tag.start for tag in tags if tag.name == "head" and tag.closes],
        "header": [tag.start for tag in tags if tag.name == "header" and not tag.closes],
        "footer": [tag.start for tag in tags if tag.name == "footer" and not tag.closes][-1:],
    }
    for name, found in places.items():
        if not found:
            message = f"has no <{name}>, which the banner of the offline copy needs"
            changes.findings.append(build_finding("BLD009", built_place(site, page.name), message))
        elif name == "head":
            changes.edits.append(Edit(found[0], found[0], files))
        elif name == "header":
            changes.above = found[0]
        else:
            changes.below = found[0]
