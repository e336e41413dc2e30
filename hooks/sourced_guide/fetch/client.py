"""One HTTP request and its response, with limits, without redirects or state."""

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

from sourced_guide.fetch.errors import UnreachableError
from sourced_guide.fetch.limits import Limits
from sourced_guide.fetch.ssrf import SsrfGuard, Target, resolve

if TYPE_CHECKING:
    from collections.abc import Mapping

    from urllib3.response import HTTPResponse

    from sourced_guide.fetch.deadline import Deadline

_CHUNK = 2**16
_DEADLINE_PASSED = "not complete after {0.seconds:g} s"
_REDIRECTS = (301, 302, 303, 307, 308)
# Why there is no response, the more specific errors first.
_REASONS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    (NewConnectionError, "cannot connect to {host}"),
    (ConnectTimeoutError, "connection to {host} timed out after {limits.connect:g} s"),
    (
        (ReadTimeoutError, TimeoutError),
        "read from {host} timed out after {limits.read_timeout:g} s",
    ),
    (ssl.SSLCertVerificationError, "invalid certificate of {host}: {it.verify_message}"),
    (ssl.SSLError, "TLS error from {host}: {it.reason}"),
    ((ProtocolError, ConnectionError), "{host} closed the connection too early"),
    (DecodeError, "{host} sent a body that cannot be decompressed"),
)


@dataclass(frozen=True)
class Response:
    """An HTTP response. `body` is decompressed, and read for a status of 200 only.

    `whole` is False where the body was longer than the limit.
    """

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    whole: bool = True

    @property
    def redirect(self) -> str:
        """The URL that the host redirects to, or an empty text.

        Raises UnreachableError where it is not a URL.
        """
        where = self.headers.get("Location", "") if self.status in _REDIRECTS else ""
        try:
            return urljoin(self.url, where) if where else ""
        except ValueError as error:
            raise UnreachableError(f"'{where}' is not a valid URL") from error

    @property
    def status_line(self) -> str:
        """Status code and reason phrase, as "403 Forbidden"."""
        return f"{self.status} {responses.get(self.status, '')}".strip()


@dataclass(frozen=True)
class Client:
    """Sends requests: the User-Agent, what may be requested, and the limits."""

    agent: str
    limits: Limits = field(default_factory=Limits)
    guard: SsrfGuard = field(default_factory=SsrfGuard)

    def get(self, target: Target, deadline: Deadline, most: int) -> Response:
        """Request a page and read at most `most` bytes of its body.

        Raises UnreachableError where no complete response came in time.
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
            with deadline.enforced_on(connection.sock):
                connection.request("GET", target.path, headers=fields, preload_content=False)
                answer = connection.getresponse()
                try:
                    response = _read(answer, target.url, most)
                finally:
                    answer.close()
        except (HTTPError, HTTPException, OSError) as error:
            if not deadline.left:
                reason = _DEADLINE_PASSED.format(deadline)
            else:
                reason = _reason(error).format(host=target.authority, limits=self.limits, it=error)
            raise UnreachableError(reason) from error
        finally:
            if connection:
                connection.close()
        if not deadline.left:
            # A response without a length that is cut off looks like a complete one.
            raise UnreachableError(_DEADLINE_PASSED.format(deadline))
        return response

    def _connect(self, target: Target, deadline: Deadline) -> HTTPConnection:
        """Connect to the first IP address of a host that accepts a connection."""
        fault: Exception | None = None
        for address in resolve(target, self.guard):
            # Zero would mean no timeout at all.
            seconds = max(min(self.limits.connect, deadline.left), 0.001)
            connection = self._connection(target, address, seconds)
            try:
                connection.connect()
            except (HTTPError, OSError) as error:
                connection.close()
                # A TLS handshake that times out raises another error than a connection.
                fault = ConnectTimeoutError() if isinstance(error, TimeoutError) else error
                continue
            connection.timeout = self.limits.read_timeout
            return connection
        raise fault or UnreachableError(f"{target.host} has no address")

    def _connection(self, target: Target, address: str, seconds: float) -> HTTPConnection:
        if target.scheme == "http":
            return HTTPConnection(address, target.port, timeout=seconds)
        return HTTPSConnection(
            address,
            target.port,
            timeout=seconds,
            server_hostname=target.host,
            cert_reqs=ssl.CERT_REQUIRED,
            ca_certs=self.guard.authorities,
        )


def _read(answer: HTTPResponse, url: str, most: int) -> Response:
    headers, pieces, size = answer.headers, [], 0
    while answer.status == 200 and size <= most and (piece := answer.read(_CHUNK)):
        pieces.append(piece)
        size += len(piece)
    return Response(url, answer.status, headers, b"".join(pieces)[:most], whole=size <= most)


def _reason(error: Exception) -> str:
    return next(
        (says for kinds, says in _REASONS if isinstance(error, kinds)),
        f"no valid response from {{host}} ({type(error).__name__})",
    )
