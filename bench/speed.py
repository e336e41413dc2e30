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
from pathlib import Path
from typing import TYPE_CHECKING, cast

import yaml

from bench.cost import BENCH, HEAD, ROOT, Cost, Target, median_of, row, run, say
from bench.figures import EDITORS, write_figures
from bench.synthetic import (
    as_bibtex,
    as_bibtex_citations,
    generate,
    without_citations,
)
from sourced_guide.claims.markdown.extension import read_guide
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.report.export import claims_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

BIBTEX_PYTHON = BENCH / "venv/bin/python"
PLAIN = "plain build"
OURS = "our build"
BIBTEX = "mkdocs-bibtex build"
CHECK = "claims check"
# With what the runs before have kept; all other runs have nothing.
UNCHANGED, EDITED = "nothing changed", "one page changed"
CHECK_UNCHANGED, CHECK_EDITED = f"{CHECK}, {UNCHANGED}", f"{CHECK}, {EDITED}"
OURS_EDITED = f"{OURS}, {EDITED}"
# Larger sites are run less often: what a run costs grows, and how much runs differ shrinks.
_RUNS_OF_LARGE_SITES = 1
_LARGE = 500
_OUR_EXTENSIONS = "guide."
# Settings that name pages of the guide, which other sites do not have.
_NAMES_PAGES = frozenset(("redirects", "packs", "posters", "urgent_page", "help_pages"))
_OUR_PLUGIN = "sourced-guide"


@dataclass(frozen=True)
class Size:
    """What a site of one size cost, by kind of run: the medians."""

    pages: int
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
    parser.add_argument("--pages", nargs="+", type=int, default=[100, 200, 300, 1000], metavar="N")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="fewer on large sites")
    options = parser.parse_args()
    sizes = [
        _measure(pages, options.runs if pages < _LARGE else _RUNS_OF_LARGE_SITES)
        for pages in sorted(options.pages)
    ]
    say("the guide itself")
    anew, kept = ([*_claims_check(ROOT), "--no-cache"], _claims_check(ROOT))
    # What is kept may be of another state of the program.
    run(kept, ROOT, (0, 1))
    guide = [
        median_of([run(each, ROOT, (0, 1)) for _ in range(options.runs)]) for each in (anew, kept)
    ]
    tables = {"speed": list(_report(sizes, *guide)), "growth": list(_growth(sizes))}
    told = claims_data(read_guide(load_project(ROOT / "mkdocs.yml")))
    for name, lines in tables.items():
        print("\n".join([*lines, ""]))
        write_figures(ROOT / EDITORS / "speed.md", name, told, lines)
    return 0


def _measure(pages: int, runs: int) -> Size:
    folder = BENCH / f"{pages}-pages"
    commands = _prepare(folder, pages)
    costs: dict[str, list[Cost]] = {kind: [] for kind in commands}
    for number in range(1, runs + 1):
        for kind, (command, site) in commands.items():
            say(f"{pages} pages, run {number} of {runs}: {kind}")
            shutil.rmtree(site / "site", ignore_errors=True)
            _prepare_run(kind, site, number)
            costs[kind].append(run(command, site))
    return Size(pages, runs, {kind: median_of(measured) for kind, measured in costs.items()})


def _prepare_run(kind: str, site: Path, number: int) -> None:
    """Forget what was kept, or change a page."""
    if kind.endswith(EDITED):
        _change_a_page(site / "docs/index.md", f"{kind} {number}")
    elif not kind.endswith(UNCHANGED):
        shutil.rmtree(site / ".cache", ignore_errors=True)


def _change_a_page(page: Path, words: str) -> None:
    text = page.read_text("utf-8").partition("\n\nThis site was measured")[0]
    page.write_text(f"{text}\n\nThis site was measured for {words}.\n{{ .editorial }}\n", "utf-8")


def _prepare(folder: Path, pages: int) -> dict[str, tuple[list[str], Path]]:
    """Make the three sites; return the command of each kind of run and where it runs."""
    say(f"making {pages} pages")
    shutil.rmtree(folder, ignore_errors=True)
    ours, plain, bibtex = folder / "ours", folder / "plain", folder / "bibtex"
    for site in (ours, plain, bibtex):
        site.mkdir(parents=True)
        for name in ("includes", "overrides"):
            shutil.copytree(ROOT / name, site / name)
    generate(ours, project=ROOT, pages=pages)
    _copy_docs(ours, plain, without_citations)
    _copy_docs(ours, bibtex, as_bibtex_citations)
    (bibtex / "refs.bib").write_text(as_bibtex(ours / "docs/references"), "utf-8")
    _write_settings(ours, with_ours=True)
    _write_settings(plain, with_ours=False)
    _write_settings(bibtex, with_ours=False, plugin={"bibtex": {"bib_file": "refs.bib"}})
    build = ["-m", "mkdocs", "build", "--quiet"]
    return {
        PLAIN: ([sys.executable, *build], plain),
        **({BIBTEX: ([str(BIBTEX_PYTHON), *build], bibtex)} if BIBTEX_PYTHON.exists() else {}),
        CHECK: (_claims_check(ours), ours),
        # Each needs what the one before has kept.
        CHECK_UNCHANGED: (_claims_check(ours), ours),
        CHECK_EDITED: (_claims_check(ours), ours),
        OURS: ([sys.executable, *build], ours),
        OURS_EDITED: ([sys.executable, *build], ours),
    }


def _claims_check(site: Path) -> list[str]:
    command = Path(sys.executable).with_name("claims")
    return [str(command), "check", "--config", str(site / "mkdocs.yml")]


def _copy_docs(ours: Path, other: Path, change: Callable[[str], str]) -> None:
    shutil.copytree(ours / "docs", other / "docs", ignore=shutil.ignore_patterns("*.yml"))
    for page in (other / "docs").rglob("*.md"):
        page.write_text(change(page.read_text("utf-8")), "utf-8")


def _write_settings(
    site: Path, *, with_ours: bool, plugin: Mapping[str, Mapping[str, str]] | None = None
) -> None:
    """Write the guide's own mkdocs.yml, without its list of pages.

    It is changed as nodes, so that tags such as `!ENV` stay as they are.
    """
    settings = cast("yaml.MappingNode", yaml.compose((ROOT / "mkdocs.yml").read_text("utf-8")))
    settings.value = [pair for pair in settings.value if pair[0].value != "nav"]
    listed = {name.value: node for name, node in settings.value}
    _without_pages(listed["extra"])
    extensions = listed["markdown_extensions"]
    for node in extensions.value:
        if isinstance(node, yaml.MappingNode):
            _without_pages(node.value[0][1])
    if not with_ours:
        extensions.value = [
            node for node in extensions.value if not _first_name(node).startswith(_OUR_EXTENSIONS)
        ]
        plugins = listed["plugins"]
        plugins.value = [node for node in plugins.value if _first_name(node) != _OUR_PLUGIN]
    if plugin:
        listed["plugins"].value.append(yaml.compose(yaml.safe_dump(plugin)))
    (site / "mkdocs.yml").write_text(yaml.serialize(settings), "utf-8")


def _without_pages(options: yaml.Node) -> None:
    """Take out of an extension's options what names pages of the guide."""
    if isinstance(options, yaml.MappingNode):
        options.value = [pair for pair in options.value if pair[0].value not in _NAMES_PAGES]


def _first_name(node: yaml.Node) -> str:
    """Return the name of a list's entry, `toc` for both `- toc` and `- toc: {...}`."""
    return str(node.value[0][0].value if isinstance(node, yaml.MappingNode) else node.value)


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
        faster = size.extra_milliseconds_per_page(BIBTEX) / size.extra_milliseconds_per_page(OURS)
        told = Target(f"adds {faster:.2f} × what ours adds", "≥ 3", met=faster >= 3)
        targets[BIBTEX] = told
    runs = f"{size.runs} run{'s' if size.runs > 1 else ''}"
    for kind, target in targets.items():
        yield row(f"{size.pages:,} pages, {runs}: {kind}", size.costs[kind], target)


def _growth(sizes: Sequence[Size]) -> Iterator[str]:
    """Yield what a page costs in time and memory on sites of all sizes."""
    kinds = (PLAIN, OURS, OURS_EDITED, CHECK, CHECK_UNCHANGED, CHECK_EDITED)
    pages = " | ".join(f"{size.pages:,} pages" for size in sizes)
    yield f"| for each page | {pages} |"
    yield f"| --- |{' --- |' * len(sizes)}"
    for kind in kinds:
        times = (f"{size.milliseconds_per_page(kind):.1f} ms" for size in sizes)
        yield f"| {kind} | {' | '.join(times)} |"
    for kind in (PLAIN, OURS, CHECK):
        peaks = (f"{size.costs[kind].megabytes * 1000 / size.pages:.0f} kB" for size in sizes)
        yield f"| peak memory: {kind} | {' | '.join(peaks)} |"


if __name__ == "__main__":
    sys.exit(main())
