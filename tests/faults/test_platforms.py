"""Every command where the system lacks what only some have, and speaks another language.

Signals, pipes and full disks need real processes, half a second apiece.
"""

from __future__ import annotations

import io
import os
import re
import resource
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from jinja2 import Environment, FileSystemLoader

from sourced_guide.build import workers
from sourced_guide.claims.project.clock import humanize
from sourced_guide.fetch import worker as reader

from ..conftest import ROOT
from .commands import COMMANDS, end, some, start

if TYPE_CHECKING:
    from pathlib import Path

# What macOS lacks, and what Windows does.
ELSEWHERE = """
import os, signal, sys
for module, names in {
    os: ("sched_getaffinity", "process_cpu_count", "mkfifo", "geteuid"),
    signal: ("setitimer", "ITIMER_VIRTUAL", "SIGVTALRM", "SIGALRM", "SIGHUP", "pthread_sigmask"),
}.items():
    for name in names:
        vars(module).pop(name, None)
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None
import locale
try:
    locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    pass  # it speaks no German
"""


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment whose Python lacks these names, on a machine that speaks German if it can."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "sitecustomize.py").write_text(ELSEWHERE)
    if localedef := shutil.which("localedef"):
        german = [localedef, "-i", "de_DE", "-f", "UTF-8", str(folder / "de_DE.UTF-8")]
        subprocess.run(german, check=False, capture_output=True)
    language = {"LOCPATH": str(folder), "LC_ALL": "de_DE.UTF-8"}
    return {**os.environ, **language, "PYTHONPATH": str(folder), "PYTHONUTF8": "1"}


@pytest.mark.parametrize("command", some(COMMANDS, "claims check", "handouts site"))
def test_every_command_runs_elsewhere(
    command: str, finished_copy: Path, elsewhere: dict[str, str]
) -> None:
    shutil.rmtree(finished_copy / ".cache/handouts")
    assert end(start(command, finished_copy, env=elsewhere)) == (COMMANDS[command], "")


def test_processors_are_counted_whatever_the_system_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = tmp_path / "cpu.max"
    monkeypatch.setattr(workers, "CONTAINER_LIMIT", limit)
    assert workers.processors() == len(os.sched_getaffinity(0))
    monkeypatch.setattr(os, "process_cpu_count", lambda: 7, raising=False)
    assert workers.processors() == 7
    for written, count in {
        "250000 100000": 3,
        "1000 100000": 1,
        "max 100000": 7,
        "900000 100000": 7,
        "": 7,
    }.items():
        limit.write_text(f"{written}\n")
        assert workers.processors() == count
    monkeypatch.delattr(os, "process_cpu_count")
    monkeypatch.delattr(os, "sched_getaffinity")
    assert workers.processors() == os.cpu_count()


def test_a_file_is_read_where_memory_cannot_be_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise ValueError("current limit exceeds maximum limit")

    body = io.TextIOWrapper(io.BytesIO(b"<p>It may hurt."))
    written = io.BytesIO()
    text = io.TextIOWrapper(written)
    monkeypatch.setattr(sys, "stdin", body)
    monkeypatch.setattr(sys, "stdout", text)
    monkeypatch.setattr(resource, "setrlimit", refuse)
    assert reader.main("text/html", 100, 2**30) == 0
    body.seek(0)
    monkeypatch.setitem(sys.modules, "resource", None)
    assert reader.main("text/html", 100, 2**30) == 0
    assert written.getvalue() == b"It may hurt.\n" * 2


def test_a_day_is_written_the_same_by_pages_and_by_what_is_made_from_them() -> None:
    templates = Environment(
        loader=FileSystemLoader(ROOT / "hooks/sourced_guide/theme"), autoescape=True
    )
    page = templates.from_string("{% from 'cs/day.html' import day %}{{ day(at) }}")
    days = [f"2026-{month:02}-{month:02}" for month in range(1, 13)]
    assert [page.render(at=each).strip() for each in days] == [humanize(each) for each in days]
    assert [humanize(day) for day in ("2026-11-21", "2026-11", "2026")] == [
        "November 21, 2026",
        "November 2026",
        "2026",
    ]


# A date in the machine's language, and a path with the machine's separators in a text.
OF_THE_MACHINE = re.compile(
    r"month_name|month_abbr|day_name|day_abbr|strftime|setlocale|:%[aAbBcpxX]"
    r"|(?:str\(|\{)[^{}()]*\.relative_to\([^()]*\)(?!\.as_posix\(\))"
)


def test_no_text_depends_on_the_language_or_the_separators_of_the_machine() -> None:
    for path in sorted((ROOT / "hooks").rglob("*.py")):
        assert not OF_THE_MACHINE.search(path.read_text("utf-8")), path
    for faulty in ('f"{day:%B}"', 'f"/{path.relative_to(site)}"', "str(path.relative_to(site))"):
        assert OF_THE_MACHINE.search(faulty)
