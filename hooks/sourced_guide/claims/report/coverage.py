"""Coverage: how much of each page has a source, what was confirmed, what was set apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourced_guide.claims.model.statement import Role, Statement
from sourced_guide.claims.project.beside_pages.editorial_files import editorial_files
from sourced_guide.claims.review.matching import Readings, State, read_together

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sourced_guide.claims.project.guide import Guide

_COLUMNS = ("statements", "sourced", "editorial", *(state.value for state in State))
_PAIRS = (
    "The last three count pairs of a claim and a passage that it cites. Text that several pages "
    "include is counted on each."
)


@dataclass(frozen=True)
class PageCoverage:
    """One page in figures.

    `statements` and `sourced` count claims; `confirmed`, `suspect` and `never_confirmed` count
    pairs of a claim and a passage; `editorial` lists the page's texts about the guide itself.
    """

    path: str
    statements: int
    sourced: int
    confirmed: int
    suspect: int
    never_confirmed: int
    editorial: tuple[Statement, ...]
    reason: str

    @property
    def figures(self) -> tuple[int, ...]:
        """The page's figures in the order of the report's columns."""
        editorial = len(self.editorial)
        pairs = (self.confirmed, self.suspect, self.never_confirmed)
        return self.statements, self.sourced, editorial, *pairs


def coverage(guide: Guide) -> list[PageCoverage]:
    """Return every page's coverage, in the order of their paths."""
    return _coverage(guide, read_together(guide))


def report_lines(guide: Guide) -> Iterator[str]:
    """Yield the coverage report as text: a table, then what each of its lists holds, by place."""
    readings = read_together(guide)
    pages = _coverage(guide, readings)
    yield from _table(pages)
    yield ""
    yield _PAIRS
    yield from _list("Editorial text (about the guide itself, not sourced):", _editorial(pages))
    yield from _list(
        "Templates, style sheets and scripts that print text about the guide itself:",
        (f"{each.file}: {each.reason}" for each in editorial_files(guide.project)),
    )
    yield from _list("Suppressions (findings that were let stand):", _suppressions(guide))
    yield from _list("Confirmations that are gone (nobody claims this any more):", _gone(readings))


def _coverage(guide: Guide, readings: Readings) -> list[PageCoverage]:
    counts = Counter((page, each.state) for each in readings.pairs for page in each.pair.pages)
    return [
        PageCoverage(
            path=file.path,
            statements=len(page.claims),
            sourced=sum(bool(claim.citations) for claim in page.claims),
            confirmed=counts[file.path, State.CONFIRMED],
            suspect=counts[file.path, State.SUSPECT],
            never_confirmed=counts[file.path, State.NEVER],
            editorial=tuple(s for s in page.statements if s.role is Role.EDITORIAL),
            reason=str(file.meta.get("editorial") or ""),
        )
        for file, page in guide.pages
    ]


def _table(pages: Sequence[PageCoverage]) -> Iterator[str]:
    rows = [(page.path, page.figures) for page in pages]
    totals = [sum(column) for column in zip(*(figures for _, figures in rows), strict=True)]
    rows.append(("all pages", tuple(totals or [0] * len(_COLUMNS))))
    width = max(len(name) for name, _ in rows)
    yield "  ".join([f"{'page':<{width}}", *_COLUMNS])
    for name, figures in rows:
        cells = (
            f"{figure:>{len(column)}}" for figure, column in zip(figures, _COLUMNS, strict=True)
        )
        yield "  ".join([f"{name:<{width}}", *cells])


def _list(heading: str, lines: Iterable[str]) -> Iterator[str]:
    listed = list(lines)
    if listed:
        yield ""
        yield heading
        yield from listed


def _editorial(pages: Iterable[PageCoverage]) -> Iterator[str]:
    for page in pages:
        if page.reason:
            yield f"{page.path}: the whole page: {page.reason}"
            continue
        for statement in page.editorial:
            yield f"{statement.file}:{statement.line}: {statement.text}"


def _suppressions(guide: Guide) -> Iterator[str]:
    for each in guide.suppressions:
        yield f"{each.place.file}:{each.place.line}: {', '.join(each.rules)}: {each.reason}"


def _gone(readings: Readings) -> Iterator[str]:
    for each in readings.gone:
        yield f"{each.file}: {each.claim} [@{each.passage}] ({each.by}, {each.on})"
