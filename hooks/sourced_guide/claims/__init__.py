"""Sources, citations, claims and the rules that hold them together.

The engine takes text and values and returns values and findings. It knows neither MkDocs nor
the other packages of the guide, and could serve any site that Python-Markdown renders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sourced_guide.claims.markdown.extension import ClaimsExtension


def makeExtension(**options: Any) -> ClaimsExtension:  # noqa: N802 (Python-Markdown's name)
    """Return the extension, as Python-Markdown asks for it."""
    # Every module of the engine loads this one first, and few of them render pages.
    from functools import partial  # noqa: PLC0415

    from sourced_guide.claims.markdown.extension import ClaimsExtension  # noqa: PLC0415
    from sourced_guide.claims.render.directives import fill_directives  # noqa: PLC0415
    from sourced_guide.claims.render.page import render_page  # noqa: PLC0415
    from sourced_guide.claims.report.page_gate import stop_at_findings  # noqa: PLC0415
    from sourced_guide.claims.rules import check_page  # noqa: PLC0415

    gate = partial(stop_at_findings, check_page)
    return ClaimsExtension(render_page, gate, fill_directives, **options)
