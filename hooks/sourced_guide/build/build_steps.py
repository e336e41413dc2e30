"""The steps of `guide build`, in order: what they read, write and do."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sourced_guide.build.built_site.palettes import PALETTES
from sourced_guide.build.built_site.redirects import redirect_pages
from sourced_guide.build.built_site.reference_parts import list_pages
from sourced_guide.build.handouts.build import make_handouts
from sourced_guide.build.offline.bundle import make_copy, zip_of
from sourced_guide.build.search.zensical import extend_zensical_index
from sourced_guide.build.step import Step, StepResult
from sourced_guide.build.steps.bundle_assets import KINDS
from sourced_guide.build.steps.host_config import FILES, site_host_files
from sourced_guide.build.steps.pages import outdated_pages, site_assets
from sourced_guide.build.steps.precache import precache_manifest
from sourced_guide.build.steps.precompress import PATTERNS, precompressed_files
from sourced_guide.build.steps.service_worker import FILE as WORKER
from sourced_guide.build.steps.service_worker import worker
from sourced_guide.build.steps.webmanifest import DRAWING, ICONS, make_icons, manifest
from sourced_guide.build.steps.webmanifest import FILE as MANIFEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future
    from pathlib import Path
    from typing import Any, TypeAlias

    from sourced_guide.build.built_site.site import BuiltSite
    from sourced_guide.claims.project.project import Project

    # Given the name of a step, returns a function that yields its tasks, of a known number, as they
    # finish.
    Watched: TypeAlias = Callable[
        [str], Callable[[Iterable[Future[Any]], int], Iterable[Future[Any]]]
    ]

_PAGES = ("site/**/*.html", "site/**/*.htm")
_HEAD_INPUTS = (
    *("generated/**/*.html", "generated/**/*.htm", "generated/claims.json"),
    *(f"generated/{kind.folder}/*" for kind in KINDS),
    f"generated/{PALETTES}",
)
_ICONS = tuple(f"site/{name}" for name in ICONS)
_HANDOUTS, _COPIES = "site/handouts/*.pdf", "site/offline/*.zip"
_PRECOMPRESSED = tuple(f"site/**/{pattern}" for pattern in PATTERNS)
# What the last build compressed, in the folder of what is kept.
_COMPRESSED = "precompressed"
_HOST_FILES = tuple(f"site/{name}" for name in FILES)


def _without(*patterns: str) -> tuple[str, ...]:
    return tuple(f"!{pattern}" for pattern in patterns)


# Files that steps add to the pages and files of the generator.
_ADDED = (f"site/{MANIFEST}", *_ICONS, _HANDOUTS, _COPIES, f"site/{WORKER}")
_PUBLISHED = (*_PRECOMPRESSED, *_HOST_FILES)


class Build(NamedTuple):
    """What the steps of one build share.

    `generated` has the output of the generator, `site` is what is published. `generate` runs the
    generator, `certify` compares the site with what was checked, and `watch` shows the progress of
    a step. Booklets and packs are made `with_all`.
    """

    project: Project
    generated: BuiltSite
    site: BuiltSite
    cache: Path
    config: Path
    generate: Callable[[], str]
    certify: Callable[[], StepResult]
    watch: Watched
    with_all: bool


def build_steps(build: Build) -> list[Step]:
    """Return the steps of a build."""
    return [
        Step("pages", ("project",), ("generated/**",), lambda: _generate(build)),
        Step(
            "assets",
            ("generated/**",),
            ("site/**", *_without(*_PAGES, *_ADDED, *_PUBLISHED)),
            lambda: _assets(build),
        ),
        Step("head", _HEAD_INPUTS, _PAGES, lambda: _head(build)),
        Step(
            "app manifest",
            ("site/index.html", f"site/{DRAWING}"),
            (f"site/{MANIFEST}", *_ICONS),
            lambda: _manifest(build),
        ),
        Step("handouts", (*_PAGES, "site/claims.json"), (_HANDOUTS,), lambda: _handouts(build)),
        Step(
            "offline copy",
            ("project", "site/**", *_without(_COPIES, f"site/{WORKER}", *_PUBLISHED)),
            (_COPIES,),
            lambda: _offline_copy(build),
        ),
        Step(
            "service worker",
            ("site/**", *_without(_HANDOUTS, _COPIES, f"site/{WORKER}", *_PUBLISHED)),
            (f"site/{WORKER}",),
            lambda: _service_worker(build),
        ),
        Step(
            "certify",
            ("project", "site/**", *_without(_HANDOUTS, _COPIES, *_PUBLISHED)),
            (),
            build.certify,
        ),
        Step(
            "precompress",
            ("site/**", *_without(*_PUBLISHED, _HANDOUTS, _COPIES)),
            _PRECOMPRESSED,
            lambda: _precompress(build),
            publishes=True,
        ),
        Step(
            "headers",
            ("site/**", *_without(*_PUBLISHED)),
            _HOST_FILES,
            lambda: _headers(build),
            publishes=True,
        ),
    ]


def _written(area: str, names: Iterable[str]) -> frozenset[str]:
    return frozenset(f"{area}/{name}" for name in names)


def _generate(build: Build) -> StepResult:
    summary = build.generate()
    build.generated.rescan()
    build.generated.write(redirect_pages(build.project.options.redirects, build.generated))
    build.generated.write(list_pages(build.generated))
    extend_zensical_index(build.generated.folder, build.config)
    return StepResult(summary, _written("generated", build.generated.names))


def _assets(build: Build) -> StepResult:
    files = site_assets(build.generated)
    build.site.remove_unfinished()
    build.site.write(files)
    return StepResult(f"{len(files)} files", _written("site", files))


def _head(build: Build) -> StepResult:
    build.site.write(dict(outdated_pages(build.generated, build.site)))
    pages = build.generated.page_names
    summary = f"{len(pages)} pages with their description and content policy"
    return StepResult(summary, _written("site", pages))


def _manifest(build: Build) -> StepResult:
    icons, findings = make_icons(build.site)
    files: dict[str, str | bytes] = {MANIFEST: manifest(build.site.start, icons), **icons}
    build.site.write(files)
    return StepResult(f"{len(icons)} icons", _written("site", files), tuple(findings))


def _handouts(build: Build) -> StepResult:
    cache, watch = build.cache / "handouts", build.watch("handouts")
    handouts = make_handouts(build.site, cache, watch, with_aside=build.with_all)
    summary = f"{handouts.made} made, {handouts.unchanged} unchanged"
    if handouts.left_out:
        summary += f"; {handouts.left_out} booklets and packs left out, until guide build --all"
    if not handouts.has_address:
        summary += "; SITE_URL is not set, so they omit the web address and QR code"
    return StepResult(
        summary,
        _written("site", handouts.files),
        tuple(handouts.findings),
        is_partial=bool(handouts.left_out),
    )


def _offline_copy(build: Build) -> StepResult:
    copy = make_copy(build.site, build.project.code_files)
    if copy.findings:
        return StepResult("not built", findings=tuple(copy.findings))
    content = zip_of(build.site, copy)
    build.site.write({copy.name: content})
    summary = f"{len(content) / 1e6:.1f} MB, {len(copy.files)} files, {copy.pages} of them pages"
    return StepResult(summary, _written("site", [copy.name]))


def _service_worker(build: Build) -> StepResult:
    precached = precache_manifest(build.site)
    build.site.write({WORKER: worker(build.site.edition, precached)})
    return StepResult(str(precached), _written("site", [WORKER]))


def _precompress(build: Build) -> StepResult:
    files, sizes = precompressed_files(
        build.site, build.watch("precompress"), build.cache / _COMPRESSED, FILES
    )
    build.site.write(files)
    summary = (
        f"{sizes.files} files: {_megabytes(sizes.original)}, as gzip {_megabytes(sizes.gzip)}, "
        f"as brotli {_megabytes(sizes.brotli)}"
    )
    return StepResult(summary, _written("site", files))


def _headers(build: Build) -> StepResult:
    files = site_host_files(build.site)
    build.site.write(files)
    return StepResult(", ".join(files), _written("site", files))


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.2f} MB"
