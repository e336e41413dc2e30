"""Every command, how it is started and ended, and what is looked at afterward."""

from __future__ import annotations

import hashlib
import shutil
import signal
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from ..commands import BIN

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from _pytest.mark import ParameterSet

# Each command on a project that is built and ready, and what it ends with there.
COMMANDS = {
    "claims check": 0,
    "claims verify --snapshots snapshots": 0,
    "claims fetch --snapshots snapshots": 1,
    "claims confirm --by Nurse": 0,
    "claims report": 0,
    "claims export made/claims.json": 0,
    "claims rules made/rules": 0,
    "claims certify site": 0,
    "publish site": 0,
    "handouts site": 0,
    "offline site": 0,
    "hosting site": 0,
}


def some(commands: Iterable[str], *chosen: str) -> list[ParameterSet]:
    """Return commands as parameters of a test; all but the chosen are left to `make test-all`.

    Each takes a process a second, and what is asked is done for all of them in one place.
    """
    return [
        pytest.param(each, marks=() if each in chosen else pytest.mark.exhaustive)
        for each in commands
    ]


NEW_NAME = "is a step of `guide build` now"


def with_work_to_do(project: Path, command: str, finished: Path) -> None:
    """Let there be something to write for a command that leaves what it finds done."""
    site = project / "site"
    if command == "publish site":
        shutil.rmtree(site)
        shutil.copytree(finished.with_name("as-built"), site)
    elif command == "handouts site":
        shutil.rmtree(project / ".cache/handouts")
    elif command == "handouts site --cache kept":
        shutil.rmtree(site / "handouts")
    elif command == "offline site":
        (next((site / "offline").iterdir())).rename(site / "offline/older.zip")


def start(command: str, project: Path, **options: Any) -> subprocess.Popen[str]:
    name, *arguments = command.split()
    options = {
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
        # Whoever runs the tests may ignore these signals, as nohup and background jobs do.
        "preexec_fn": _heed_signals,
        **options,
    }
    return subprocess.Popen(
        [BIN / name, *arguments], cwd=project, stdin=subprocess.PIPE, text=True, **options
    )


def _heed_signals() -> None:
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def end(command: subprocess.Popen[str]) -> tuple[int, str]:
    """Let a command end, that has a person's yes to read; return its code and what it complains."""
    complaint = complaint_of(command.communicate("y\n", timeout=900)[1])
    return command.returncode, complaint


def complaint_of(written: str) -> str:
    """Leave out that it has another name now, as old commands say first: that is no complaint."""
    lines = written.splitlines(keepends=True)
    return "".join(line for line in lines if NEW_NAME not in line)


def assert_one_sentence(complaint: str, command: str, about: str) -> None:
    (sentence,) = complaint.splitlines()
    assert sentence.startswith(f"{command.split(maxsplit=1)[0]}: ")
    assert about in sentence
    assert "; " in sentence, "it says what to do"


def state(project: Path) -> dict[str, str]:
    """Return every file by its content; not what only makes the next run faster."""
    return {
        path.relative_to(project).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(project.rglob("*"))
        if path.is_file() and path.relative_to(project).parts[0] != ".cache"
    }
