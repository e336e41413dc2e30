"""Reads and checks the new pages of a guide in several processes at once.

Each process reads a share of the pages, and runs the rules that judge a claim or a page by itself.
What it works out goes into the store of the process that started it, which then checks the guide as
ever and finds most of the work done. So findings are the same, whatever the number of processes.
"""

from __future__ import annotations

import gc
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.build.copies import shared_work
from sourced_guide.build.workers import beside, can_fork, processors
from sourced_guide.claims.markdown.whole_guide import guide_reader
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.project.store.store import in_memory
from sourced_guide.claims.rules import check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sourced_guide.claims.markdown.page_reader import PageReader
    from sourced_guide.claims.project.store.store import Gathered
    from sourced_guide.claims.rules.rule import Rule

# Fewer are read and checked before another process is of use.
FEWEST_PAGES = 20
# So many are checked at a time. One process may have to wait for those of another.
PAGES_OF_A_BATCH = 4
# Each process has the sources and the words of all rules in memory.
_MOST_PROCESSES = 4
# What these load and look up, no copy of this process has to.
_FIRST_PAGES = 3
_OF_ONE_PAGE = frozenset(
    (
        *("SRC005", "SRC006", "SRC007", "SRC012", "SRC013", "SRC014", "SRC015"),
        *("EDT003", "GLO003", "TXT001"),
    )
)


def default_jobs() -> int:
    """Return in how many processes new pages are checked where nobody says.

    A process that has to start by itself first loads all that this one has in memory.
    """
    return min(processors(), _MOST_PROCESSES) if can_fork() else 1


def check_ahead(
    reader: PageReader,
    new: Sequence[str],
    rules: Iterable[Rule],
    jobs: int,
    read_again: Callable[[], PageReader],
) -> None:
    """Read and check new pages in several processes, if there are enough of them.

    What they have worked out is in the reader's store then. What fails in one of them is left for
    whoever reads and checks the whole guide. A process that cannot be a copy of this one calls
    `read_again` for a reader of its own.
    """
    jobs = min(jobs, len(new) // FEWEST_PAGES)
    if jobs <= 1:
        return
    judging = rules_of_one_page(rules)
    with suppress(UnusableProjectError, OSError):
        check(reader.guide_of(new[:_FIRST_PAGES]), judging)
        rest = new[_FIRST_PAGES:]
        if can_fork():
            _check_with_copies(reader, judging, rest, jobs - 1)
            return
        # Pages of one folder are alike, so each process gets some of each.
        own, *others = (rest[start::jobs] for start in range(jobs))
        with beside(partial(_anew, read_again, judging), others) as outcomes:
            check(reader.guide_of(own), judging)
            for gathered in filter(None, outcomes):
                reader.project.store.adopt(gathered)


def _check_with_copies(
    reader: PageReader, rules: Sequence[Rule], paths: Sequence[str], copies: int
) -> None:
    """Check pages, some of them in copies of this process, for the reader's store."""
    starts = range(0, len(paths), PAGES_OF_A_BATCH)
    batches = [paths[start : start + PAGES_OF_A_BATCH] for start in starts]
    store = reader.project.store

    def in_copy(number: int) -> Gathered:
        store.forget_new()
        check(reader.guide_of(batches[number]), rules)
        return store.gathered()

    with shared_work(in_copy, len(batches), copies) as shared:
        for number, batch in enumerate(batches):
            if gathered := shared.take(number):
                store.adopt(gathered)
            else:
                check(reader.guide_of(batch), rules)


def rules_of_one_page(rules: Iterable[Rule]) -> list[Rule]:
    """Return those rules that judge a claim or a page by itself."""
    return [rule for rule in rules if rule.code in _OF_ONE_PAGE]


def new_reader(config: str, *, with_store: bool) -> PageReader:
    """Return a reader of the project of a configuration, for a process that starts by itself."""
    project = load_project(Path(config), with_store=with_store)
    return guide_reader(project if with_store else replace(project, store=in_memory()))


def _anew(read: Callable[[], PageReader], rules: Sequence[Rule], paths: Sequence[str]) -> Gathered:
    # What is made stays until the end.
    gc.disable()
    reader = read()
    check(reader.guide_of(paths), rules)
    return reader.project.store.gathered()
