"""A polite visitor: one request at a time, a pause between two to the same host, and its rules."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sourced_guide.fetch.deadline import Deadline
from sourced_guide.fetch.errors import CouldNotLookError, GoneError
from sourced_guide.fetch.robots import Rules, rules_of, unreachable
from sourced_guide.fetch.ssrf import Target, target_of

if TYPE_CHECKING:
    from sourced_guide.fetch.client import Client, Reply

_GONE = (404, 410)
# RFC 9309 2.3.1.2: as many at least.
_ROBOTS_REDIRECTS = 5


class Visitor:
    """Asks for pages, and remembers what hosts asked of it for as long as it lives."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._limits = client.limits
        self._rules: dict[str, Rules] = {}
        self._last_asked: dict[str, float] = {}
        self._asked_to_stop: dict[str, str] = {}

    def visit(self, url: str) -> Reply:
        """Return what stands at an address, wherever it leads.

        Raises GoneError where nothing stands there, CouldNotLookError where that cannot be told.
        """
        deadline = Deadline(self._limits.source)
        for _ in range(self._limits.redirects + 1):
            target = target_of(url)
            reply = self._ask(target, self._allowed(target, deadline), deadline)
            if not reply.leads_to:
                return self._page(reply)
            url = reply.leads_to
        raise CouldNotLookError(
            f"it leads on from address to address, more than {self._limits.redirects} times"
        )

    def _page(self, reply: Reply) -> Reply:
        if reply.status in _GONE:
            raise GoneError(reply.says)
        if reply.status != 200:
            raise CouldNotLookError(reply.says + _asks_to_wait(reply))
        if not reply.whole:
            raise CouldNotLookError(f"it is larger than {self._limits.body / 2**20:g} MiB")
        return reply

    def _allowed(self, target: Target, deadline: Deadline) -> Rules:
        """Return the rules of a host that allow a page; raise CouldNotLookError where they do not.

        They are asked for once.
        """
        if target.robots not in self._rules:
            self._rules[target.robots] = self._robots(target_of(target.robots), deadline)
        rules = self._rules[target.robots]
        if rules.why_none:
            raise CouldNotLookError(f"{target.authority}: {rules.why_none}")
        if not rules.allow(target.url):
            raise CouldNotLookError(f"the robots.txt of {target.authority} asks not to")
        if rules.pause > self._limits.longest_pause:
            raise CouldNotLookError(
                f"the robots.txt of {target.authority} asks for {rules.pause:g} seconds "
                "between two requests"
            )
        return rules

    def _robots(self, target: Target, deadline: Deadline) -> Rules:
        """Ask for a robots.txt. Where it leads needs no leave of its own."""
        try:
            for _ in range(_ROBOTS_REDIRECTS + 1):
                reply = self._ask(target, None, deadline)
                if not reply.leads_to:
                    break
                target = target_of(reply.leads_to)
        except CouldNotLookError as error:
            return unreachable(str(error))
        return rules_of(reply)

    def _ask(self, target: Target, rules: Rules | None, deadline: Deadline) -> Reply:
        """Ask for one page, `rules` being those of its host, or for a robots.txt without any."""
        if said := self._asked_to_stop.get(target.host):
            raise CouldNotLookError(f"{target.authority} has just said {said}")
        pause = max(self._limits.pause, rules.pause if rules else 0)
        since = time.monotonic() - self._last_asked.get(target.host, float("-inf"))
        if since < pause:
            deadline.wait(pause - since)
        most = self._limits.body if rules else self._limits.robots
        try:
            reply = self._client.ask(target, deadline, most)
        finally:
            self._last_asked[target.host] = time.monotonic()
        if reply.status == 429:
            self._asked_to_stop[target.host] = reply.says + _asks_to_wait(reply)
        return reply


def _asks_to_wait(reply: Reply) -> str:
    """Say what a Retry-After field says: seconds, or a date (RFC 9110 10.2.3)."""
    when = reply.headers.get("Retry-After", "")
    if not when:
        return ""
    return f", to be asked again {f'in {when} seconds' if when.isdigit() else f'after {when}'}"
