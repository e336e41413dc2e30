"""One project, checked and rendered in a process of its own, and how that ended."""

from __future__ import annotations

import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.render.html import render_pages
from sourced_guide.cli.main import claims

if TYPE_CHECKING:
    from bench.fuzz.projects import Project

# Of processor time, so that a busy machine finds nothing that a quiet one does not; waiting for
# something that never comes takes none of it.
_SECONDS_FOR_ONE = 10
_SECONDS_OF_WAITING = 60
_SECONDS_FOR_SHRINKING = 5.0
_MEMORY = 4 * 1024**3
_CRASHED = 70
_LONGEST_SENTENCE = 1_000


def fault_of(project: Project) -> str:
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
        printed, errors = (_read(folder / name) for name in ("printed.txt", "errors.txt"))
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


def kind(fault: str) -> str:
    """Return what faults of one cause have in common: all but the values that were told."""
    error, _, where = fault.partition(" at ")
    return f"{error.partition(':')[0][:60]} {where}"


def shrunk(project: Project, fault: str) -> Project:
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
            if kind(fault_of(smaller)) == kind(fault):
                content, project = shorter, smaller
            else:
                at += size
        size //= 2
    return project


def _read(path: Path) -> str:
    return path.read_text("utf-8", errors="replace") if path.is_file() else ""
