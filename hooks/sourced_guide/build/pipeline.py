"""The steps from a project to a site that can be published, and whether there is anything to do.

Nothing is made again where neither what the site is made from nor the site itself has changed; both
are known by their content (SHA-256), never by their times.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.claims.model.errors import UnwritableFileError
from sourced_guide.claims.project.io.atomic_write import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sourced_guide.claims.project.project import Project

STATE = Path(".cache", "build.json")
# Whoever changes one of these changes what is made.
_LIBRARIES = (
    *("brotli", "citeproc-py", "lxml", "markdown", "mkdocs", "mkdocs-material", "pikepdf"),
    *("pymdown-extensions", "typst"),
)
_SETTINGS = ("SITE_URL", "SOURCE_DATE_EPOCH")


@dataclass(frozen=True)
class Step:
    """One step of a build.

    `reads` and `writes` say in a few words what it needs and what it makes. `run` prints what it
    has done, and returns 0 where all went well.
    """

    name: str
    reads: str
    writes: str
    run: Callable[[], int]


def run_steps(steps: Iterable[Step], announce: Callable[[str], None]) -> int:
    """Run steps until one fails; return its code, or 0. `announce` is told each step's name."""
    for step in steps:
        announce(f"{step.name}: {step.reads} -> {step.writes}")
        if code := step.run():
            return code
    return 0


def is_up_to_date(project: Project, site: Path) -> bool:
    """Say whether `site` is what the last build made of the project as it is now."""
    try:
        state = json.loads((project.folder / STATE).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return bool(state == _state(project, site))


def note_build(project: Project, site: Path) -> None:
    """Note what `site` was made from, and what it is; without it, the next build takes longer."""
    with suppress(UnwritableFileError):
        write_whole(project.folder / STATE, json.dumps(_state(project, site)))


def _state(project: Project, site: Path) -> dict[str, str]:
    return {"inputs": _digest(_inputs(project)), "site": _digest(_files(site))}


def _inputs(project: Project) -> Iterator[tuple[str, bytes]]:
    """Yield all that a site is made from, by name."""
    for name in _SETTINGS:
        yield name, os.environ.get(name, "").encode()
    for name in _LIBRARIES:
        yield name, version(name).encode()
    engine = Path(str(files("sourced_guide")))
    folders = {
        project.docs,
        engine,
        *project.snippets,
        *(path.parent for path in project.code_files),
    }
    for folder in sorted(folders):
        yield from _files(folder)
    for path in sorted(project.folder.glob("*.yml")):
        yield path.name, path.read_bytes()


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _digest(named: Iterable[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for name, content in named:
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
