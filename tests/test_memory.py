"""No command needs more memory the longer it runs: not the preview, not the handouts."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .test_preview import Preview

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.exhaustive
_SAVES = 30
# In kilobytes. One version of a small site has ten times as much.
_MOST_FOR_A_SAVE = 100
_SHEETS = """
import os
import subprocess
import sys
from pathlib import Path
from sourced_guide.build.handouts.compile import compile_pdf, gather_fonts

def megabytes():
    return int(subprocess.check_output(["ps", "-o", "rss=", "-p", str(os.getpid())])) / 1024

fonts = gather_fonts(Path(sys.argv[1]))
for number in range(14):
    words = "\\n\\n".join(f"Text {number} {line} " + "of some words " * 40 for line in range(300))
    compile_pdf(f'set document(title: "Words"); [{words}]', "a4", fonts)
    if number in (3, 13):
        print(megabytes())
"""


@pytest.fixture
def preview(small_project: Path, tmp_path: Path) -> Iterator[tuple[Preview, Path]]:
    project = Path(shutil.copytree(small_project, tmp_path / "project"))
    started = Preview(project)
    yield started, project / "docs/legs.md"
    started.stop()


def test_a_preview_keeps_nothing_of_earlier_saves(preview: tuple[Preview, Path]) -> None:
    running, page = preview
    text = page.read_text("utf-8")
    used = []
    for number in range(1, _SAVES + 1):
        page.write_text(f"{text}\nThis page was saved {number} times.\n{{ .editorial }}\n", "utf-8")
        running.wait_until(lambda number=number: running.builds() > number)  # type: ignore[misc]
        used.append(_kilobytes_below(running.process.pid))
    # The first builds load what all of them need.
    assert used[-1] - used[9] < _MOST_FOR_A_SAVE * (_SAVES - 10)


def test_a_process_keeps_nothing_of_the_handouts_that_it_has_made(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _SHEETS, tmp_path], capture_output=True, text=True, check=True
    )
    after_four, after_all = map(float, done.stdout.split())
    assert after_all - after_four < 30


def _kilobytes_below(pid: int) -> int:
    """Return the memory of the largest process below another."""
    listed = subprocess.check_output(["ps", "-ax", "-o", "pid=,ppid=,rss="], text=True)
    processes = [tuple(map(int, line.split())) for line in listed.splitlines()]
    below = {pid}
    # A child may be listed before its parent.
    while new := {each for each, parent, _ in processes if parent in below} - below:
        below |= new
    return max(used for each, _, used in processes if each in below - {pid})
