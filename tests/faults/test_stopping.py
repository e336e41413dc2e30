"""Commands that are stopped: they say so, and leave neither a process nor half a file.

Signals, pipes and full disks need real processes, half a second apiece.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from sourced_guide.fetch import worker as reader

from .commands import assert_one_sentence, end, start, state, with_work_to_do

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def at_work(command: str, finished_copy: Path) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """Start a command in a group of its own; yield it and its processes once it has some."""
    with start(command, finished_copy, start_new_session=True) as started:
        try:
            yield started, workers_of(started)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(started.pid, signal.SIGKILL)


def workers_of(command: subprocess.Popen[str]) -> list[int]:
    """Wait until a command has begun processes that do its work, and return their ids."""
    until = time.monotonic() + 30
    while command.poll() is None and time.monotonic() < until:
        if workers := children_of(command.pid, "spawn_main"):
            return workers
    raise AssertionError(f"it has begun no process: {command.communicate()}")


def workers_with_a_result(command: subprocess.Popen[str], made: Path) -> list[int]:
    """Wait until a command has made a PDF, and return the ids of its processes, all of them."""
    until = time.monotonic() + 60
    while not any(made.glob("*.pdf")):
        assert time.monotonic() < until
        time.sleep(0.01)
    return workers_of(command)


def children_of(process: int, name: str) -> list[int]:
    listed = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(process)],
        capture_output=True, text=True, check=False,
    ).stdout  # fmt: skip
    return [int(line.split(maxsplit=1)[0]) for line in listed.splitlines() if name in line]


def signal_all(processes: list[int], number: signal.Signals) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, number)


def are_gone(processes: list[int]) -> bool:
    """Whether processes end by themselves; those that have but are not yet cleared away count."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        states = subprocess.run(
            ["ps", "-o", "stat=", *(f"-p{each}" for each in processes)],
            capture_output=True, text=True, check=False,
        ).stdout  # fmt: skip
        if all(each.startswith("Z") for each in states.split()):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize(
    "number",
    [
        signal.SIGTERM,
        signal.SIGKILL,
        *(
            pytest.param(each, marks=pytest.mark.exhaustive)
            for each in (signal.SIGINT, signal.SIGHUP)
        ),
    ],
    ids=lambda each: each.name,
)
def test_handouts_that_are_stopped_leave_no_process_and_nothing_half_made(
    number: signal.Signals, finished: Path, finished_copy: Path
) -> None:
    with_work_to_do(finished_copy, "handouts site", finished)
    before = state(finished_copy)
    with at_work("handouts site", finished_copy) as (command, workers):
        # However busy the machine is: nothing is done before the signal has come.
        signal_all(workers, signal.SIGSTOP)
        command.send_signal(number)
        signal_all(workers, signal.SIGCONT)
        code, complaint = end(command)
        assert are_gone(workers)
    assert state(finished_copy) == before
    # Who is killed by this one can neither say a word nor clear away.
    if number != signal.SIGKILL:
        assert code == 2
        assert_one_sentence(complaint, "handouts", "stopped before it was done")
        assert not list(finished_copy.rglob(".unfinished-*"))


def test_a_killed_process_of_handouts_is_reported(finished: Path, finished_copy: Path) -> None:
    with_work_to_do(finished_copy, "handouts site", finished)
    with at_work("handouts site", finished_copy) as (command, _):
        # Python's pool prints a traceback if a process ends while it starts another.
        workers = workers_with_a_result(command, finished_copy / ".cache/handouts")
        os.kill(workers[0], signal.SIGKILL)
        code, complaint = end(command)
        assert are_gone(workers)
    assert code == 2
    assert_one_sentence(complaint, "handouts", "perhaps for lack of memory")


def test_a_question_that_is_broken_off_keeps_what_was_answered(finished_copy: Path) -> None:
    with start("claims confirm --by Nurse", finished_copy, bufsize=0) as command:
        assert command.stdin
        assert command.stdout
        command.stdin.write("y\n")
        while "recorded" not in command.stdout.readline():
            pass
        command.send_signal(signal.SIGTERM)
        said, complaint = command.communicate(timeout=60)
    assert (command.returncode, complaint) == (0, "")
    assert "1 of 4 confirmed, 3 not" in said
    assert (finished_copy / "reviews/nurse.yml").read_text("utf-8").count("- claim:") == 1


def test_what_reads_a_strangers_file_ends_with_who_began_it() -> None:
    begin = f"""import os, subprocess, sys
subprocess.run([sys.executable, "-m", "{reader.__name__}", "", "1", str(2**31), str(os.getpid())])
"""
    # The file that never ends: this end stays open.
    with subprocess.Popen([sys.executable, "-c", begin], stdin=subprocess.PIPE) as command:
        children: list[int] = []
        while not children:
            children = children_of(command.pid, reader.__name__)
        command.kill()
        command.wait()
        assert are_gone(children)
