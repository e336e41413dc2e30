"""A Content Security Policy (W3C, Level 3) that allows files of the page's own host only.

Inline scripts are allowed by the SHA-256 of their text; there is no 'unsafe-inline'.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.build.built_site.html_edit import insert_in_head

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sourced_guide.build.built_site.page import BuiltPage

NAME = "Content-Security-Policy"
_MARKER = f'http-equiv="{NAME}"'


def policy(pages: Iterable[BuiltPage]) -> str:
    """Return one policy for all of a site's pages."""
    hashes = {
        f"'sha256-{element.digest}'"
        for page in pages
        for element in page.code
        if element.tag == "script" and not element.source and not element.is_data
    }
    return "; ".join(
        [
            "default-src 'none'",
            " ".join(["script-src 'self'", *sorted(hashes)]),
            "style-src 'self'",
            # The theme's style sheet holds its icons.
            "img-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def with_policy(html: str, content: str) -> str:
    """Return the page with the policy in its head, replacing an older one."""
    return insert_in_head(html, f'<meta {_MARKER} content="{content}">', _MARKER)
