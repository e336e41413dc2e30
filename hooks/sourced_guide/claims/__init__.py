"""Sources, citations, claims and the rules that hold them together.

The engine takes text and values and returns values and findings. It knows neither MkDocs nor
the other packages of the guide, and could serve any site that Python-Markdown renders.
"""

from functools import partial
from typing import Any

from sourced_guide.claims.markdown.extension import ClaimsExtension
from sourced_guide.claims.render.directives import fill_directives
from sourced_guide.claims.render.page import render_page
from sourced_guide.claims.report.page_gate import stop_at_findings
from sourced_guide.claims.rules import check_page


def makeExtension(**options: Any) -> ClaimsExtension:  # noqa: N802 (Python-Markdown's name)
    """Return the extension, as Python-Markdown asks for it."""
    gate = partial(stop_at_findings, check_page)
    return ClaimsExtension(render_page, gate, fill_directives, **options)
