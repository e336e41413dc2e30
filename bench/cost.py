"""What a command costs, as whole processes that are measured by the system."""

from __future__ import annotations

import os
import subprocess
import sys
import time
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
    begin = time.perf_counter()
    with Path(to).open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        )
        _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in accepted:
        told = Path(to).read_text("utf-8", errors="replace")[-2000:]
        sys.exit(f"{' '.join(command)} in {folder} failed:\n{told}")
    megabytes = used.ru_maxrss * _KILOBYTES_PER_UNIT / 1024
    return Cost(wall, used.ru_utime + used.ru_stime, megabytes)


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
