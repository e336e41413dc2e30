"""What each step of `guide build` costs on this guide: processor time and peak memory.

The command says when a step has ended; what it and all processes below it use is read from /proc,
which only Linux has. Peaks between two looks are missed, so they are a little too low.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.cost import ROOT, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# What a build reads; `hooks` is the program.
_PROJECT = ("docs", "editions", "hooks", "includes", "overrides")
_SECONDS_BETWEEN_LOOKS = 0.05
_MOST_MEGABYTES = 400
_HEAD = """\
| step | cold: processor seconds | one page changed | nothing changed | peak MB of one process |
| --- | --- | --- | --- | --- |"""


@dataclass
class _Step:
    processor: float = 0.0
    megabytes: float = 0.0


class _Watch:
    """Watches a command and the processes below it."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self.steps: dict[str, _Step] = {}
        self._peak, self._used, self._before = 0.0, 0.0, 0.0
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        self._process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, text=True, env=environment
        )
        looking = threading.Thread(target=self._look, daemon=True)
        looking.start()
        for line in self._process.stdout or ():
            self._end(line.partition(":")[0])
        _, status, used = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        looking.join()
        if self._process.returncode:
            sys.exit(f"{' '.join(command)} failed")
        self.processor = used.ru_utime + used.ru_stime

    def _look(self) -> None:
        while self._process.returncode is None:
            found = list(_tree(self._process.pid))
            self._peak = max([self._peak, *(megabytes for megabytes, _ in found)])
            # A process that ends hands its time to its parent.
            self._used = max(self._used, sum(seconds for _, seconds in found))
            time.sleep(_SECONDS_BETWEEN_LOOKS)

    def _end(self, name: str) -> None:
        self.steps[name] = _Step(self._used - self._before, self._peak)
        self._peak, self._before = 0.0, self._used


def steps_of(folder: Path) -> Iterator[str]:
    """Yield the rows of a table; nothing where there is no /proc."""
    yield _HEAD
    if not Path("/proc/self/stat").exists():
        return
    _copy(folder)
    build = [str(Path(sys.executable).with_name("guide")), "build"]
    say("the steps of a build")
    cold = _Watch([*build, "--all"], folder)
    page = folder / "docs/steroids.md"
    text = page.read_text("utf-8")
    page.write_text(f"{text}\nThis page was measured.\n{{ .editorial }}\n", "utf-8")
    changed = _Watch(build, folder)
    unchanged = _Watch(build, folder)
    for name, step in cold.steps.items():
        if name in changed.steps:
            peak = max(step.megabytes, changed.steps[name].megabytes)
            verdict = "" if peak <= _MOST_MEGABYTES else f" (over {_MOST_MEGABYTES})"
            again = f"{changed.steps[name].processor:.1f}"
            yield f"| {name} | {step.processor:.1f} | {again} | | {peak:.0f}{verdict} |"
    whole = " | ".join(f"{each.processor:.1f}" for each in (cold, changed, unchanged))
    peak = max(step.megabytes for step in (*cold.steps.values(), *changed.steps.values()))
    yield f"| all | {whole} | {peak:.0f} |"
    shutil.rmtree(folder)


def _copy(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for name in _PROJECT:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in ROOT.glob("*.yml"):
        shutil.copy(path, folder)


def _tree(pid: int) -> Iterator[tuple[float, float]]:
    """Yield the memory and the processor time of a process and of those below it."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        status = Path(f"/proc/{pid}/status").read_text("utf-8")
        threads = Path(f"/proc/{pid}/task").glob("*/children")
        below = [child for thread in threads for child in thread.read_text("utf-8").split()]
    except OSError:
        return
    ticks = sum(map(int, stat[11:15]))
    peak = status.partition("VmRSS:")[2].split()
    yield (int(peak[0]) / 1024 if peak else 0.0), ticks / os.sysconf("SC_CLK_TCK")
    for child in below:
        yield from _tree(int(child))
