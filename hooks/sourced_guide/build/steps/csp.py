"""A Content Security Policy (W3C, Level 3) that lets a page use its own host's files and no other.

Scripts that stand in a page are let in by the SHA-256 of their text; there is no 'unsafe-inline'.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from typing import TYPE_CHECKING

from sourced_guide.build.html_head import with_in_head

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARKER = 'http-equiv="Content-Security-Policy"'
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
# Data, which no browser runs, and scripts in files.
_NOT_RUN = re.compile(r'\ssrc=|\stype="application/')


def policy(pages: Iterable[str]) -> str:
    """Return one policy for all of a site's pages, given as HTML."""
    hashes = sorted({digest for html in pages for digest in _hashes(html)})
    return "; ".join(
        [
            "default-src 'none'",
            " ".join(["script-src 'self'", *hashes]),
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
    """Return the page with the policy in its head, in place of an older one."""
    return with_in_head(html, f'<meta {_MARKER} content="{content}">', _MARKER)


def _hashes(html: str) -> Iterable[str]:
    for script in _SCRIPT.finditer(html):
        if not _NOT_RUN.search(script["attributes"]):
            digest = hashlib.sha256(script["text"].encode()).digest()
            yield f"'sha256-{b64encode(digest).decode()}'"
