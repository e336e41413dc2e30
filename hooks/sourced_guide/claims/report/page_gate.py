"""The gate where no other runs: a page with findings is not rendered.

`guide check` and the MkDocs hook look at the whole project and report everything. Without them
(Zensical runs no hooks, and a hook can be left out of mkdocs.yml) the Markdown extension asks here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.model.errors import PageFindingsError
from sourced_guide.claims.report.baseline import project_baseline
from sourced_guide.claims.rules import RULES, check

if TYPE_CHECKING:
    from sourced_guide.claims.markdown.page_reader import PageReader

# Rules that judge a page by itself and its sources; the others need all pages.
_OF_A_PAGE = {*(f"SRC00{number}" for number in range(1, 10)), "GLO003"}


def stop_at_findings(reader: PageReader, path: str) -> None:
    """Raise PageFindingsError where a page, which has been collected, has findings.

    What is found beside the page (in settings, style sheets, other files) is for `guide check`.
    """
    project, alone = reader.project, reader.guide_of_page(path)
    files = {project.shown(project.docs / path)}
    files |= {statement.file for statement in alone.page(path).text.statements}
    found = check(alone, [rule for rule in RULES if rule.code in _OF_A_PAGE])
    stopping = [
        finding
        for finding in project_baseline(project).marked(found)
        if finding.stops_the_build and finding.place.file in files
    ]
    if stopping:
        raise PageFindingsError("\n".join(finding.as_text() for finding in stopping))
