"""A real nginx that serves a site by what is deployed, and how tests ask it."""

from __future__ import annotations

import http.client
import socket
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from bench.serving import nginx

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.serving.nginx import Served


@contextmanager
def served(site: Path) -> Iterator[Served]:
    """Serve a site by `deploy/nginx.conf`."""
    port = nginx.free_port()
    with running(nginx.deployed(site, port), port) as where:
        yield where


@contextmanager
def running(configuration: str, port: int) -> Iterator[Served]:
    """Run nginx; a test on a machine without it fails with how to install it."""
    try:
        with nginx.serving(configuration, port) as where:
            yield where
    except FileNotFoundError as missing:
        pytest.fail(f"{missing}", pytrace=False)


def ask(
    where: Served, path: str, method: str = "GET", body: bytes | None = None, **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    """Ask for a path; headers are written with underscores. Return the answer and its content."""
    connection = http.client.HTTPConnection("127.0.0.1", where.port, timeout=10)
    with closing(connection):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        answer = connection.getresponse()
        return answer, answer.read()


def ask_raw(where: Served, request: bytes) -> bytes:
    """Send bytes as they are, which no client has put in order, and return all that comes back."""
    with socket.create_connection(("127.0.0.1", where.port), timeout=10) as connection:
        connection.sendall(request)
        answer = bytearray()
        while some := connection.recv(65536):
            answer += some
        return bytes(answer)
