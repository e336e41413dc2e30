"""A built site on disk: its pages, what claims.json says of them, and what is put into each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sourced_guide.build.edition import Edition, edition
from sourced_guide.build.edition_badge import with_stamp
from sourced_guide.build.steps.bundle_assets import SCRIPTS, STYLES, join_files
from sourced_guide.build.steps.csp import policy, with_policy
from sourced_guide.build.steps.json_ld import with_facts
from sourced_guide.build.steps.precache import kept_files
from sourced_guide.build.steps.service_worker import FILE as WORKER
from sourced_guide.build.steps.service_worker import worker
from sourced_guide.build.steps.webmanifest import FILE as MANIFEST
from sourced_guide.build.steps.webmanifest import make_icons, manifest
from sourced_guide.build.visible_text import built_name
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.io.atomic_write import write_together
from sourced_guide.claims.report.claims_file import FILE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class UnusableSiteError(UnusableProjectError):
    """The folder does not hold a built site; the message says what to do."""


@dataclass(frozen=True)
class Prepared:
    """How many pages were made ready, the policy that they share, and what a device keeps.

    `kept` are bytes, as they lie on the disk.
    """

    pages: int
    policy: str
    kept: int


def prepare(folder: Path, new: Mapping[Path, str | bytes] | None = None) -> Prepared:
    """Give every page of a built site its facts and its policy, and join our styles and scripts.

    Beside them come a web app manifest and a worker that keeps the pages on a reader's device.
    What stands there already is left as it is. `new` are files of the site that take the place of
    those on the disk, pages as text; everything is written together.

    Raises UnusableSiteError where there is no site, or none that says what it cites.
    """
    told = _claims(folder)
    current = edition(told)
    files = dict(new or {})
    pages = {path: path.read_text("utf-8") for path in sorted(folder.rglob("*.html"))}
    current_pages = pages | {path: text for path, text in files.items() if isinstance(text, str)}
    styles = join_files(STYLES, folder, current_pages)
    scripts = join_files(SCRIPTS, folder, styles.pages)
    made = scripts.pages
    for page, cited in _cited(told):
        path = folder / built_name(page["path"])
        if path in made:
            made[path] = with_facts(made[path], page, cited)
    content = policy(made.values())
    ready = {path: with_stamp(with_policy(html, content), current) for path, html in made.items()}
    files |= {**styles.files, **scripts.files, **ready}
    kept = _keep(folder, ready, files, current)
    write_together({path: text for path, text in files.items() if text != pages.get(path)})
    # Only now: had the pages not been written, they would still link these.
    for path in (*styles.replaced, *scripts.replaced):
        path.unlink()
    return Prepared(len(pages), content, kept)


def _keep(
    folder: Path, pages: Mapping[Path, str], files: dict[Path, str | bytes], current: Edition
) -> int:
    """Add the manifest, its icons and the worker to `files`; return the bytes that it keeps."""
    start = pages.get(folder / "index.html")
    if start is None:
        raise UnusableSiteError(f"{folder} has no start page: build the site first, with make site")
    icons = make_icons(folder)
    files |= {folder / name: icon for name, icon in icons.items()}
    files[folder / MANIFEST] = manifest(start, icons)
    kept = kept_files(folder, pages, files)
    files[folder / WORKER] = worker(current, kept.digests)
    return kept.size


def _claims(folder: Path) -> Mapping[str, Any]:
    try:
        told: Mapping[str, Any] = json.loads((folder / FILE).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UnusableSiteError(
            f"{folder} holds no {FILE} that can be read: build the site first, with make site"
        ) from error
    return told


def _cited(told: Mapping[str, Any]) -> list[tuple[Mapping[str, Any], list[Mapping[str, Any]]]]:
    """Return every page with the sources that it cites, in the order of their keys."""
    keys: dict[str, set[str]] = {}
    for claim in told["claims"]:
        found = keys.setdefault(claim["page"], set())
        found.update(citation["source"] for citation in claim["citations"])
    return [
        (page, [each for each in told["sources"] if each["key"] in keys.get(page["path"], ())])
        for page in told["pages"]
    ]
