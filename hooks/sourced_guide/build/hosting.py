"""A built site, made ready for its host: only where it is certified."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourced_guide.build.built_site import UnusableSiteError
from sourced_guide.build.certify import certify
from sourced_guide.build.steps.csp import policy, with_policy
from sourced_guide.build.steps.host_config import FILES, host_files
from sourced_guide.build.steps.precompress import (
    Packed,
    Watch,
    make_twins,
    remove_twins,
)
from sourced_guide.claims.markdown.extension import read_guide
from sourced_guide.claims.project.io.atomic_write import remove_unfinished, write_together
from sourced_guide.claims.project.mkdocs_config import load_project

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Ready:
    """What was written beside the site's own files."""

    packed: Packed
    host_files: tuple[str, ...]


class NotCertifiedError(Exception):
    """The site shows something that was not checked; `reasons` are lines to print."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("the site is not certified")
        self.reasons = reasons


def make_ready(site: Path, settings: Path, watch: Watch) -> Ready:
    """Certify a built site, then write the twins of its files and what hosts read.

    `settings` is the guide's mkdocs.yml; `watch` is as for `make_twins`. What an earlier run wrote
    is removed first, so that a site that is refused holds nothing of an older edition.

    Raises UnusableProjectError where guide or site cannot be read, NotCertifiedError where the site
    shows anything but what was checked, UnusableSiteError where its pages have no policy or a
    symbolic link would lead out of it.
    """
    guide = read_guide(load_project(settings))
    _refuse_links(site)
    remove_unfinished(site)
    remove_twins(site)
    for name in FILES:
        (site / name).unlink(missing_ok=True)
    certification = certify(guide, site)
    if certification.failed:
        raise NotCertifiedError(certification.as_lines())
    addresses = [
        f"/{path.relative_to(site).as_posix()}" for path in site.rglob("*") if path.is_file()
    ]
    written = host_files(addresses, _policy_in_pages(site))
    twins = make_twins(site, watch)
    write_together({**twins.files, **{site / name: text for name, text in written.items()}})
    return Ready(twins.packed, tuple(written))


def _refuse_links(site: Path) -> None:
    """A server follows a symbolic link to wherever it leads on its machine."""
    links = sorted(str(path) for path in site.rglob("*") if path.is_symlink())
    if links:
        raise UnusableSiteError(
            f"{', '.join(links)}: a symbolic link leads out of the site; put a copy there instead"
        )


def _policy_in_pages(site: Path) -> str:
    """Return the policy that all pages carry.

    A header with other hashes than the pages' would stop their scripts.
    """
    pages = {path: path.read_text("utf-8") for path in sorted(site.rglob("*.html"))}
    shared = policy(pages.values())
    for path, html in pages.items():
        if with_policy(html, shared) != html:
            raise UnusableSiteError(
                f"{path} does not carry the site's content policy: run publish {site} first"
            )
    return shared
