"""The headers that the guide is served with, in one table.

What hosts read is made from it (`hosts.py`). `deploy/nginx.conf` states it in nginx's own words;
the tests hold every answer of a real nginx to this table.
"""

from __future__ import annotations

import re

# A year, the longest that RFC 9111's readers agree on; the name changes with the content.
IMMUTABLE = "public, max-age=31536000, immutable"
# For the length of one visit.
SHORT = "public, max-age=600"
# Kept, but never shown before the host has been asked whether it is still the same.
ASKED = "no-cache"

# Nobody may show the guide within a page of theirs; a policy in a page cannot say so.
FRAMES = "frame-ancestors 'none'"
STRICT_TRANSPORT = "max-age=31536000"

SECURITY = {
    "X-Content-Type-Options": "nosniff",
    # Which page somebody came from tells what ails them.
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

# The first that matches an address decides.
_LIFETIMES = (
    (re.compile(r"\.[0-9a-f]{8}(\.min)?\.(css|js)$"), IMMUTABLE),
    # A browser that holds on to an old one keeps readers on an old edition.
    (re.compile(r"^/service-worker\.js$"), ASKED),
    (re.compile(r"\.(css|ico|jpg|js|map|mjs|png|svg|webp|woff2)$"), SHORT),
)
_DOCUMENT = re.compile(r"\.pdf$")


def lifetime(address: str) -> str:
    """Return the Cache-Control (RFC 9111) of an address in the site, which starts with a slash.

    Pages, handouts, the search's index and the offline copy keep their names from edition to
    edition, so they are asked for again each time: warning signs of yesterday help nobody.
    """
    return next((value for form, value in _LIFETIMES if form.search(address)), ASKED)


def content_policy(address: str, policy: str) -> str:
    """Return the Content-Security-Policy of an address, given the one that stands in the pages.

    Chromium holds its own viewer of PDFs to the policy of the PDF, and shows nothing
    (https://crbug.com/271452). So a handout gets only what is no concern of a viewer.
    """
    return FRAMES if _DOCUMENT.search(address) else f"{policy}; {FRAMES}"


def headers(address: str, policy: str) -> dict[str, str]:
    """Return every header that an address in the site is served with, except for its encoding.

    `policy` is the one in the pages. Strict-Transport-Security (RFC 6797) is not among them: it
    means something over TLS only.
    """
    return {
        "Cache-Control": lifetime(address),
        "Content-Security-Policy": content_policy(address, policy),
        **SECURITY,
    }
