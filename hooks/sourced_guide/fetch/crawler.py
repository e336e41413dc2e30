"""A polite crawler: one request at a time, a delay per host, and its robots.txt obeyed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sourced_guide.fetch.deadline import Deadline
from sourced_guide.fetch.errors import GoneError, UnreachableError
from sourced_guide.fetch.robots import Rules, parse_rules, unavailable_rules
from sourced_guide.fetch.ssrf import Target, target_of

if TYPE_CHECKING:
    from sourced_guide.fetch.client import Client, Response

_GONE = (404, 410)
# RFC 9309 2.3.1.2: as many at least.
_ROBOTS_REDIRECTS = 5


class Crawler:
    """Fetches pages; remembers every host's robots.txt and rate limit for its lifetime."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._limits = client.limits
        self._rules: dict[str, Rules] = {}
        self._last_request: dict[str, float] = {}
        self._rate_limited: dict[str, str] = {}

    def fetch(self, url: str) -> Response:
        """Return the page at a URL, after redirects.

        Raises GoneError where there is none, UnreachableError where there is no usable response.
        """
        deadline = Deadline(self._limits.total)
        for _ in range(self._limits.redirects + 1):
            target = target_of(url)
            response = self._get(target, self._allowed(target, deadline), deadline)
            if not response.redirect:
                return self._page(response)
            url = response.redirect
        raise UnreachableError(f"too many redirects (more than {self._limits.redirects})")

    def _page(self, response: Response) -> Response:
        if response.status in _GONE:
            raise GoneError(response.status_line)
        if response.status != 200:
            raise UnreachableError(response.status_line + _retry_after(response))
        if not response.whole:
            raise UnreachableError(f"the response is larger than {self._limits.body / 2**20:g} MiB")
        return response

    def _allowed(self, target: Target, deadline: Deadline) -> Rules:
        """Return the rules of a host that allow a page; raise UnreachableError where they do not.

        A robots.txt is requested once.
        """
        if target.robots not in self._rules:
            self._rules[target.robots] = self._robots(target_of(target.robots), deadline)
        rules = self._rules[target.robots]
        if rules.unavailable:
            raise UnreachableError(f"{target.authority}: {rules.unavailable}")
        if not rules.allow(target.url):
            raise UnreachableError(f"disallowed by the robots.txt of {target.authority}")
        if rules.pause > self._limits.longest_delay:
            raise UnreachableError(
                f"the robots.txt of {target.authority} asks for a delay of {rules.pause:g} s "
                "between requests"
            )
        return rules

    def _robots(self, target: Target, deadline: Deadline) -> Rules:
        """Request a robots.txt. Its redirects need no permission of their own."""
        try:
            for _ in range(_ROBOTS_REDIRECTS + 1):
                response = self._get(target, None, deadline)
                if not response.redirect:
                    break
                target = target_of(response.redirect)
        except UnreachableError as error:
            return unavailable_rules(str(error))
        return parse_rules(response)

    def _get(self, target: Target, rules: Rules | None, deadline: Deadline) -> Response:
        """Request a page, given the rules of its host, or a robots.txt, which has none."""
        if status := self._rate_limited.get(target.host):
            raise UnreachableError(f"{target.authority} has just answered {status}")
        pause = max(self._limits.pause, rules.pause if rules else 0)
        since = time.monotonic() - self._last_request.get(target.host, float("-inf"))
        if since < pause:
            deadline.wait(pause - since)
        most = self._limits.body if rules else self._limits.robots
        try:
            response = self._client.get(target, deadline, most)
        finally:
            self._last_request[target.host] = time.monotonic()
        if response.status == 429:
            self._rate_limited[target.host] = response.status_line + _retry_after(response)
        return response


def _retry_after(response: Response) -> str:
    """Return what a Retry-After field asks for: seconds, or a date (RFC 9110 10.2.3)."""
    when = response.headers.get("Retry-After", "")
    if not when:
        return ""
    return f", retry after {f'{when} s' if when.isdigit() else when}"
