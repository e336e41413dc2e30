"""`guide build`: from the project to a site that can be published, and `guide clean`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.build.check_proof import read_proof
from sourced_guide.build.inputs import engine_digest, project_digest
from sourced_guide.build.pipeline import UNCHANGED, Areas, Report, run_steps
from sourced_guide.build.step import StepFailedError
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.cli.certify import add_format, shown
from sourced_guide.cli.command import FINDINGS, Command, Result, echo, echo_error, progress_bar

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable

    from sourced_guide.claims.project.project import Project

_CACHE, _STATE, _GENERATED = Path(".cache"), "build.json", "generated"


def _add_site(parser: ArgumentParser) -> None:
    parser.add_argument("--site", default="site", metavar="DIR", help="where to build it (site)")


def _add_build_options(parser: ArgumentParser) -> None:
    _add_site(parser)
    add_format(parser)


def _run(project: Project, options: Namespace) -> Result:
    site = Path(options.site)
    if project.folder.resolve().is_relative_to(site.resolve()):
        reason = f"{site} holds the project itself: name another folder with --site"
        raise UnusableProjectError(reason)
    # What other programs are to read is not mixed with what people read.
    announce = _Announcer(echo if options.format == "text" else echo_error)
    try:
        report = _build(project, site, options.config, announce)
    except StepFailedError as failed:
        if not failed.findings:
            return Result("", failed.code)
        return Result(shown(project, failed.findings, options.format), FINDINGS)
    if report.findings:
        return Result(shown(project, report.findings, options.format), FINDINGS)
    done = "is ready for a host" if report.ran else "nothing has changed since it was built"
    announce.end(f"{site}: {done}")
    return Result("" if options.format == "text" else shown(project, (), options.format))


def _build(project: Project, site: Path, config: str, announce: Callable[[str], None]) -> Report:
    # What makes PDFs and packs files takes longer to load than a small guide to check.
    from sourced_guide.build.build_steps import Build, build_steps  # noqa: PLC0415
    from sourced_guide.build.built_site.site import BuiltSite  # noqa: PLC0415

    cache = project.folder / _CACHE
    generated = cache / _GENERATED
    build = Build(
        project=project,
        generated=BuiltSite(generated),
        site=BuiltSite(site),
        cache=cache,
        config=Path(config),
        generate=lambda: _generate(project, config, generated),
        watch=progress_bar,
    )
    areas = Areas(project_digest(project), {"generated": build.generated, "site": build.site})
    return run_steps(build_steps(build), areas, cache / _STATE, engine_digest(), announce)


def _generate(project: Project, config: str, folder: Path) -> str:
    """Run MkDocs; what it says is shown where it fails only."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", config]
    result = subprocess.run(  # noqa: S603 (our own arguments)
        [*command, "--site-dir", str(folder.resolve())],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    proof = read_proof(project)
    if result.returncode:
        stopping = [each for each in proof.findings if each.stops_the_build] if proof else []
        if not stopping:
            echo_error(f"{result.stdout}{result.stderr}".strip())
        raise StepFailedError(result.returncode, stopping)
    if not proof:
        return "built"
    for finding in proof.findings:
        echo_error(finding.as_text())
    return f"{proof.pages} pages, {proof.claims} claims checked, {proof.sources} sources"


class _Announcer:
    """Prints one line for each step, once any step has had something to do."""

    def __init__(self, show: Callable[[str], None]) -> None:
        self._show = show
        self._waiting: list[str] | None = []

    def __call__(self, line: str) -> None:
        if self._waiting is not None and line.endswith(f": {UNCHANGED}"):
            self._waiting.append(line)
            return
        for earlier in self._waiting or ():
            self._show(earlier)
        self._waiting = None
        self._show(line)

    def end(self, line: str) -> None:
        """Print the last line."""
        self._show(line)


def _add_no_options(_parser: ArgumentParser) -> None:
    """It has none."""


def _serve(_project: Project, options: Namespace) -> Result:
    mkdocs = [sys.executable, "-m", "mkdocs", "serve", "--config-file", options.config]
    return Result("", subprocess.run(mkdocs, check=False).returncode)  # noqa: S603 (our own)


def _clean(project: Project, options: Namespace) -> Result:
    removed = [
        folder for folder in (Path(options.site), project.folder / _CACHE) if folder.exists()
    ]
    for folder in removed:
        shutil.rmtree(folder)
    return Result(f"removed: {', '.join(map(str, removed)) or 'nothing'}")


BUILD = Command("build", "check the guide and build the whole site", _add_build_options, _run)
SERVE = Command("serve", "preview the guide while you edit it", _add_no_options, _serve)
CLEAN_UP = Command("clean", "delete the built site and the cache", _add_site, _clean)
