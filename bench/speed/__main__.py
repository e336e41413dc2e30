"""What the guide's machinery costs: `make bench` writes it into docs/editors/speed.md.

Whole processes on this guide and on generated sites, each kind of run in turn so that a busy
machine slows all of them alike. Ratios are of the time on the clock, and of processor time (user
and system), which other programs disturb least.
Targets are shown, never enforced: a slow machine is no fault of the code.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.cost import BENCH, HEAD, ROOT, Cost, Target, median_of, row, run, say
from bench.figures import EDITORS, write_figures
from bench.speed.parts import parts_of
from bench.speed.sites import (
    BIBTEX,
    CHECK,
    CHECK_EDITED,
    CHECK_UNCHANGED,
    OURS,
    OURS_EDITED,
    PLAIN,
    prepare,
    prepare_guide,
    prepare_run,
)
from bench.speed.steps import steps_of
from bench.synthetic import SOURCES
from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.report.export import claims_data

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

# Larger sites are run less often: what a run costs grows, and how much runs differ shrinks.
_RUNS_OF_LARGE_SITES = 1
_THIS_GUIDE = "this guide"
_LARGE = 500
_LARGEST_WITH_PARTS = 3000
# Of sites that differ in the number of their sources.
_PAGES_WITH_SOURCES = 300
_SOURCES = (300, 1000, 3000)


@dataclass(frozen=True)
class Size:
    """What a site of one size cost, by kind of run: the medians."""

    name: str
    pages: int
    sources: int
    costs: Mapping[str, Cost]

    def milliseconds_per_page(self, kind: str) -> float:
        """Return the processor time of a kind of run for each page."""
        return self.costs[kind].processor / self.pages * 1000


def main() -> int:
    """Measure and print; return 0 whatever the figures are."""
    parser = argparse.ArgumentParser(description="Measures builds and checks of generated sites.")
    parser.add_argument(
        "--pages", nargs="+", type=int, default=[100, 200, 300, 1000, 3000], metavar="N"
    )
    parser.add_argument("--sources", nargs="*", type=int, default=_SOURCES, metavar="N")
    parser.add_argument("--parts", type=int, default=_LARGEST_WITH_PARTS, metavar="PAGES")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="fewer on large sites")
    options = parser.parse_args()
    told = claims_data(read_guide(load_project(ROOT / "mkdocs.yml")))

    def write(page: str, name: str, lines: Sequence[str]) -> None:
        print("\n".join([*lines, ""]), flush=True)
        write_figures(ROOT / EDITORS / page, name, told, lines)

    guide = _of_this_guide(len(told["pages"]), len(told["sources"]), options.runs)
    sizes = [
        _generated(pages, SOURCES, options.runs if pages < _LARGE else _RUNS_OF_LARGE_SITES)
        for pages in sorted(options.pages)
    ]
    write("speed.md", "speed", [HEAD, *(line for size in (guide, *sizes) for line in _rows(size))])
    write("speed.md", "growth", list(_growth(sizes)))
    by_sources = [
        _generated(_PAGES_WITH_SOURCES, sources, _RUNS_OF_LARGE_SITES)
        for sources in sorted(options.sources)
    ]
    write("speed.md", "growth of sources", list(growth_of_sources(by_sources)))
    print("\n".join([*steps_of(BENCH / "guide"), ""]), flush=True)
    write("large-sites.md", "parts", list(parts_of(BENCH / "parts", options.parts)))
    return 0


def _of_this_guide(pages: int, sources: int, runs: int) -> Size:
    folder = BENCH / "guide-pages"
    return Size(_THIS_GUIDE, pages, sources, _measured(folder, prepare_guide(folder), runs))


def _generated(pages: int, sources: int, runs: int) -> Size:
    folder = BENCH / f"{pages}-pages-{sources}-sources"
    name = f"{pages:,} pages, {runs} run{'s' if runs > 1 else ''}"
    costs = _measured(folder, prepare(folder, pages, sources), runs)
    return Size(name, pages, sources, costs)


def _measured(
    folder: Path, commands: Mapping[str, tuple[list[str], Path]], runs: int
) -> Mapping[str, Cost]:
    costs: dict[str, list[Cost]] = {kind: [] for kind in commands}
    for number in range(1, runs + 1):
        for kind, (command, site) in commands.items():
            say(f"{folder.name}, run {number} of {runs}: {kind}")
            shutil.rmtree(site / "site", ignore_errors=True)
            prepare_run(kind, site, number)
            costs[kind].append(run(command, site))
    shutil.rmtree(folder)
    return {kind: median_of(each) for kind, each in costs.items()}


def _rows(size: Size) -> Iterator[str]:
    targets = {
        PLAIN: None,
        OURS: _times_plain(size, OURS, 1.6),
        OURS_EDITED: _times_plain(size, OURS_EDITED, 1.2),
        CHECK: _times_plain(size, CHECK, 0.7),
        CHECK_UNCHANGED: None,
        CHECK_EDITED: None,
    }
    if BIBTEX in size.costs:
        targets[BIBTEX] = _beside_bibtex(size)
    if size.name == _THIS_GUIDE:
        targets[CHECK_UNCHANGED] = _seconds(size.costs[CHECK_UNCHANGED], 0.5)
        targets[CHECK_EDITED] = _seconds(size.costs[CHECK_EDITED], 0.6)
    for kind, target in targets.items():
        yield row(f"{size.name}: {kind}", size.costs[kind], target)


def _seconds(cost: Cost, most: float) -> Target:
    met = cost.processor <= most
    return Target(f"{cost.processor:.2f} s", f"≤ {most:g} s", met)


def _times_plain(size: Size, kind: str, most: float) -> Target:
    cost, plain = size.costs[kind], size.costs[PLAIN]
    clock, processor = cost.wall / plain.wall, cost.processor / plain.processor
    measured = f"{clock:.2f} × plain ({processor:.2f} in processor time)"
    return Target(measured, f"≤ {most:g}", clock <= most, _by(processor <= most))


def _beside_bibtex(size: Size) -> Target:
    plain, bibtex, ours = (size.costs[kind] for kind in (PLAIN, BIBTEX, OURS))
    clock = (bibtex.wall - plain.wall, ours.wall - plain.wall)
    processor = (bibtex.processor - plain.processor, ours.processor - plain.processor)
    if min(clock[1], processor[1]) <= 0:
        return Target("ours takes less than a plain build", "≥ 3", met=True)
    times, in_processor_time = (its / own for its, own in (clock, processor))
    measured = f"adds {times:.2f} × what ours adds ({in_processor_time:.2f} in processor time)"
    return Target(measured, "≥ 3", times >= 3, _by(in_processor_time >= 3))


def _by(in_processor_time: bool) -> str:  # noqa: FBT001
    return "" if in_processor_time else "by the clock"


def _growth(sizes: Sequence[Size]) -> Iterator[str]:
    """Yield what a page costs in time and memory on sites of all sizes."""
    yield f"| for each page | {' | '.join(f'{size.pages:,} pages' for size in sizes)} |"
    yield f"| --- |{' --- |' * len(sizes)}"
    kinds = (PLAIN, OURS, OURS_EDITED, CHECK, CHECK_UNCHANGED, CHECK_EDITED)
    for kind in kinds:
        times = (f"{size.milliseconds_per_page(kind):.1f} ms" for size in sizes)
        yield f"| {kind} | {' | '.join(times)} |"
    for kind in kinds:
        peaks = (f"{size.costs[kind].megabytes * 1000 / size.pages:.0f} kB" for size in sizes)
        yield f"| peak memory: {kind} | {' | '.join(peaks)} |"


def growth_of_sources(sizes: Sequence[Size]) -> Iterator[str]:
    """Yield what sites of equally many pages cost, by how many sources they have."""
    heads = " | ".join(f"{size.sources:,} sources" for size in sizes)
    yield f"| {sizes[0].pages:,} pages with | {heads} |"
    yield f"| --- |{' --- |' * len(sizes)}"
    for kind in sizes[0].costs:
        costs = (size.costs[kind] for size in sizes)
        told = (f"{cost.processor:.1f} s, {cost.megabytes:.0f} MB" for cost in costs)
        yield f"| {kind} | {' | '.join(told)} |"


if __name__ == "__main__":
    sys.exit(main())
