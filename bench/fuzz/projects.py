"""The projects that are checked: known pieces in every place, and files changed at random."""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.fuzz.adversarial import FOLDERS, PIECES, SETTINGS
from bench.fuzz.changes import CHANGES, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

# The files of the smallest project that uses every part of the engine.
PAGE = "docs/page.md"
SOURCE = "docs/references/jama-2020.yml"
_BASE = {
    "mkdocs.yml": "mkdocs.yml",
    PAGE: "docs/symptoms.md",
    "docs/glossary.md": "docs/glossary.md",
    SOURCE: "docs/references/jama-2020.yml",
    "docs/references/moffitt.yml": "docs/references/moffitt.yml",
    "includes/warning-signs.md": "includes/warning-signs.md",
}


@dataclass(frozen=True)
class Project:
    """A project to check: what was done to it, its files, and what else is put into its folder.

    `changed` names the file that was tampered with, for shrinking.
    """

    name: str
    files: Mapping[str, bytes]
    changed: str = ""
    prepare: Callable[[Path], None] | None = field(default=None, compare=False)

    def write(self, folder: Path) -> None:
        """Write the project into a new folder."""
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if self.prepare:
            self.prepare(folder)


def small_project() -> dict[str, bytes]:
    """Return the files of a project made of a few of the guide's own."""
    base = {name: (ROOT / source).read_bytes() for name, source in _BASE.items()}
    # Some terms do as well as all of them, and are read much faster.
    base["docs/glossary.md"] = b"\n\n".join(base["docs/glossary.md"].split(b"\n\n")[:8]) + b"\n"
    return base


def projects(base: Mapping[str, bytes], seed: int) -> Iterator[Project]:
    """Yield adversarial folders and settings, then known pieces and random changes in turn."""
    yield Project("nothing changed", base)
    for name, prepare in FOLDERS.items():
        yield Project(name, base, prepare=prepare)
    for name, piece in SETTINGS.items():
        yield _changed(base, "mkdocs.yml", piece, f"settings: {name}")
        settings = base["mkdocs.yml"] + b"\n" + piece
        yield _changed(base, "mkdocs.yml", settings, f"settings after ours: {name}")
    places = range(len(list(_places(base, b""))))
    known = [(name, number) for name in PIECES for number in places]
    random.Random(seed).shuffle(known)
    for turn in range(sys.maxsize):
        if turn < len(known):
            name, number = known[turn]
            where, file, content = list(_places(base, PIECES[name]))[number]
            yield _changed(base, file, content, f"{name} {where}")
        yield _random_project(base, random.Random(f"{seed} {turn}"))


def _places(base: Mapping[str, bytes], piece: bytes) -> Iterator[tuple[str, str, bytes]]:
    """Yield where a piece can stand: where in words, the file, and its content."""
    yield "as a page", PAGE, piece
    yield "in a paragraph", PAGE, b"It hurts. [@jama-2020#night-pain] " + piece + b" It hurts.\n"
    yield "in a list", PAGE, b"It may:\n\n- hurt\n- " + piece + b"\n- pass [@jama-2020#biopsy]\n"
    yield "in a cell", PAGE, b"| a | b |\n| --- | --- |\n| c " + piece + b" | d |\n"
    yield "in front matter", PAGE, b"---\ntitle: x\n" + piece + b"\n---\n\n# x\n"
    yield "as a title", PAGE, b"---\ntitle: " + piece + b"\n---\n\n# " + piece + b"\n"
    yield "as a term", "docs/glossary.md", b"# Words\n\n" + piece + b"\n:   A part.\n"
    yield "as a source", SOURCE, piece
    yield "in a source", SOURCE, base[SOURCE] + piece
    yield "in a passage", SOURCE, base[SOURCE].replace(b"deep ache", b"deep " + piece + b" ache")
    yield "as settings", "mkdocs.yml", piece
    yield "in settings", "mkdocs.yml", base["mkdocs.yml"] + b"\n" + piece
    yield "in an included file", "includes/warning-signs.md", piece


def _random_project(base: Mapping[str, bytes], draw: random.Random) -> Project:
    """Return a project of the guide's own files, one of them changed in one to four ways."""
    files = dict(base)
    pages = sorted((ROOT / "docs").glob("*.md"))
    files[PAGE] = draw.choice(pages).read_bytes()
    name = draw.choice([PAGE] * 6 + [SOURCE] * 2 + ["mkdocs.yml", "docs/glossary.md"])
    content, done = files[name], []
    for _ in range(draw.randint(1, 4)):
        change = draw.choice(CHANGES)
        content = change(content, draw)
        done.append(change.__name__.strip("_"))
    return _changed(files, name, content, f"{name} after {', '.join(done)}")


def _changed(files: Mapping[str, bytes], name: str, content: bytes, what: str) -> Project:
    return Project(what, {**files, name: content}, name)
