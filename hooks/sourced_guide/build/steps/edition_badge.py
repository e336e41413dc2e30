"""Which edition a page is of, written into it, and what tells the page from an older one."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from sourced_guide.claims.project.clock import humanize

if TYPE_CHECKING:
    from sourced_guide.build.built_site.edition import Edition

_PLACE = re.compile(r'<time class="cs-edition"[^>]*>[^<]*</time>')
_EMPTY = '<time class="cs-edition"></time>'
# Of the digest of a page, enough to tell two editions of it apart.
_DIGITS = 8


def with_edition(html: str, edition: Edition) -> str:
    """Return a page with the day of its edition, and the SHA-256 of all else, in their place.

    Where a page has no such place, it stays as it is. A page that another edition has not changed
    keeps its digest, so that nobody is sent to load it anew.
    """
    digest = hashlib.sha256(_PLACE.sub(_EMPTY, html).encode()).hexdigest()[:_DIGITS]
    made = (
        f'<time class="cs-edition" datetime="{edition.checked}" data-cs-page="{digest}">'
        f"{humanize(edition.checked) if edition.checked else ''}</time>"
    )
    return _PLACE.sub(made, html)
