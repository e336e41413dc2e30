"""What the guide's machinery costs: `make bench` writes it into docs/editors/speed.md.

Whole processes on generated sites, each kind of run in turn so that a busy machine slows all of
them alike. Ratios are of processor time (user and system), which other programs disturb least.
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
    claims_check,
    prepare,
    prepare_run,
)
from bench.speed.steps import steps_of
from bench.synthetic import SOURCES
from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.report.export import claims_data

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# Larger sites are run less often: what a run costs grows, and how much runs differ shrinks.
_RUNS_OF_LARGE_SITES = 1
_LARGE = 500
_LARGEST_WITH_PARTS = 3000
# Of sites that differ in the number of their sources.
_PAGES_WITH_SOURCES = 300
_SOURCES = (300, 1000, 3000)


@dataclass(frozen=True)
class Size:
    """What a site of one size cost, by kind of run: the medians."""

    pages: int
    sources: int
    runs: int
    costs: Mapping[str, Cost]

    def ratio(self, one: str, other: str) -> float:
        """Return how many times the processor time of `other` one kind of run takes."""
        return self.costs[one].processor / self.costs[other].processor

    def milliseconds_per_page(self, kind: str) -> float:
        """Return the processor time of a kind of run for each page."""
        return self.costs[kind].processor / self.pages * 1000

    def extra_milliseconds_per_page(self, kind: str) -> float:
        """Return what a kind of build adds to a plain one for each page."""
        return self.milliseconds_per_page(kind) - self.milliseconds_per_page(PLAIN)


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

    sizes = [
        _measure(pages, SOURCES, options.runs if pages < _LARGE else _RUNS_OF_LARGE_SITES)
        for pages in sorted(options.pages)
    ]
    write("speed.md", "speed", list(_report(sizes, *_of_this_guide(options.runs))))
    write("speed.md", "growth", list(_growth(sizes)))
    by_sources = [
        _measure(_PAGES_WITH_SOURCES, sources, _RUNS_OF_LARGE_SITES)
        for sources in sorted(options.sources)
    ]
    write("speed.md", "growth of sources", list(growth_of_sources(by_sources)))
    print("\n".join([*steps_of(BENCH / "guide"), ""]), flush=True)
    write("large-sites.md", "parts", list(parts_of(BENCH / "parts", options.parts)))
    return 0


def _of_this_guide(runs: int) -> tuple[Cost, Cost]:
    """Return what a check of this guide costs, anew and with nothing changed."""
    say("the guide itself")
    anew, kept = ([*claims_check(ROOT), "--no-cache"], claims_check(ROOT))
    # What is kept may be of another state of the program.
    run(kept, ROOT, (0, 1))
    costs: list[list[Cost]] = [[], []]
    for _ in range(runs):
        for measured, command in zip(costs, (anew, kept), strict=True):
            measured.append(run(command, ROOT, (0, 1)))
    return median_of(costs[0]), median_of(costs[1])


def _measure(pages: int, sources: int, runs: int) -> Size:
    folder = BENCH / f"{pages}-pages-{sources}-sources"
    commands = prepare(folder, pages, sources)
    costs: dict[str, list[Cost]] = {kind: [] for kind in commands}
    for number in range(1, runs + 1):
        for kind, (command, site) in commands.items():
            say(f"{pages} pages, {sources} sources, run {number} of {runs}: {kind}")
            shutil.rmtree(site / "site", ignore_errors=True)
            prepare_run(kind, site, number)
            costs[kind].append(run(command, site))
    shutil.rmtree(folder)
    return Size(pages, sources, runs, {kind: median_of(each) for kind, each in costs.items()})


def _report(sizes: Sequence[Size], guide: Cost, kept: Cost) -> Iterator[str]:
    yield HEAD
    for size in sizes:
        yield from _rows(size)
    yield row(f"this guide: {CHECK}", guide)
    within = Target(f"{kept.processor:.2f} s", "≤ 0.5 s", met=kept.processor <= 0.5)
    yield row(f"this guide: {CHECK_UNCHANGED}", kept, within)


def _rows(size: Size) -> Iterator[str]:
    ours, check = size.ratio(OURS, PLAIN), size.ratio(CHECK, PLAIN)
    edited = size.ratio(OURS_EDITED, PLAIN)
    targets = {
        PLAIN: None,
        OURS: Target(f"{ours:.2f} × plain", "≤ 1.6", met=ours <= 1.6),
        OURS_EDITED: Target(f"{edited:.2f} × plain", "≤ 1.2", met=edited <= 1.2),
        CHECK: Target(f"{check:.2f} × plain", "≤ 0.7", met=check <= 0.7),
        CHECK_UNCHANGED: None,
        CHECK_EDITED: None,
    }
    if BIBTEX in size.costs:
        targets[BIBTEX] = _beside_bibtex(size)
    runs = f"{size.runs} run{'s' if size.runs > 1 else ''}"
    for kind, target in targets.items():
        yield row(f"{size.pages:,} pages, {runs}: {kind}", size.costs[kind], target)


def _beside_bibtex(size: Size) -> Target:
    its, own = (size.extra_milliseconds_per_page(kind) for kind in (BIBTEX, OURS))
    if own <= 0:
        return Target("ours takes less than a plain build", "≥ 3", met=True)
    return Target(f"adds {its / own:.2f} × what ours adds", "≥ 3", met=its >= 3 * own)


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
