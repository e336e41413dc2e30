"""Work that copies of a process share with it: all is made, whatever becomes of the copies."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from .test_workers import ends

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="no process is copied elsewhere")
# The tests themselves run beside threads, where no process is copied.
SHARED = """
import json, os, resource, sys, time
from pathlib import Path
from sourced_guide.build.copies import shared_work

in_memory, begun = {"factor": 7}, Path("begun.txt")

def make(number):
    with begun.open("a") as told:
        print(os.getpid(), file=told)
    IN_A_COPY
    return number, os.getpid(), in_memory["factor"] * number, " " * 100_000

made = []
with shared_work(make, 24, 3) as shared:
    while not begun.exists():
        time.sleep(0.01)
    print(begun.read_text().split()[0], file=sys.stderr, flush=True)
    for number in range(24):
        made.append(shared.take(number))
        time.sleep(WAIT if number < 12 else 0)
print(json.dumps([os.getpid(), [thing and thing[:3] for thing in made]]))
"""


def script(in_a_copy: str = "pass", wait: float = 0) -> list[str]:
    """Return a command that makes 24 things with 3 copies of itself."""
    code = SHARED.replace("IN_A_COPY", in_a_copy).replace("WAIT", str(wait))
    return [sys.executable, "-c", code]


def made_by(folder: Path, in_a_copy: str, wait: float = 0) -> dict[int, int]:
    """Return what copies have made, by number, with the process that made it."""
    output = subprocess.check_output(script(in_a_copy, wait), cwd=folder, timeout=60)
    own, made = json.loads(output)
    things = {at: thing for at, thing in enumerate(made) if thing}
    assert all(thing[0] == at and thing[2] == 7 * at for at, thing in things.items())
    assert all(thing[1] != own for thing in things.values())
    return {at: thing[1] for at, thing in things.items()}


def test_copies_make_the_last_things_with_what_is_in_memory(tmp_path: Path) -> None:
    made = made_by(tmp_path, "time.sleep(0.05)", wait=0.05)
    assert {*range(13, 24)} <= made.keys() < {*range(24)}
    assert len(set(made.values())) == 3
    begun = (tmp_path / "begun.txt").read_text().splitlines()
    assert len(begun) == len(made)


@pytest.mark.parametrize("failure", ["os._exit(1)", "raise SystemExit('no')", "1 / 0", "return"])
def test_what_copies_fail_to_make_is_left_to_this_process(tmp_path: Path, failure: str) -> None:
    made = made_by(tmp_path, f"if number < 20: {failure}")
    assert {*range(20)}.isdisjoint(made)


def test_a_copy_that_cannot_write_what_it_has_made_ends(tmp_path: Path) -> None:
    limit = "resource.setrlimit(resource.RLIMIT_FSIZE, (250_000, 250_000))"
    assert len(made_by(tmp_path, limit, wait=0.05)) <= 2 * 3


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM])
def test_copies_end_with_their_process(tmp_path: Path, by: signal.Signals) -> None:
    command = script("time.sleep(600)")
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE) as process:
        assert process.stderr
        copy = int(process.stderr.readline())
        process.send_signal(by)
    assert ends(copy)
