"""The check while a page is rendered: a page with findings is not rendered.

`guide check` and the MkDocs hook check the whole project and report everything. Without them
(Zensical runs no hooks, and mkdocs.yml may lack the hook) the Markdown extension calls it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.model.errors import PageFindingsError
from sourced_guide.claims.report.baseline import project_baseline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sourced_guide.claims.markdown.page_reader import PageReader
    from sourced_guide.claims.model.finding import Finding
    from sourced_guide.claims.project.guide import Guide


def stop_at_findings(
    check_page: Callable[[Guide], Iterable[Finding]], reader: PageReader, path: str
) -> None:
    """Raise PageFindingsError where a page, which has been collected, has findings.

    `check_page` returns the findings on a guide of one page. What is found outside the
    page (in settings, style sheets, other files) is for `guide check`.
    """
    project, guide = reader.project, reader.guide_of_page(path)
    files = {project.shown(project.docs / path)}
    files |= {statement.file for statement in guide.page(path).text.statements}
    stopping = [
        finding
        for finding in project_baseline(project).marked(check_page(guide))
        if finding.stops_the_build and finding.place.file in files
    ]
    if stopping:
        raise PageFindingsError("\n".join(finding.as_text() for finding in stopping))
