"""Feeds the check broken and hostile projects: `make fuzz`.

Whatever lies in the folder, `claims check` ends with findings or with one sentence that says why
it could not run: never with a traceback, and never later than in ten seconds. A page that it takes
must also render. Each project is checked in a process of its own. Known hostile pieces stand in
every place, and the guide's own files are changed at random; the same seed makes the same projects.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from bench.adversarial import FOLDERS, PIECES, SETTINGS
from bench.cost import say
from sourced_guide.claims.markdown.extension import read_guide
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.render.html import render_pages
from sourced_guide.cli.main import claims

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ROOT = Path(__file__).parent.parent
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
# Of processor time, so that a busy machine finds nothing that a quiet one does not; waiting for
# something that never comes takes none of it.
_SECONDS_FOR_ONE = 10
_SECONDS_OF_WAITING = 60
_SECONDS_FOR_SHRINKING = 5.0
_MEMORY = 4 * 1024**3
_CRASHED = 70
_LONGEST_SENTENCE = 1_000


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


def main() -> int:
    """Run until the time is up; return 1 where something broke the check."""
    parser = argparse.ArgumentParser(description="Feeds the check broken and hostile projects.")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    base = {name: (ROOT / source).read_bytes() for name, source in _BASE.items()}
    # Some terms do as well as all of them, and are read much faster.
    base["docs/glossary.md"] = b"\n\n".join(base["docs/glossary.md"].split(b"\n\n")[:8]) + b"\n"
    print(f"seed {options.seed}, {options.seconds:g} seconds")
    end = time.monotonic() + options.seconds
    seen: set[str] = set()
    number = 0
    for number, project in enumerate(_projects(base, options.seed), 1):
        fault = _fault(project)
        if fault and _kind(fault) not in seen:
            seen.add(_kind(fault))
            print(f"\n{project.name}: {fault}\n  saved in {_save(_shrunk(project, fault))}")
        say(f"{number} projects, {len(seen)} faults: {project.name[:60]}")
        if time.monotonic() > end:
            break
    print(f"{number} projects checked, {len(seen)} kinds of fault")
    return 1 if seen else 0


def _projects(base: Mapping[str, bytes], seed: int) -> Iterator[Project]:
    """Yield hostile folders and settings, then known pieces and random changes in turn."""
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
        change = draw.choice(_CHANGES)
        content = change(content, draw)
        done.append(change.__name__.strip("_"))
    return _changed(files, name, content, f"{name} after {', '.join(done)}")


def _delete(content: bytes, draw: random.Random) -> bytes:
    first, last = _stretch(content, draw)
    return content[:first] + content[last:]


def _duplicate(content: bytes, draw: random.Random) -> bytes:
    first, last = _stretch(content, draw)
    return content[:last] + content[first:last] * draw.choice([1, 1, 2, 20]) + content[last:]


def _splice(content: bytes, draw: random.Random) -> bytes:
    """Put a stretch of another file of the guide in place of one of this."""
    others = [*(ROOT / "docs").glob("*.md"), *(ROOT / "docs/references").glob("*.yml")]
    other = draw.choice(sorted(others)).read_bytes()
    (first, last), (begin, end) = _stretch(content, draw), _stretch(other, draw)
    return content[:first] + other[begin:end] + content[last:]


def _insert(content: bytes, draw: random.Random) -> bytes:
    at = draw.randint(0, len(content))
    return content[:at] + draw.choice(list(PIECES.values())) + content[at:]


def _insert_signs(content: bytes, draw: random.Random) -> bytes:
    """Scatter characters that mean something to Markdown or YAML."""
    for _ in range(draw.randint(1, 12)):
        at = draw.randint(0, len(content))
        sign = bytes(draw.choices(b"[]()@#;:|!*_`<>{}\\\"'-&~=^$ \t\n\r", k=draw.randint(1, 3)))
        content = content[:at] + sign + content[at:]
    return content


def _flip(content: bytes, draw: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(draw.randint(1, 8)):
        if changed:
            changed[draw.randrange(len(changed))] = draw.randrange(256)
    return bytes(changed)


def _indent(content: bytes, draw: random.Random) -> bytes:
    lines = content.split(b"\n")
    first = draw.randrange(len(lines))
    last = draw.randint(first, len(lines))
    by = draw.choice([b" ", b"  ", b"    ", b"\t", b"> ", b"- ", b"    - "])
    return b"\n".join([*lines[:first], *(by + line for line in lines[first:last]), *lines[last:]])


def _shuffle(content: bytes, draw: random.Random) -> bytes:
    lines = content.split(b"\n")
    draw.shuffle(lines)
    return b"\n".join(lines)


_CHANGES = (_delete, _duplicate, _splice, _insert, _insert_signs, _flip, _indent, _shuffle)


def _stretch(content: bytes, draw: random.Random) -> tuple[int, int]:
    first = draw.randint(0, len(content))
    return first, min(len(content), first + draw.choice([1, 5, 50, 500, 5_000]))


def _changed(files: Mapping[str, bytes], name: str, content: bytes, what: str) -> Project:
    return Project(what, {**files, name: content}, name)


# One project in a process of its own


def _fault(project: Project) -> str:
    """Return what was wrong with how the check ended, or nothing."""
    with tempfile.TemporaryDirectory(prefix="claims-fuzz-") as name:
        folder = Path(name)
        project.write(folder / "project")
        process = get_context("fork").Process(target=_check, args=(folder,), daemon=True)
        process.start()
        process.join(_SECONDS_OF_WAITING)
        if process.is_alive():
            process.kill()
            process.join()
            return f"waits for longer than {_SECONDS_OF_WAITING} seconds"
        code = process.exitcode or 0
        printed, errors = (_read(folder / each) for each in ("printed.txt", "errors.txt"))
        return _judged(code, printed, errors)


def _check(folder: Path) -> None:
    """Check and render the project in `folder`; this process ends here."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    _allow_seconds()
    code = _CRASHED
    with (folder / "printed.txt").open("w") as printed, (folder / "errors.txt").open("w") as errors:
        sys.stdout, sys.stderr = printed, errors
        os.chdir(folder / "project")
        try:
            code = claims(["check"])
            if code in (0, 1):
                _allow_seconds()
                _render()
        except BaseException:  # noqa: BLE001 (told in the parent, whatever it is)
            code = _CRASHED
            traceback.print_exc(limit=-30, file=errors)
    os._exit(code)


def _allow_seconds() -> None:
    """Let this process take so much processor time from now on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + _SECONDS_FOR_ONE
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def _render() -> None:
    """Render what the check took, as a generator would."""
    try:
        for _ in render_pages(read_guide(load_project(Path("mkdocs.yml")))):
            pass
    except UnusableProjectError as error:
        # Rendering may take a little longer than checking, and too long with it.
        if not isinstance(error.__cause__, TimeoutError):
            raise


def _judged(code: int, printed: str, errors: str) -> str:
    lines = errors.splitlines()
    if code == -signal.SIGXCPU:
        return f"takes longer than {_SECONDS_FOR_ONE} seconds"
    if code < 0:
        return f"dies of signal {-code}"
    if code == _CRASHED or "Traceback" in errors:
        where = [line.strip() for line in lines if line.startswith("  File") and "guide" in line]
        return f"{lines[-1] if lines else 'no error told'} at {where[-1] if where else 'nowhere'}"
    if code == 2 and (len(lines) != 1 or len(lines[0]) > _LONGEST_SENTENCE):
        return f"exits with 2 and {len(lines)} lines that begin {errors[:300]!r}"
    if code in (0, 1) and ("finding" not in printed.rstrip().rpartition("\n")[2] or errors):
        return f"exits with {code} and prints {printed[-300:]!r} and {errors[:300]!r}"
    return "" if code in (0, 1, 2) else f"exits with {code}"


def _kind(fault: str) -> str:
    """Return what faults of one cause have in common: all but the values that were told."""
    error, _, where = fault.partition(" at ")
    return f"{error.partition(':')[0][:60]} {where}"


def _shrunk(project: Project, fault: str) -> Project:
    """Return the smallest project found in time that has the same fault."""
    if not project.changed:
        return project
    end = time.monotonic() + _SECONDS_FOR_SHRINKING
    content = project.files[project.changed]
    size = len(content) // 2
    while size and time.monotonic() < end:
        at = 0
        while at < len(content) and time.monotonic() < end:
            shorter = content[:at] + content[at + size :]
            smaller = replace(project, files={**project.files, project.changed: shorter})
            if _kind(_fault(smaller)) == _kind(fault):
                content, project = shorter, smaller
            else:
                at += size
        size //= 2
    return project


def _save(project: Project) -> Path:
    """Write a project to a folder that stays; return the folder."""
    digest = hashlib.sha256(project.name.encode()).hexdigest()[:8]
    folder = Path(tempfile.gettempdir()) / f"claims-fuzz-{digest}"
    shutil.rmtree(folder, ignore_errors=True)
    project.write(folder)
    return folder


def _read(path: Path) -> str:
    return path.read_text("utf-8", errors="replace") if path.is_file() else ""


if __name__ == "__main__":
    sys.exit(main())
