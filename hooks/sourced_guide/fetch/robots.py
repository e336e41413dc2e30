"""What a host asks of robots: its robots.txt, by the Robots Exclusion Protocol (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from protego import Protego

if TYPE_CHECKING:
    from sourced_guide.fetch.client import Reply

# RFC 9309 2.2.1: how a robots.txt calls us; it is part of the User-Agent field, too.
TOKEN = "sourced-guide"  # noqa: S105 (a name, not a secret)


@dataclass(frozen=True)
class Rules:
    """The rules of one host. `why_none` says why nothing there may be asked for, or is empty."""

    parsed: Protego
    why_none: str = ""

    def allow(self, url: str) -> bool:
        """Say whether a page may be asked for."""
        return self.parsed.can_fetch(url, TOKEN)

    @property
    def pause(self) -> float:
        """The seconds between two requests that the host asks for, 0 where it does not."""
        return self.parsed.crawl_delay(TOKEN) or 0


def rules_of(reply: Reply) -> Rules:
    """Return the rules that a host's answer to the request for its robots.txt makes.

    One that is not there allows everything (RFC 9309 2.3.1.3), and so does one that leads on and
    on (2.3.1.2). One that the host cannot give forbids everything (2.3.1.4); as such counts 429,
    "too many requests", too: whoever says that does not want more of them.
    """
    if reply.status == 200:
        return Rules(Protego.parse(reply.body.decode("utf-8-sig", errors="replace")))
    if reply.status == 429 or reply.status >= 500:
        return unreachable(f"it answers {reply.says}")
    return Rules(Protego.parse(""))


def unreachable(reason: str) -> Rules:
    """Return the rules of a host whose robots.txt could not be had."""
    return Rules(Protego.parse(""), why_none=f"its robots.txt cannot be read: {reason}")
