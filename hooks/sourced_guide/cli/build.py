"""`guide build`, `guide certify`, `guide handouts`, `guide serve` and `guide clean`."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sourced_guide.claims.report import FORMATS
from sourced_guide.cli.command import FINDINGS, Command, Result, echo, echo_error, progress_bar

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable

    from sourced_guide.claims.project.project import Project

# `sourced_guide.build.run` is imported when a command runs: it takes longer to load than a small
# guide takes to check.


def _add_site(parser: ArgumentParser) -> None:
    parser.add_argument("--site", default="site", metavar="DIR", help="where to build it (site)")


def _add_format(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--format", choices=tuple(FORMATS), default="text", help="output format (text)"
    )


def _add_build_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--all", action="store_true", help="make booklets and packs, too: before you publish"
    )
    _add_site(parser)
    _add_format(parser)


def _build(project: Project, options: Namespace) -> Result:
    from sourced_guide.build.areas import STATE, areas_of  # noqa: PLC0415
    from sourced_guide.build.pipeline import is_unchanged  # noqa: PLC0415

    # The trees of pages are no cycles: looking for garbage frees 6 MB, in a tenth of the time.
    gc.disable()
    site, is_text = Path(options.site), options.format == "text"
    areas = areas_of(project, site)
    if is_text and is_unchanged(areas, project.folder / STATE, with_all=options.all):
        return Result(f"{site}: nothing has changed since it was built")

    from sourced_guide.build.run import Display, build_site, outcome  # noqa: PLC0415
    from sourced_guide.build.step import StepFailedError  # noqa: PLC0415

    # Output for other programs goes to standard output, messages for people to standard error.
    announce = _Announcer(echo if is_text else echo_error)
    try:
        display = Display(announce, echo_error, progress_bar)
        config = Path(options.config)
        report = build_site(project, areas, config, display, with_all=options.all)
    except StepFailedError as failed:
        if not failed.findings:
            return Result("", failed.code)
        return Result(FORMATS[options.format](outcome(project, failed.findings)), FINDINGS)
    if report.findings:
        return Result(FORMATS[options.format](outcome(project, report.findings)), FINDINGS)
    done = "is ready for a host" if report.ran else "nothing has changed since it was built"
    if is_text:
        return Result(f"{site}: {done}")
    echo_error(f"{site}: {done}")
    return Result(FORMATS[options.format](outcome(project, ())))


class _Announcer:
    """Prints one line per step, but nothing if all steps are unchanged."""

    def __init__(self, show: Callable[[str], None]) -> None:
        self._show = show
        self._waiting: list[str] | None = []

    def __call__(self, line: str) -> None:
        if self._waiting is not None and line.endswith(": unchanged"):
            self._waiting.append(line)
            return
        for earlier in self._waiting or ():
            self._show(earlier)
        self._waiting = None
        self._show(line)


def _add_certify_options(parser: ArgumentParser) -> None:
    parser.add_argument("site", metavar="SITE", help="the folder of the built site")
    _add_format(parser)


def _certify(project: Project, options: Namespace) -> Result:
    from sourced_guide.build.run import (  # noqa: PLC0415
        built_site,
        certification_findings,
        outcome,
    )

    folder = Path(options.site)
    findings = certification_findings(project, built_site(folder, project))
    if findings:
        return Result(FORMATS[options.format](outcome(project, findings)), FINDINGS)
    if options.format != "text":
        return Result(FORMATS[options.format](outcome(project, ())))
    return Result(f"certified: {folder} shows what was checked, and nothing else")


def _add_handouts_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--local", required=True, type=Path, metavar="FILE", help="your team's file: ward.yml"
    )
    parser.add_argument(
        "--to",
        default=Path("ward-handouts"),
        type=Path,
        metavar="DIR",
        help="where to write them (ward-handouts)",
    )
    _add_site(parser)


def _handouts(project: Project, options: Namespace) -> Result:
    from sourced_guide.build.areas import CACHE  # noqa: PLC0415
    from sourced_guide.build.handouts.ward.local import (  # noqa: PLC0415
        make_local_handouts,
        require_apart,
    )
    from sourced_guide.build.handouts.ward.ward_file import read_ward  # noqa: PLC0415
    from sourced_guide.build.run import built_site, outcome  # noqa: PLC0415

    site, folder = Path(options.site), options.to
    require_apart(options.local, folder, [project.docs, site])
    ward = read_ward(options.local)
    cache, watch = project.folder / CACHE / "ward", progress_bar("handouts")
    made = make_local_handouts(built_site(site), cache, watch, ward, folder)
    if made.findings:
        return Result(FORMATS["text"](outcome(project, made.findings)), FINDINGS)
    return Result(f"{folder}: {len(made.files)} files for {ward.values['team']}")


def _add_no_options(_parser: ArgumentParser) -> None:
    """Add no options."""


def _serve(_project: Project, options: Namespace) -> Result:
    mkdocs = [sys.executable, "-m", "mkdocs", "serve", "--config-file", options.config]
    # MkDocs builds into temporary folders, and leaves them behind if it is stopped while it builds.
    with TemporaryDirectory(prefix="guide-serve-") as folder, suppress(KeyboardInterrupt):
        served = subprocess.run(mkdocs, env={**os.environ, "TMPDIR": folder}, check=False)  # noqa: S603 (our own)
        return Result("", served.returncode)
    return Result("")


def _add_clean_options(parser: ArgumentParser) -> None:
    _add_site(parser)
    # What is read of the settings would be kept again.
    parser.set_defaults(with_store=False)


def _clean(project: Project, options: Namespace) -> Result:
    removed = [
        folder for folder in (Path(options.site), project.folder / ".cache") if folder.exists()
    ]
    for folder in removed:
        shutil.rmtree(folder)
    return Result(f"removed: {', '.join(map(str, removed)) or 'nothing'}")


BUILD = Command("build", "check the guide and build the whole site", _add_build_options, _build)
CERTIFY = Command(
    "certify", "fail if a built site shows unchecked text", _add_certify_options, _certify
)
HANDOUTS = Command(
    "handouts",
    "make handouts with your team's names and numbers",
    _add_handouts_options,
    _handouts,
)
SERVE = Command("serve", "preview the guide while you edit it", _add_no_options, _serve)
CLEAN_UP = Command("clean", "delete the built site and the cache", _add_clean_options, _clean)
