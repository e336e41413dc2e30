"""What making the handouts costs: `make bench` prints it as one Markdown table.

All handouts of the guide and its booklet in all layouts, from nothing and with nothing changed,
beside one build of the site and beside WeasyPrint, which makes one PDF of each of the same pages.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bench.cost import BENCH, HEAD, ROOT, Cost, Target, median_of, row, run, say
from sourced_guide.build.built_site.page import built_name
from sourced_guide.build.handouts.codes import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_RUNS = 3
BUILD = "one build of the guide"
COLD = "all handouts, from nothing"
WARM = "all handouts, nothing changed"
OTHER = "WeasyPrint"
_HERE = BENCH / "handouts"
_WEASYPRINT = [str(BENCH / "venv/bin/python"), "-m", "bench.with_weasyprint"]


def main() -> int:
    """Measure and print; return 0 whatever the figures are."""
    site, cache = _HERE / "site", _HERE / "cache"
    shutil.rmtree(_HERE, ignore_errors=True)
    _HERE.mkdir(parents=True)
    build = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)]
    handouts = str(Path(sys.executable).with_name("handouts"))
    make = [handouts, str(site), "--cache", str(cache)]
    theirs = BENCH / "handouts/weasyprint"
    costs: dict[str, list[Cost]] = {kind: [] for kind in (BUILD, COLD, WARM, OTHER)}
    for number in range(1, _RUNS + 1):
        say(f"handouts, run {number} of {_RUNS}")
        costs[BUILD].append(run(build, ROOT))
        shutil.rmtree(cache, ignore_errors=True)
        costs[COLD].append(run(make, ROOT))
        costs[WARM].append(run(make, ROOT))
        pages = [str(page) for page in _pages(site)]
        costs[OTHER].append(run([*_WEASYPRINT, *pages, str(theirs)], ROOT))
    made = len(list((site / FOLDER).glob("*.pdf")))
    medians = {kind: median_of(measured) for kind, measured in costs.items()}
    print("\n".join(_report(medians, made, len(list(theirs.iterdir())))))
    return 0


def _pages(site: Path) -> Iterator[Path]:
    """Yield the built pages that handouts are made of."""
    for page in json.loads((site / "claims.json").read_text("utf-8"))["pages"]:
        if not page["editorial"]:
            yield site / built_name(page["path"])


def _report(costs: Mapping[str, Cost], made: int, pages: int) -> Iterator[str]:
    cold, warm = costs[COLD], costs[WARM]
    seconds, whole = cold.processor / made, cold.wall / costs[BUILD].wall
    other = costs[OTHER].processor / pages / seconds
    yield HEAD
    yield row(BUILD, costs[BUILD])
    yield row(
        f"{COLD}, {made} PDFs", cold, Target(f"{seconds:.2f} s each", "≤ 0.2 s", seconds <= 0.2)
    )
    yield row("the same", cold, Target(f"{whole:.2f} × the build", "≤ 1", whole <= 1))
    yield row(WARM, warm, Target(f"{warm.wall:.2f} s", "≤ 1 s", warm.wall <= 1))
    yield row(f"{OTHER}: {pages} PDFs, A4 only, {other:.1f} × ours for each", costs[OTHER])


if __name__ == "__main__":
    sys.exit(main())
