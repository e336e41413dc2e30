"""Writes the edition into a page, and a digest that changes with the page."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from sourced_guide.claims.project.clock import humanize

if TYPE_CHECKING:
    from sourced_guide.build.built_site.edition import Edition

_PLACE = re.compile(r'<time class="cs-edition"[^>]*>[^<]*</time>')
_EMPTY = '<time class="cs-edition"></time>'
# Enough digits of a digest to distinguish two editions of a page.
_DIGITS = 8


def with_edition(html: str, edition: Edition) -> str:
    """Return a page with the day of its edition and the SHA-256 of everything else.

    A page without an element for them is unchanged. A page that is the same in a new edition has
    the same digest, so that readers need not reload it.
    """
    digest = hashlib.sha256(_PLACE.sub(_EMPTY, html).encode()).hexdigest()[:_DIGITS]
    badge = (
        f'<time class="cs-edition" datetime="{edition.checked}" data-cs-page="{digest}">'
        f"{humanize(edition.checked) if edition.checked else ''}</time>"
    )
    return _PLACE.sub(badge, html)
