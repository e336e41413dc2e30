"""What a check in two parts at once and their merge cost, beside one run of the whole."""

from __future__ import annotations

import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from bench.cost import OUTPUT, Cost, run, say
from bench.speed.sites import claims_check, prepare
from bench.synthetic import SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = """\
| what | seconds | processor seconds | peak MB | file |
| --- | --- | --- | --- | --- |"""


def parts_of(folder: Path, pages: int) -> Iterator[str]:
    """Yield the rows of a table; stop where the merged report is not that of the whole."""
    prepare(folder, pages, SOURCES)
    site = folder / "ours"
    folders = sorted(path.name for path in (site / "docs").glob("part-*"))
    second = folders[len(folders) // 2 :]
    first = sorted({path.name for path in (site / "docs").iterdir()} - set(second))
    # As on a machine with one processor.
    check = [*claims_check(site), "--format=json", "--jobs=1"]
    say(f"{pages} pages as a whole")
    whole = run([*check, "--no-cache"], site)
    report = OUTPUT.read_bytes()
    say(f"{pages} pages in two parts")
    commands = [
        [*check, "--no-cache", f"--part={number}.json", *(f"docs/{name}" for name in names)]
        for number, names in enumerate((first, second), 1)
    ]
    with ThreadPoolExecutor() as pool:
        costs = list(pool.map(lambda command: run(command, site, to=os.devnull), commands))
    guide = str(Path(sys.executable).with_name("guide"))
    merge = [guide, "report", "--format=json", "--merge", "1.json", "2.json"]
    merged = run(merge, site)
    if OUTPUT.read_bytes() != report:
        sys.exit("the merged report is not that of the whole")
    yield _HEAD
    yield _row(f"{pages:,} pages in one run", whole)
    for number, cost in enumerate(costs, 1):
        yield _row(f"part {number}", cost, site / f"{number}.json")
    yield _row("the merge of both", merged)
    waited = max(cost.wall for cost in costs) + merged.wall
    yield f"| both parts at once, then the merge | {waited:.0f} | | | |"
    shutil.rmtree(folder)


def _row(what: str, cost: Cost, file: Path | None = None) -> str:
    size = f"{file.stat().st_size / 1e6:.1f} MB" if file else ""
    return f"| {what} | {cost.wall:.0f} | {cost.processor:.1f} | {cost.megabytes:.0f} | {size} |"
