"""Reads a whole guide: every page parsed, or known from an earlier run, and none rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.markdown.page_reader import PageReader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.project import Project


def read_guide(project: Project) -> Guide:
    """Return a project's guide.

    Raises UnusableProjectError where a Markdown extension fails on a page.
    """
    return guide_reader(project).guide()


def guide_reader(project: Project) -> PageReader:
    """Return a reader of a project's pages, which loads what parses them where one is new."""
    return PageReader(project, _parse)


def _parse(reader: PageReader, paths: Iterable[str]) -> None:
    # Most checks have no new page, and so need no Python-Markdown.
    from sourced_guide.claims.markdown.extension import collect  # noqa: PLC0415

    collect(reader, paths)
