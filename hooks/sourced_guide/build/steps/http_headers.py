"""The headers that the guide is served with, in one table.

`host_config.py` writes it for hosts. `deploy/nginx.conf` repeats it in nginx's syntax; tests
compare the responses of a real nginx with this table.
"""

from __future__ import annotations

import re

# A year, the usual maximum; the name changes with the content.
IMMUTABLE = "public, max-age=31536000, immutable"
# For the length of one visit.
SHORT = "public, max-age=600"
# Cached, but revalidated before every use.
REVALIDATED = "no-cache"

# Other sites must not frame the guide; a policy in a page cannot say so.
FRAMES = "frame-ancestors 'none'"
STRICT_TRANSPORT = "max-age=31536000"

SECURITY = {
    "X-Content-Type-Options": "nosniff",
    # The page that somebody came from says something about their health.
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

# The first match decides.
_LIFETIMES = (
    (re.compile(r"\.[0-9a-f]{8}(\.min)?\.(css|js)$"), IMMUTABLE),
    # A cached old one would keep readers on an old edition.
    (re.compile(r"^/service-worker\.js$"), REVALIDATED),
    (re.compile(r"\.(css|ico|jpg|js|map|mjs|png|svg|webp|woff2)$"), SHORT),
)
_DOCUMENT = re.compile(r"\.pdf$")


def lifetime(address: str) -> str:
    """Return the Cache-Control (RFC 9111) of an address in the site, which starts with a slash.

    Pages, handouts, the search's index and the offline copy keep their names from edition to
    edition, so they are revalidated every time: outdated warning signs are dangerous.
    """
    return next((value for form, value in _LIFETIMES if form.search(address)), REVALIDATED)


def content_policy(address: str, policy: str) -> str:
    """Return the Content-Security-Policy of an address, given the one in the pages.

    Chromium applies the policy of a PDF to its own PDF viewer, and shows nothing
    (https://crbug.com/271452). So handouts get only the part that does not affect the viewer.
    """
    return FRAMES if _DOCUMENT.search(address) else f"{policy}; {FRAMES}"


def headers(address: str, policy: str) -> dict[str, str]:
    """Return every header that an address in the site is served with, except for its encoding.

    `policy` is the one in the pages. Strict-Transport-Security (RFC 6797) is not among them: it has
    an effect over TLS only.
    """
    return {
        "Cache-Control": lifetime(address),
        "Content-Security-Policy": content_policy(address, policy),
        **SECURITY,
    }
