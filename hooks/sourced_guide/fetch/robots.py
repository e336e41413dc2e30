"""A host's robots.txt, by the Robots Exclusion Protocol (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from protego import Protego

if TYPE_CHECKING:
    from sourced_guide.fetch.client import Response

# RFC 9309 2.2.1: our product token, which is part of the User-Agent field, too.
TOKEN = "sourced-guide"  # noqa: S105 (a name, not a secret)


@dataclass(frozen=True)
class Rules:
    """The rules of one host. `unavailable` says why nothing may be requested, or is empty."""

    parsed: Protego
    unavailable: str = ""

    def allow(self, url: str) -> bool:
        """Return whether a page may be requested."""
        return self.parsed.can_fetch(url, TOKEN)

    @property
    def pause(self) -> float:
        """The crawl delay in seconds, 0 where none is asked for."""
        return self.parsed.crawl_delay(TOKEN) or 0


def parse_rules(response: Response) -> Rules:
    """Return the rules that follow from the response to a request for a robots.txt.

    A missing one allows everything (RFC 9309 2.3.1.3), and so does one with too many redirects
    (2.3.1.2). One that is unavailable, also for too many requests (429), disallows everything
    (2.3.1.4).
    """
    if response.status == 200:
        return Rules(Protego.parse(response.body.decode("utf-8-sig", errors="replace")))
    if response.status == 429 or response.status >= 500:
        return unavailable_rules(f"{response.status_line}")
    return Rules(Protego.parse(""))


def unavailable_rules(reason: str) -> Rules:
    """Return the rules of a host whose robots.txt is unavailable."""
    return Rules(Protego.parse(""), unavailable=f"robots.txt is unavailable: {reason}")
