"""`guide release`: records what the guide claims now as its next edition.

It only writes the file; the editor commits it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.model.sanitize import visible
from sourced_guide.claims.project.io.atomic_write import write_atomically
from sourced_guide.claims.render.source_labels import kind_label
from sourced_guide.claims.report.baseline import project_baseline
from sourced_guide.claims.report.text import counted
from sourced_guide.claims.review.changes import changes_since, is_unchanged_since
from sourced_guide.claims.review.editions import (
    FOLDER,
    edition_bytes,
    edition_path,
    new_edition,
    newest_editions,
)
from sourced_guide.claims.rules import check
from sourced_guide.cli.command import FINDINGS, Command, Result

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.project import Project
    from sourced_guide.claims.review.changes import PageChanges
    from sourced_guide.claims.review.editions import Edition


def _add_options(parser: ArgumentParser) -> None:
    """Add none: an edition is the whole guide, as it is."""


def _run(project: Project, _options: Namespace) -> Result:
    guide = read_guide(project)
    findings = project_baseline(project).marked(check(guide))
    if stopping := [finding for finding in findings if finding.stops_the_build]:
        lines = [finding.as_text() for finding in stopping]
        lines.append(f"not released: {counted(len(stopping), 'finding')}")
        return Result("\n".join(lines), FINDINGS)
    last = next(iter(newest_editions(project)), None)
    edition = new_edition(guide, last, kind_label)
    lines = list(_lines(guide, edition, last))
    path = edition_path(edition, project)
    if path.exists():
        raise UnusableProjectError(f"{FOLDER}/{path.name} exists; an edition is never written anew")
    write_atomically(path, edition_bytes(edition))
    lines.append(f"commit {FOLDER}/{path.name}")
    return Result("\n".join(map(visible, lines)))


def _lines(guide: Guide, edition: Edition, last: Edition | None) -> Iterator[str]:
    """Yield what the edition claims and what has changed since the last one, by page."""
    statements = sum(len(page.claims) for page in edition.pages.values())
    about = f"edition {edition.number}, {edition.on}: {counted(statements, 'statement')}"
    if not last:
        yield f"{about} on {counted(len(edition.pages), 'page')}, the first edition"
        return
    if last.on > edition.on:
        raise UnusableProjectError(
            f"edition {last.number} is of {last.on}, which is later than {edition.on}"
        )
    if is_unchanged_since(last, guide):
        raise UnusableProjectError(
            f"the guide claims what edition {last.number} claims: there is nothing to release"
        )
    changes = changes_since(last, guide)
    yield f"{about}; since edition {last.number}: {_counts(changes.total)}"
    for page in changes.sections:
        yield f"  {page.path or 'several pages'}: {_counts(page)}"


def _counts(page: PageChanges) -> str:
    return f"{len(page.new)} new, {len(page.changed)} changed, {len(page.gone)} gone"


COMMAND = Command("release", "record what the guide claims as an edition", _add_options, _run)
