"""Coverage: how much of each page has a source, what was confirmed, what is editorial."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sourced_guide.claims.model.statement import Role, Statement
from sourced_guide.claims.project.non_page_text.editorial_files import editorial_files
from sourced_guide.claims.report.evidence import evidence_lines
from sourced_guide.claims.review.matching import Reviews, ReviewStatus
from sourced_guide.claims.review.reviews import review_links

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sourced_guide.claims.project.guide import Guide

_COLUMNS = ("statements", "sourced", "editorial", *(status.value for status in ReviewStatus))
_LINKS = (
    "The last three columns count claim-passage links. Text that several pages "
    "include is counted on each."
)


@dataclass(frozen=True)
class PageCoverage:
    """The coverage of one page.

    `statements` and `sourced` count claims; `confirmed`, `stale` and `never_confirmed` count
    claim-passage links; `editorial` lists the page's texts about the guide itself.
    """

    path: str
    statements: int
    sourced: int
    confirmed: int
    stale: int
    never_confirmed: int
    editorial: tuple[Statement, ...]
    reason: str

    @property
    def figures(self) -> tuple[int, ...]:
        """The page's figures in the order of the report's columns."""
        editorial = len(self.editorial)
        reviewed = (self.confirmed, self.stale, self.never_confirmed)
        return self.statements, self.sourced, editorial, *reviewed


def coverage(guide: Guide) -> list[PageCoverage]:
    """Return every page's coverage, in the order of their paths."""
    return _coverage(guide, review_links(guide))


def report_lines(guide: Guide) -> Iterator[str]:
    """Yield the coverage report as text: two tables, then lists with locations."""
    reviews = review_links(guide)
    pages = _coverage(guide, reviews)
    yield from _table(pages)
    yield ""
    yield _LINKS
    yield ""
    yield from evidence_lines(guide)
    yield from _list("Editorial text (about the guide itself, not sourced):", _editorial(pages))
    yield from _list(
        "Templates, style sheets and scripts that print text about the guide itself:",
        (
            f"{code.file}: {code.reason}"
            for code in editorial_files(guide.project)
            if _is_own(code.file)
        ),
    )
    yield from _list("Rules that mkdocs.yml ignores:", guide.project.options.ignored)
    yield from _list("Suppressions (findings that are allowed):", _suppressions(guide))
    yield from _list("Orphaned confirmations (no claim matches any more):", _orphaned(reviews))


def _coverage(guide: Guide, reviews: Reviews) -> list[PageCoverage]:
    counts = Counter(
        (page, review.status) for review in reviews.links for page in review.link.pages
    )
    return [
        PageCoverage(
            path=file.path,
            statements=len(page.claims),
            sourced=sum(bool(claim.citations) for claim in page.claims),
            confirmed=counts[file.path, ReviewStatus.CONFIRMED],
            stale=counts[file.path, ReviewStatus.STALE],
            never_confirmed=counts[file.path, ReviewStatus.NEVER_CONFIRMED],
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
    for allowed in guide.suppressions:
        if _is_own(allowed.place.file):
            place = f"{allowed.place.file}:{allowed.place.line}"
            yield f"{place}: {', '.join(allowed.rules)}: {allowed.reason}"


def _is_own(file: str) -> bool:
    """Say whether a file is the project's: those of the package's theme are named in full."""
    return not Path(file).is_absolute()


def _orphaned(reviews: Reviews) -> Iterator[str]:
    for entry in reviews.orphaned:
        yield f"{entry.file}: {entry.claim} [@{entry.passage}] ({entry.by}, {entry.on})"
