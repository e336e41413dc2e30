"""The SSRF guard: requests go to the public network only, whatever a name or redirect points to.

The URL of a source, and every URL that a host redirects to, could name a service of the machine or
network that this runs in (server-side request forgery, CWE-918). So a name is resolved once,
addresses that are not public are left out, and the connection goes to an address that was checked,
not to the name again (DNS rebinding).
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

import certifi
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from sourced_guide.fetch.errors import UnreachableError

if TYPE_CHECKING:
    from collections.abc import Callable

# They embed an IPv4 address, which may be a private one: IPv4-compatible and IPv4-mapped addresses,
#  NAT64 (RFC 6052), Teredo (RFC 4380) and 6to4 (RFC 3056).
_LEADS_TO_IPV4 = tuple(
    map(ip_network, ("::/96", "::ffff:0:0/96", "64:ff9b::/96", "2001::/32", "2002::/16"))
)
_PORTS = {"http": 80, "https": 443}
# Of a host with many addresses, only the first are tried.
_MOST_ADDRESSES = 2


def is_public(address: str, port: int) -> bool:
    """Return whether an IP address belongs to the public network."""
    ip = ip_address(address)
    if isinstance(ip, IPv6Address) and (
        ip.is_site_local or any(ip in network for network in _LEADS_TO_IPV4)
    ):
        return False
    return ip.is_global and not ip.is_multicast


@dataclass(frozen=True)
class SsrfGuard:
    """Which addresses (IP and port) may be connected to, and which certificates are trusted.

    `authorities` is a file of certificates, by default those that Mozilla trusts.
    """

    allows: Callable[[str, int], bool] = is_public
    authorities: str = certifi.where()


@dataclass(frozen=True)
class Target:
    """A parsed http or https URL. `path` is the request target, with its query."""

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
        """The URL of the host's robots.txt (RFC 9309 2.3)."""
        return f"{self.scheme}://{self.authority}/robots.txt"


def target_of(url: str) -> Target:
    """Parse a URL, percent-encode it where needed, and drop its fragment.

    Raises UnreachableError where it is not http or https, or contains a password.
    """
    try:
        parts = parse_url(url)
    except LocationParseError as error:
        raise UnreachableError(f"'{url}' is not a valid URL") from error
    scheme = parts.scheme or "none"
    if scheme not in _PORTS:
        raise UnreachableError(f"'{url}' is not an http or https URL")
    if not parts.host:
        raise UnreachableError(f"'{url}' has no host")
    if parts.auth:
        raise UnreachableError("its URL contains a user name or a password")
    host = parts.host.strip("[]").rstrip(".")
    port = parts.port or _PORTS[scheme]
    target = Target("", scheme, host, port, parts.request_uri)
    return Target(f"{scheme}://{target.authority}{target.path}", scheme, host, port, target.path)


def resolve(target: Target, guard: SsrfGuard) -> list[str]:
    """Return the IP addresses of a host that may be connected to, at most two.

    Raises UnreachableError where it has none.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreachableError(f"cannot resolve '{target.host}', or there is no network") from error
    unique = dict.fromkeys(str(info[4][0]) for info in found)
    allowed = [address for address in unique if guard.allows(address, target.port)]
    if not allowed:
        raise UnreachableError(
            f"'{target.authority}' is not on the public network, so no request was sent"
        )
    return allowed[:_MOST_ADDRESSES]
