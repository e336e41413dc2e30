"""All handouts of a built site: what is new is set, side by side; what is not is copied."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from inspect import getsource
from typing import TYPE_CHECKING

from sourced_guide.build.handouts import compile as pdf
from sourced_guide.build.handouts import row_headers as heads
from sourced_guide.build.handouts.alert_card import CARD, card, card_page
from sourced_guide.build.handouts.compile import (
    LARGE,
    LAYOUTS,
    PAPERS,
    TEMPLATE,
    UnsettableError,
    font_files,
    gather_fonts,
    set_pdf,
)
from sourced_guide.build.handouts.document import BOOKLET, booklet, handout
from sourced_guide.build.handouts.errors import UnwritableError, described
from sourced_guide.build.handouts.page_model import Built, holding, read_site
from sourced_guide.build.workers import in_processes
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.io.atomic_write import (
    remove_unfinished,
    write_together,
    write_whole,
)

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "handouts"
Watch = Callable[[Iterable[Future[None]], int], Iterable[Future[None]]]
# The name of a handout, the layouts that it is set in, and its code.
Written = tuple[str, tuple[str, ...], str]


@dataclass(frozen=True)
class Sheets:
    """One handout in one layout, and the file that keeps it: named by all that goes into it."""

    name: str
    layout: str
    code: str
    kept: Path

    @property
    def file(self) -> str:
        """What its file in the site is called."""
        return f"{self.name}-{self.layout}.pdf"


@dataclass
class Outcome:
    """What was made, what was there already, and what stood in the way of the rest."""

    made: int = 0
    kept: int = 0
    faults: list[str] = field(default_factory=list)
    has_address: bool = True


def make_handouts(site: Path, cache: Path, watch: Watch) -> Outcome:
    """Write the handouts of a built site into it; `cache` keeps them for the next time.

    `watch` is given what is being made and how much there is of it, and passes it on.

    Raises UnusableSiteError where there is no built site, UnwritableFileError where a file cannot
    be written: then all handouts stay as they were.
    """
    built = read_site(site)
    outcome = Outcome(has_address=all(page.address for page in built.pages))
    written, outcome.faults = _write(built)
    wanted = [
        Sheets(name, layout, code, cache / f"{_digest(code, layout)}.pdf")
        for name, layouts, code in written
        for layout in layouts
    ]
    # Copies are kept in one file, which is set once.
    new = list({each.kept: each for each in wanted if not each.kept.exists()}.values())
    try:
        failed = _set_all(new, gather_fonts(cache / "fonts"), watch) if new else {}
    finally:
        # A process that had to end at once leaves what it was writing.
        remove_unfinished(cache)
    for each in wanted:
        if error := failed.get(each.kept):
            outcome.faults.append(f"{each.file}: {_explained(built, each.name, error)}")
    write_together(
        {
            site / FOLDER / each.file: each.kept.read_bytes()
            for each in wanted
            if each.kept not in failed
        }
    )
    _clear(site / FOLDER, cache, wanted, failed)
    outcome.made = len(new) - len(failed)
    outcome.kept = len({each.kept for each in wanted}) - len(new)
    return outcome


def _write(built: Built) -> tuple[list[Written], list[str]]:
    """Return the booklet and every handout as code, and what cannot be written."""
    written: list[Written] = []
    faults: list[str] = []
    with_card = card_page(built)
    for page in built.pages:
        # The handout of this page is the card. In large print it is the page: a card of this size
        # has no room for large letters.
        layouts = (LARGE,) if page is with_card else LAYOUTS
        try:
            written.append((page.name, layouts, handout(built, page)))
        except UnwritableError as error:
            faults.append(str(error))
    missing = bool(faults)
    if with_card:
        try:
            code = card(built, with_card)
            written += [(CARD, PAPERS, code), (with_card.name, PAPERS, code)]
        except UnwritableError as error:
            faults.append(str(error))
    if missing:
        faults.append(f"{BOOKLET}: not made, because a page of it cannot be written")
    else:
        # It takes longest, so it is begun first.
        written.insert(0, (BOOKLET, LAYOUTS, booklet(built)))
    return written, faults


def _digest(code: str, layout: str) -> str:
    return hashlib.sha256("\0".join([*_shared(), layout, code]).encode()).hexdigest()


def _shared() -> Iterator[str]:
    """Yield what goes into every handout."""
    if not _SHARED:
        fonts = [hashlib.sha256(file.read_bytes()).hexdigest() for file in font_files()]
        made_by = [*map(version, ("typst", "pikepdf")), getsource(heads), getsource(pdf)]
        _SHARED.extend([*made_by, TEMPLATE, *fonts])
    yield from _SHARED


_SHARED: list[str] = []


def _set_all(sheets: list[Sheets], fonts: Path, watch: Watch) -> dict[Path, UnsettableError]:
    """Set what is new, in processes side by side; return what failed by the file to keep it in."""
    failed: dict[Path, UnsettableError] = {}
    try:
        with in_processes(partial(_set, fonts=fonts), sheets) as begun:
            for done in watch(as_completed(begun), len(begun)):
                try:
                    done.result()
                except UnsettableError as error:
                    failed[begun[done].kept] = error
    except BrokenProcessPool as error:
        raise UnusableProjectError(
            "a process that sets pages was ended from outside, perhaps for lack of memory; "
            "run it again"
        ) from error
    return failed


def _set(sheets: Sheets, fonts: Path) -> None:
    write_whole(sheets.kept, set_pdf(sheets.code, sheets.layout, fonts))


def _explained(built: Built, name: str, error: UnsettableError) -> str:
    """Say what stood in the way, and in which element of the page where that can be told."""
    if not error.missing:
        return str(error)
    told = []
    for text in error.missing:
        pages = [page for page in built.pages if name in (page.name, BOOKLET)]
        found = next((page for page in pages if text in page.body.text_content()), None)
        where = f" in {found.path}: {described(holding(found.body, text))}" if found else ""
        told.append(f"the font has no “{text}”{where}")
    return "; ".join(told)


def _clear(
    site: Path, cache: Path, wanted: list[Sheets], failed: dict[Path, UnsettableError]
) -> None:
    """Remove handouts that failed now and were made before, and what the cache keeps for nobody."""
    for each in wanted:
        if each.kept in failed:
            (site / each.file).unlink(missing_ok=True)
    kept = {each.kept for each in wanted}
    for file in cache.glob("*.pdf"):
        if file not in kept:
            file.unlink(missing_ok=True)
