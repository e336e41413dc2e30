"""Which computers may be asked: those of the public network, wherever a name or a redirect leads.

An address in a source file, and every address that a host sends us on to, could name a service
of the machine or the network that this runs in (server-side request forgery, CWE-918). So a name
is resolved once, what is not public is left out, and the connection goes to an address that was
looked at, not to the name again: a name that changes its mind in between changes nothing.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

import certifi
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from sourced_guide.fetch.errors import CouldNotLookError

if TYPE_CHECKING:
    from collections.abc import Callable

# They lead on to an IPv4 address, which may be a private one: IPv4-compatible and IPv4-mapped
# addresses, NAT64 (RFC 6052), Teredo (RFC 4380) and 6to4 (RFC 3056).
_LEADS_TO_IPV4 = tuple(
    map(ip_network, ("::/96", "::ffff:0:0/96", "64:ff9b::/96", "2001::/32", "2002::/16"))
)
_PORTS = {"http": 80, "https": 443}
# A host with many addresses is not tried at all of them.
_MOST_ADDRESSES = 2


def is_public(address: str, port: int) -> bool:
    """Say whether an IP address belongs to the public network."""
    ip = ip_address(address)
    if isinstance(ip, IPv6Address) and (
        ip.is_site_local or any(ip in network for network in _LEADS_TO_IPV4)
    ):
        return False
    return ip.is_global and not ip.is_multicast


@dataclass(frozen=True)
class Reach:
    """Which addresses may be asked (IP address and port), and who may vouch for a TLS host.

    `authorities` is a file of certificates, by default those that Mozilla trusts.
    """

    allows: Callable[[str, int], bool] = is_public
    authorities: str = certifi.where()


@dataclass(frozen=True)
class Target:
    """One address of the web, taken apart. `path` is what is asked for, with its query."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Host and port as the Host field of a request has them (RFC 9110 7.2)."""
        is_usual = self.port == _PORTS[self.scheme]
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if is_usual else f"{host}:{self.port}"

    @property
    def robots(self) -> str:
        """Where the host keeps its rules for robots (RFC 9309 2.3)."""
        return f"{self.scheme}://{self.authority}/robots.txt"


def target_of(url: str) -> Target:
    """Take an address apart, percent-encoded where it has to be and without its fragment.

    Raises CouldNotLookError where it is not one of the web, or carries a password.
    """
    try:
        parts = parse_url(url)
    except LocationParseError as error:
        raise CouldNotLookError(f"'{url}' is not an address") from error
    scheme = parts.scheme or "none"
    if scheme not in _PORTS:
        raise CouldNotLookError(f"'{url}' is not an address of the web (http or https)")
    if not parts.host:
        raise CouldNotLookError(f"'{url}' names no host")
    if parts.auth:
        raise CouldNotLookError("its address carries a name or a password")
    host = parts.host.strip("[]").rstrip(".")
    port = parts.port or _PORTS[scheme]
    target = Target("", scheme, host, port, parts.request_uri)
    return Target(f"{scheme}://{target.authority}{target.path}", scheme, host, port, target.path)


def addresses(target: Target, reach: Reach) -> list[str]:
    """Return the IP addresses of a host that may be asked, at most two.

    Raises CouldNotLookError where it has none.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise CouldNotLookError(
            f"no host is found under the name '{target.host}', or there is no network"
        ) from error
    every = dict.fromkeys(str(each[4][0]) for each in found)
    allowed = [each for each in every if reach.allows(each, target.port)]
    if not allowed:
        raise CouldNotLookError(
            f"'{target.authority}' is not on the public network, so it is not asked"
        )
    return allowed[:_MOST_ADDRESSES]
