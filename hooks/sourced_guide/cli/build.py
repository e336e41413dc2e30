"""`guide build`: from the project to a site that can be published, and `guide clean`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.build.pipeline import Step, is_up_to_date, note_build, run_steps
from sourced_guide.cli.command import CLEAN, Command, Result, echo

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from sourced_guide.claims.project.project import Project


def steps(project: Project, site: Path, config: str) -> Iterator[Step]:
    """Yield the steps of a build, in their order."""
    # A check needs none of this, and it takes longer to load than a small guide to check.
    from sourced_guide.cli import handouts, hosting, offline, publish  # noqa: PLC0415

    built, settings = str(site), ["--config", config]

    def generate() -> int:
        mkdocs = [sys.executable, "-m", "mkdocs", "build", "--strict"]
        return subprocess.run(  # noqa: S603 (our own arguments)
            [*mkdocs, "--config-file", config, "--site-dir", str(site.resolve())], check=False
        ).returncode

    docs = project.docs.name
    yield Step("pages", f"{docs}/, mkdocs.yml", "pages, claims.json", generate)
    yield Step(
        "head and worker",
        "pages, claims.json",
        "policy, JSON-LD, manifest, service worker",
        lambda: publish.main([built, *settings]),
    )
    yield Step("handouts", "pages", f"{built}/handouts/", lambda: handouts.main([built]))
    yield Step(
        "offline copy", "the site", f"{built}/offline/", lambda: offline.main([built, *settings])
    )
    yield Step(
        "certify and pack",
        "the site, the project",
        "packed files, headers",
        lambda: hosting.main([built, *settings]),
    )


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--site", default="site", metavar="DIR", help="where to build it (site)")


def _run(project: Project, options: Namespace) -> Result:
    site = Path(options.site)
    if is_up_to_date(project, site):
        return Result(f"{site}: nothing has changed since it was built")
    code = run_steps(steps(project, site, options.config), echo)
    if code == CLEAN:
        note_build(project, site)
    return Result("", code)


def _add_no_options(_parser: ArgumentParser) -> None:
    """It has none."""


def _serve(_project: Project, options: Namespace) -> Result:
    mkdocs = [sys.executable, "-m", "mkdocs", "serve", "--config-file", options.config]
    return Result("", subprocess.run(mkdocs, check=False).returncode)  # noqa: S603 (our own)


def _clean(project: Project, options: Namespace) -> Result:
    removed = [
        folder for folder in (Path(options.site), project.folder / ".cache") if folder.exists()
    ]
    for folder in removed:
        shutil.rmtree(folder)
    return Result(f"removed: {', '.join(map(str, removed)) or 'nothing'}")


BUILD = Command("build", "check the guide and build the whole site", _add_options, _run)
SERVE = Command("serve", "preview the guide while you edit it", _add_no_options, _serve)
CLEAN_UP = Command("clean", "delete the built site and the cache", _add_options, _clean)
