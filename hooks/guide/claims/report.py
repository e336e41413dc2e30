"""Coverage: how much of what each page says has a source, and what was set apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guide.claims.site import Site
from guide.claims.statements import Role, Statement


@dataclass(frozen=True)
class PageCoverage:
    """One page in figures; `editorial` lists its texts about the guide itself."""

    path: str
    statements: int
    sourced: int
    editorial: tuple[Statement, ...]
    reason: str


def coverage(site: Site) -> list[PageCoverage]:
    """Return every page's coverage, in the order of their paths."""
    return [
        PageCoverage(
            path=file.path,
            statements=len(page.claims),
            sourced=sum(bool(claim.citations) for claim in page.claims),
            editorial=tuple(s for s in page.statements if s.role is Role.EDITORIAL),
            reason=str(file.meta.get("editorial") or ""),
        )
        for file, page in site.pages()
    ]


def report_lines(site: Site) -> Iterator[str]:
    """Yield the coverage report as text: a table, then every editorial text and its place."""
    pages = coverage(site)
    width = max([len(page.path) for page in pages] + [len("page")])
    yield f"{'page':<{width}}  statements  sourced  editorial"
    for page in pages:
        yield _row(page.path, width, page.statements, page.sourced, len(page.editorial))
    yield _row(
        "all pages",
        width,
        sum(page.statements for page in pages),
        sum(page.sourced for page in pages),
        sum(len(page.editorial) for page in pages),
    )
    yield ""
    yield "Editorial text (about the guide itself, not sourced):"
    for page in pages:
        if page.reason:
            yield f"{page.path}: the whole page: {page.reason}"
            continue
        for statement in page.editorial:
            yield f"{statement.file}:{statement.line}: {statement.text}"


def _row(name: str, width: int, statements: int, sourced: int, editorial: int) -> str:
    return f"{name:<{width}}  {statements:>10}  {sourced:>7}  {editorial:>9}"
