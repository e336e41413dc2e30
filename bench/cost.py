"""What a command costs, as whole processes that are measured by the system."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parent.parent
BENCH = ROOT / ".build/bench"
OUTPUT = BENCH / "output.txt"
HEAD = """\
| what | seconds | processor seconds | peak MB | measured | target | |
| --- | --- | --- | --- | --- | --- | --- |"""
_KILOBYTES_PER_UNIT = 1 / 1024 if sys.platform == "darwin" else 1
# Runs a command, and tells what it cost. The system counts the memory of whoever starts a process
# as the process's own until its program begins, so this one is small.
_LAUNCHER = """
import json, os, subprocess, sys, time
begin = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=sys.stderr)
_, status, used = os.wait4(process.pid, 0)
wall = time.perf_counter() - begin
print(json.dumps([status, wall, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""


@dataclass(frozen=True)
class Cost:
    """One run of one process: seconds on the clock, seconds of processor time, peak memory."""

    wall: float
    processor: float
    megabytes: float


@dataclass(frozen=True)
class Target:
    """What was measured, what is wanted, and whether it is met; `by` says by which measure."""

    measured: str
    wanted: str
    met: bool
    by: str = ""


def run(
    command: Sequence[str], folder: Path, accepted: Sequence[int] = (0,), to: str | Path = OUTPUT
) -> Cost:
    """Run a command to its end and return what it cost; stop everything where it fails.

    Its output goes to a file: commands that run at once need files of their own.
    """
    with Path(to).open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-ISc", _LAUNCHER, *command],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=output,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        )
        told, _ = process.communicate()
    status, wall, processor, memory = json.loads(told)
    code = os.waitstatus_to_exitcode(status)
    if code not in accepted:
        printed = Path(to).read_text("utf-8", errors="replace")[-2000:]
        sys.exit(f"{' '.join(command)} in {folder} failed:\n{printed}")
    return Cost(wall, processor, memory * _KILOBYTES_PER_UNIT / 1024)


def median_of(costs: Sequence[Cost]) -> Cost:
    """Return the median of each figure of several runs."""
    return Cost(
        median(cost.wall for cost in costs),
        median(cost.processor for cost in costs),
        median(cost.megabytes for cost in costs),
    )


def say(what: str) -> None:
    """Tell a person at a terminal what is going on; say nothing to a log."""
    if sys.stderr.isatty():
        print(f"\033[K{what} ...", end="\r", file=sys.stderr, flush=True)


def row(what: str, cost: Cost, target: Target | None = None) -> str:
    """Return a row of a Markdown table whose head is `HEAD`."""
    figures = f"{cost.wall:.2f} | {cost.processor:.2f} | {cost.megabytes:.0f}"
    if not target:
        return f"| {what} | {figures} | | | |"
    verdict = f"met {target.by}".strip() if target.met else "not met"
    return f"| {what} | {figures} | {target.measured} | {target.wanted} | {verdict} |"
