"""The offline copy of a built site: its pages, what they need, and nothing else."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import html as lxml_html

from sourced_guide.build.built_site import UnusableSiteError, prepare
from sourced_guide.build.edition import Edition, edition
from sourced_guide.build.html_head import named_in_head
from sourced_guide.build.offline import search
from sourced_guide.build.offline.banner import read_note
from sourced_guide.build.offline.html_edit import with_attributes, with_edits
from sourced_guide.build.offline.links import INDEX, DeadLinkError, as_file, file_of
from sourced_guide.build.offline.page import (
    FOLDER,
    LATE,
    SEARCH,
    STYLE,
    copied_page,
    links_to_copies,
)
from sourced_guide.build.offline.zip import archive, day_of_files
from sourced_guide.claims.project.io.atomic_write import write_together
from sourced_guide.claims.report.claims_file import FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

# A host shows it for addresses that lead nowhere; among files there is no such thing.
_NOT_FOUND = "404.html"
_POLICY = "Content-Security-Policy"
_HANDOUTS = "handouts"
_CSS_FILE = re.compile(r"url\(\s*[\"']?(?P<file>[^\"')]+)")
_HERE = Path(__file__).parent


@dataclass
class Copy:
    """The files of a copy by their paths, how many are pages, and what is wrong with the site.

    `name` is what its folder and its zip file are called, `day` what the files bear.
    """

    name: str
    day: date
    files: dict[str, bytes] = field(default_factory=dict)
    pages: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Written:
    """The zip file of a copy, and its size in bytes."""

    path: Path
    size: int


def make_copy(site: Path, templates: Iterable[Path]) -> Copy:
    """Return the copy of a built site, given the templates of its project.

    Raises UnusableSiteError where there is no site, or one that is not yet ready to be copied.
    """
    state = _edition(site)
    start = (site / INDEX).read_text("utf-8")
    note = read_note(templates, state, named_in_head(start, "canonical"))
    site_files = {
        path.relative_to(site).as_posix(): path
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }
    made = Copy(_name(start, state), day_of_files(state.checked))
    needs: set[str] = set()
    for name, path in site_files.items():
        if name.endswith(".html") and name != _NOT_FOUND:
            page = copied_page(name, path.read_text("utf-8"), site_files, note)
            made.files[name] = page.html.encode()
            made.faults += page.faults
            needs |= page.needs
    made.pages = len(made.files)
    _add_needed(made, needs, site_files)
    _add_search(made, site_files)
    made.files |= {name: (_HERE / Path(name).name).read_bytes() for name in (STYLE, LATE, SEARCH)}
    return made


def write_copy(site: Path, made: Copy) -> Written:
    """Write a copy into its site, in place of older ones, and lead the site's links to it."""
    path = site / FOLDER / f"{made.name}.zip"
    content = archive(made.name, made.files, made.day)
    if linked := _linked(site, f"{FOLDER}/{path.name}"):
        # Browsers are told what each page is, to the byte.
        prepare(site, {path: content, **linked})
    else:
        write_together({path: content})
    for older in set(path.parent.glob("*.zip")) - {path}:
        older.unlink()
    return Written(path, len(content))


def _linked(site: Path, file: str) -> dict[Path, str]:
    """Return the pages whose links to copies lead elsewhere than to `file`, with links to it."""
    changed = {}
    for path in sorted(site.rglob("*.html")):
        page, html = path.relative_to(site).as_posix(), path.read_text("utf-8")
        links = links_to_copies(page, html)
        edits = [with_attributes(link, {"href": as_file(page, "", file)}) for link in links]
        if (linked := with_edits(html, edits)) != html:
            changed[path] = linked
    return changed


def _edition(site: Path) -> Edition:
    """Return the edition of a site that is ready to be copied."""
    try:
        told: Mapping[str, Any] = json.loads((site / FILE).read_text("utf-8"))
        start = (site / INDEX).read_text("utf-8")
    except (OSError, ValueError) as error:
        raise UnusableSiteError(
            f"{site} holds no built site that can be read ({error}): build it with make site"
        ) from error
    if _POLICY not in start:
        raise UnusableSiteError(f"{site} is not ready yet: run first publish {site}")
    if not (site / _HANDOUTS).is_dir():
        raise UnusableSiteError(f"{site} has no handouts yet: run first handouts {site}")
    return edition(told)


def _name(start: str, state: Edition) -> str:
    """Return what a copy is called: the guide's name and its edition, in kebab case."""
    [guide] = lxml_html.fromstring(start).xpath("//meta[@property='og:site_name']/@content")
    return re.sub(r"[^a-z0-9]+", "-", f"{guide} {state}".lower()).strip("-")


def _add_needed(made: Copy, needs: set[str], files: Mapping[str, Path]) -> None:
    """Add what pages need, and what their style sheets need."""
    for name in sorted(needs - made.files.keys()):
        content = files[name].read_bytes()
        if name.endswith(".js"):
            content = search.without_source_map(content.decode()).encode()
        made.files[name] = content
        if name.endswith(".css"):
            for link in _CSS_FILE.findall(content.decode()):
                try:
                    file = file_of(name, link, files)
                except DeadLinkError as dead:
                    made.faults.append(str(dead))
                    continue
                if file:
                    made.files[file] = files[file].read_bytes()


def _add_search(made: Copy, files: Mapping[str, Path]) -> None:
    worker = next(filter(search.WORKER.fullmatch, files), None)
    if not worker or search.INDEX not in files:
        made.faults.append(f"{search.INDEX} or the worker of the search is missing")
        return
    made.files[worker] = search.worker_script(files[worker].read_text("utf-8")).encode()
    index = search.index_script(files[search.INDEX].read_text("utf-8"))
    made.files[search.INDEX_SCRIPT] = index.encode()
