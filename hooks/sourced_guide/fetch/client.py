"""One request and its answer: no redirect is followed, nothing is kept, nothing has no end."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from http.client import HTTPException, responses
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    DecodeError,
    HTTPError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
)

from sourced_guide.fetch.errors import CouldNotLookError
from sourced_guide.fetch.limits import Limits
from sourced_guide.fetch.ssrf import Reach, Target, addresses

if TYPE_CHECKING:
    from collections.abc import Mapping

    from urllib3.response import HTTPResponse

    from sourced_guide.fetch.deadline import Deadline

_CHUNK = 2**16
_TOO_LATE = "it took longer than {0.seconds:g} seconds"
_REDIRECTS = (301, 302, 303, 307, 308)
# Why there is no answer, in a few words, the more special errors first.
_REASONS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    (NewConnectionError, "{host} cannot be reached"),
    (ConnectTimeoutError, "{host} did not answer within {limits.connect:g} seconds"),
    ((ReadTimeoutError, TimeoutError), "{host} fell silent for {limits.silence:g} seconds"),
    (ssl.SSLCertVerificationError, "{host} cannot prove who it is: {it.verify_message}"),
    (ssl.SSLError, "no safe connection to {host}: {it.reason}"),
    ((ProtocolError, ConnectionError), "{host} broke off in the middle"),
    (DecodeError, "{host} sent what cannot be unpacked"),
)


@dataclass(frozen=True)
class Reply:
    """What a host answered. `body` is there for a status of 200 only, unpacked.

    `whole` is False where there was more of it than was to be read.
    """

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    whole: bool = True

    @property
    def leads_to(self) -> str:
        """The address that the host sends us on to, or an empty text.

        Raises CouldNotLookError where it is not an address.
        """
        where = self.headers.get("Location", "") if self.status in _REDIRECTS else ""
        try:
            return urljoin(self.url, where) if where else ""
        except ValueError as error:
            raise CouldNotLookError(f"'{where}' is not an address") from error

    @property
    def says(self) -> str:
        """The status in words, as "403 Forbidden"."""
        return f"{self.status} {responses.get(self.status, '')}".strip()


@dataclass(frozen=True)
class Client:
    """Who asks (the User-Agent field), whom it may ask, and how much it takes."""

    agent: str
    limits: Limits = field(default_factory=Limits)
    reach: Reach = field(default_factory=Reach)

    def ask(self, target: Target, deadline: Deadline, most: int) -> Reply:
        """Ask for a page and read at most `most` bytes of it.

        Raises CouldNotLookError where no whole answer came in time.
        """
        fields = {
            "Host": target.authority,
            "User-Agent": self.agent,
            "Accept": "text/html, application/xhtml+xml, application/pdf, text/plain",
            "Accept-Language": "en",
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        connection = None
        try:
            connection = self._connect(target, deadline)
            with deadline.cuts(connection.sock):
                connection.request("GET", target.path, headers=fields, preload_content=False)
                response = connection.getresponse()
                try:
                    reply = _read(response, target.url, most)
                finally:
                    response.close()
        except (HTTPError, HTTPException, OSError) as error:
            if not deadline.left:
                reason = _TOO_LATE.format(deadline)
            else:
                reason = _reason(error).format(host=target.authority, limits=self.limits, it=error)
            raise CouldNotLookError(reason) from error
        finally:
            if connection:
                connection.close()
        if not deadline.left:
            # An answer without a length, once it is cut off, looks like one that has ended.
            raise CouldNotLookError(_TOO_LATE.format(deadline))
        return reply

    def _connect(self, target: Target, deadline: Deadline) -> HTTPConnection:
        """Connect to the first address of a host that answers."""
        fault: Exception | None = None
        for address in addresses(target, self.reach):
            # Zero would stand for no time-out at all.
            seconds = max(min(self.limits.connect, deadline.left), 0.001)
            connection = self._connection(target, address, seconds)
            try:
                connection.connect()
            except (HTTPError, OSError) as error:
                connection.close()
                # A TLS handshake that takes too long has an error of its own.
                fault = ConnectTimeoutError() if isinstance(error, TimeoutError) else error
                continue
            connection.timeout = self.limits.silence
            return connection
        raise fault or CouldNotLookError(f"{target.host} has no address")

    def _connection(self, target: Target, address: str, seconds: float) -> HTTPConnection:
        if target.scheme == "http":
            return HTTPConnection(address, target.port, timeout=seconds)
        return HTTPSConnection(
            address,
            target.port,
            timeout=seconds,
            server_hostname=target.host,
            cert_reqs=ssl.CERT_REQUIRED,
            ca_certs=self.reach.authorities,
        )


def _read(response: HTTPResponse, url: str, most: int) -> Reply:
    headers, pieces, size = response.headers, [], 0
    while response.status == 200 and size <= most and (piece := response.read(_CHUNK)):
        pieces.append(piece)
        size += len(piece)
    return Reply(url, response.status, headers, b"".join(pieces)[:most], whole=size <= most)


def _reason(error: Exception) -> str:
    return next(
        (says for kinds, says in _REASONS if isinstance(error, kinds)),
        f"no answer from {{host}} ({type(error).__name__})",
    )
