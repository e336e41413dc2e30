"""SRC009: nothing that a reader sees is hidden from the checker."""

from __future__ import annotations

from collections.abc import Iterator

from guide.claims.findings import Place
from guide.claims.site import Site
from guide.claims.statements import Role

_LONGEST_QUOTE = 60


def unreadable_text(site: Site) -> Iterator[tuple[Place, str, str]]:
    """Text that a reader sees stands where no citation can be read.

    Bad:  <div>The pain is often worse at night.</div>
    Good: The pain is often worse at night. [@jama-2020#night-pain]
    """
    for file, page in site.pages():
        shown = site.shown(site.docs / file.path)
        for problem in file.problems:
            yield Place(shown, problem.line, problem.column), problem.message, problem.help
        for statement in page.statements:
            if statement.role is Role.UNREADABLE:
                words = statement.text[:_LONGEST_QUOTE]
                quote = f": '{words}'" if words else ""
                yield (
                    Place(statement.file, statement.line, statement.column),
                    f"{statement.kind} holds text that cannot be checked{quote}",
                    "write it as Markdown, or mark it { .editorial } where it is about the guide",
                )
