"""The offline copy of a built site: its pages, what they need, and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sourced_guide.build.built_site.links import BrokenLinkError, linked_file
from sourced_guide.build.built_site.site import NOT_FOUND, BuiltSite, UnusableSiteError
from sourced_guide.build.offline import search
from sourced_guide.build.offline.banner import read_banner
from sourced_guide.build.offline.naming import copy_file, copy_name
from sourced_guide.build.offline.page import OWN_FILES, copied_page
from sourced_guide.build.offline.zip import archive, file_date
from sourced_guide.build.rules import build_finding, built_place
from sourced_guide.build.steps.csp import NAME as POLICY

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sourced_guide.claims.model.finding import Finding

_HANDOUTS = "handouts/"
_CSS_FILE = re.compile(r"url\(\s*[\"']?(?P<file>[^\"')]+)")


@dataclass
class Copy:
    """The files of a copy by their names, how many are pages, and what is wrong with the site.

    A file is given by its content, or by its path in the site. `name` is that of
    the zip file in the site.
    """

    name: str
    files: dict[str, bytes | Path] = field(default_factory=dict)
    pages: int = 0
    findings: list[Finding] = field(default_factory=list)


def make_copy(site: BuiltSite, templates: Iterable[Path]) -> Copy:
    """Return the copy of a built site, given the templates of its project.

    Raises UnusableSiteError where there is no site, or one whose build is incomplete.
    """
    _require_complete_site(site)
    banner = read_banner(templates, site.edition, site.start.address)
    copy = Copy(copy_file(site))
    needs: set[str] = set()
    for page in site.pages():
        if page.name != NOT_FOUND:
            copied = copied_page(site, page, banner)
            copy.files[page.name] = copied.html.encode()
            copy.findings += copied.findings
            needs.update(copied.needs)
    copy.pages = len(copy.files)
    _add_needed(copy, needs, site)
    _add_search(copy, site)
    copy.files |= OWN_FILES
    return copy


def zip_of(site: BuiltSite, copy: Copy) -> bytes:
    """Return a copy as a zip file; the output is reproducible."""
    return archive(copy_name(site), copy.files, file_date(site.edition.checked))


def _require_complete_site(site: BuiltSite) -> None:
    if POLICY not in site.start.metadata:
        raise UnusableSiteError(f"{site.folder} is not ready yet: run guide build")
    if not any(name.startswith(_HANDOUTS) for name in site.names):
        raise UnusableSiteError(f"{site.folder} has no handouts yet: run guide build")


def _add_needed(copy: Copy, needs: set[str], site: BuiltSite) -> None:
    """Add what pages need, and what their style sheets need."""
    for name in sorted(needs - copy.files.keys()):
        copy.files[name] = site.path(name)
        if name.endswith(".js"):
            copy.files[name] = search.without_source_map(site.text(name)).encode()
        if name.endswith(".css"):
            _add_files_of_style_sheet(copy, name, site)


def _add_files_of_style_sheet(copy: Copy, name: str, site: BuiltSite) -> None:
    text = site.text(name)
    for link in _CSS_FILE.finditer(text):
        try:
            file = linked_file(name, link["file"], site.names)
        except BrokenLinkError as dead:
            place = built_place(site, name, text.count("\n", 0, link.start()) + 1)
            message = f"'{dead}' has no target in the site"
            copy.findings.append(build_finding("BLD008", place, message))
            continue
        if file:
            copy.files[file] = site.path(file)


def _add_search(copy: Copy, site: BuiltSite) -> None:
    worker = next(filter(search.WORKER.fullmatch, sorted(site.names)), None)
    if not worker or search.INDEX not in site.names:
        message = f"{search.INDEX} or the worker of the search is missing"
        place = built_place(site, search.INDEX)
        copy.findings.append(build_finding("BLD010", place, message))
        return
    copy.files[worker] = search.worker_script(site.text(worker)).encode()
    copy.files[search.INDEX_SCRIPT] = search.index_script(site.text(search.INDEX)).encode()
