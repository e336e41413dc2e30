"""The four commands that are steps of `guide build` now: they run for one more edition.

They work in place: on a site that a generator has built, as `zensical build` or `mkdocs build` do.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.build.handouts.build import make_handouts
from sourced_guide.build.handouts.codes import FOLDER
from sourced_guide.build.offline.bundle import make_copy, zip_of
from sourced_guide.build.offline.naming import FOLDER as COPIES
from sourced_guide.build.run import built_site, certification_findings
from sourced_guide.build.search.zensical import extend_zensical_index
from sourced_guide.build.steps.host_config import FILES, site_host_files
from sourced_guide.build.steps.pages import replaced_assets, site_assets, site_pages
from sourced_guide.build.steps.precache import precache_manifest
from sourced_guide.build.steps.precompress import is_precompressed, precompressed_files
from sourced_guide.build.steps.service_worker import FILE as WORKER
from sourced_guide.build.steps.service_worker import worker
from sourced_guide.build.steps.webmanifest import FILE as MANIFEST
from sourced_guide.build.steps.webmanifest import make_icons, manifest
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.report.text import counted
from sourced_guide.cli.command import CLEAN, FINDINGS, command_line, echo, echo_error, progress_bar

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterable, Sequence

    from sourced_guide.build.built_site.site import BuiltSite
    from sourced_guide.claims.model.finding import Finding

_HANDOUTS_CACHE = Path(".cache") / "handouts"
# Of many findings, the first echo enough; `guide certify` lists them all.
_MOST_FINDINGS = 10


@command_line("publish")
def publish(arguments: Sequence[str] | None = None) -> int:
    """Complete the heads of a site's pages, and write the service worker."""
    options = _parser("publish", "Prepares a built site for a host.").parse_args(arguments)
    site = Path(options.site)
    # Before the digest of the index goes into the worker.
    extend_zensical_index(site, options.config)
    return _failed("publish", _publish(built_site(site)))


def _publish(site: BuiltSite) -> list[Finding]:
    pages = dict(site_pages(site))
    replaced = replaced_assets(site)
    icons, findings = make_icons(site)
    site.write({**site_assets(site), **pages, MANIFEST: manifest(site.start, icons), **icons})
    # Only now: had the pages not been written, they would still link these.
    site.remove(replaced)
    precached = precache_manifest(site)
    site.write({WORKER: worker(site.edition, precached)})
    echo(f"ready: {len(pages)} pages with their description and their content policy")
    echo(str(precached))
    return findings


@command_line("handouts")
def handouts(arguments: Sequence[str] | None = None) -> int:
    """Make PDFs to print and take home from a built site."""
    parser = _parser("handouts", "Makes PDFs to print and take home from a built site.")
    parser.add_argument("--cache", type=Path, default=_HANDOUTS_CACHE, help="where they are cached")
    options = parser.parse_args(arguments)
    made = make_handouts(built_site(Path(options.site)), options.cache, progress_bar("handouts"))
    if not made.has_address:
        echo("SITE_URL is not set; handouts omit the web address and QR code")
    folder = Path(options.site) / FOLDER
    echo(f"handouts: {made.made} made, {made.unchanged} unchanged, in {folder}/")
    return _failed("handouts", made.findings)


@command_line("offline")
def offline(arguments: Sequence[str] | None = None) -> int:
    """Write a built site as a zip file to read without a network."""
    options = _parser(
        "offline", "Writes a built site as a zip file to read without a network."
    ).parse_args(arguments)
    site = built_site(Path(options.site))
    copy = make_copy(site, load_project(options.config).code_files)
    if copy.findings:
        return _failed("offline", copy.findings)
    content = zip_of(site, copy)
    site.write({copy.name: content})
    zips = {name for name in site.names if name.startswith(f"{COPIES}/") and name.endswith(".zip")}
    site.remove(zips - {copy.name})
    # The pages now link to this copy, and the worker needs their digests.
    site.write(dict(site_pages(site)))
    site.write({WORKER: worker(site.edition, precache_manifest(site))})
    size = f"{len(content) / 1e6:.1f} MB"
    echo(
        f"offline: {site.path(copy.name)}, {size}, {len(copy.files)} files, "
        f"{copy.pages} of them pages"
    )
    return CLEAN


@command_line("hosting")
def hosting(arguments: Sequence[str] | None = None) -> int:
    """Certify a built site, precompress its files and write its host's headers."""
    options = _parser(
        "hosting",
        "Certifies a built site, precompresses its files and writes its host's headers.",
    ).parse_args(arguments)
    project, site = load_project(options.config), built_site(Path(options.site))
    # A site that fails has no published files of an older edition.
    site.remove_unfinished()
    site.remove(name for name in list(site.names) if is_precompressed(name) or name in FILES)
    findings = certification_findings(project, site)
    if findings:
        return _failed("hosting", findings)
    host_files = site_host_files(site)
    files, sizes = precompressed_files(site, progress_bar("precompress"))
    site.write({**files, **host_files})
    echo(
        f"certified and ready for a host: {sizes.files} precompressed files, "
        f"{_megabytes(sizes.original)} as gzip {_megabytes(sizes.gzip)}, "
        f"as brotli {_megabytes(sizes.brotli)}; {', '.join(host_files)}"
    )
    return CLEAN


def _parser(name: str, description: str) -> ArgumentParser:
    echo_error(f"{name} is a step of `guide build` now; this command ends with the next edition")
    parser = argparse.ArgumentParser(prog=name, description=description)
    parser.add_argument("site", metavar="SITE", help="the folder of the built site")
    parser.add_argument(
        "--config", type=Path, default=Path("mkdocs.yml"), metavar="FILE", help="mkdocs.yml"
    )
    return parser


def _failed(name: str, found: Iterable[Finding]) -> int:
    """Print findings and how many there are; return the exit code."""
    findings = sorted(set(found))
    if not findings:
        return CLEAN
    lines = [finding.as_text() for finding in findings[:_MOST_FINDINGS]]
    if len(findings) > _MOST_FINDINGS:
        lines.append("... all of them: guide build, or guide certify SITE")
    echo_error("\n".join([*lines, f"{name}: {counted(len(findings), 'finding')}"]))
    return FINDINGS


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.2f} MB"
