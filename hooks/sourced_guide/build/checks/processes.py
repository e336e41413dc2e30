"""`guide check --jobs N`: reads and checks pages in several processes at once.

Each process reads a share of the pages, and runs the rules that judge a claim or a page by itself.
What it works out goes into the store of the process that started it, which then checks the guide as
ever and finds most of the work done. So findings are the same, whatever the number of processes.
"""

from __future__ import annotations

import gc
import os
from concurrent.futures import as_completed
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.build.workers import in_processes
from sourced_guide.claims.markdown.extension import page_reader
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.project.store.store import Store
from sourced_guide.claims.rules import RULES, check

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sourced_guide.claims.project.project import Project
    from sourced_guide.claims.project.store.store import Gathered

# Starting a process takes as long as reading and checking this many pages.
_FEWEST_PAGES = 20
_OF_ONE_PAGE = frozenset(
    (
        *("SRC005", "SRC006", "SRC007", "SRC012", "SRC013", "SRC014", "SRC015"),
        *("EDT003", "GLO003", "TXT001"),
    )
)
# The settings, whether what is kept may be read, and the pages to read.
_Share = tuple[str, bool, tuple[str, ...]]


def checked_ahead(project: Project, pages: Iterable[str], config: str, jobs: int) -> Project:
    """Return a project whose store has what several processes have worked out on these pages.

    Without a store, what they have worked out is in memory only.
    """
    with_store = project.store.is_open
    if not with_store:
        project = replace(project, store=in_memory())
    reader = page_reader(project)
    new = [path for path in pages if not reader.is_kept(path)]
    jobs = min(jobs, len(new) // _FEWEST_PAGES)
    if jobs > 1:
        # Pages of one folder are alike, so each process gets some of each.
        shares = [(config, with_store, tuple(new[start::jobs])) for start in range(jobs)]
        with in_processes(_gathered, shares) as begun:
            for done in as_completed(begun):
                project.store.adopt(done.result())
    return project


def _gathered(share: _Share) -> Gathered:
    config, with_store, paths = share
    gc.disable()
    project = load_project(Path(config), with_store=with_store)
    if not with_store:
        project = replace(project, store=in_memory())
    guide = page_reader(project).guide_of(paths)
    check(guide, [rule for rule in RULES if rule.code in _OF_ONE_PAGE])
    return project.store.gathered()


def in_memory() -> Store:
    """Return a store that has no folder to read from, and is not saved."""
    return Store(Path(os.devnull))
