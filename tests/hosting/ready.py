"""The guide, made ready for its host, and a real nginx that serves it by what is deployed."""

from __future__ import annotations

import fcntl
import http.client
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from guide.hosting.cli import main
from measure import nginx
from measure.nginx import Served


def ready_site(project: Path, factory: pytest.TempPathFactory) -> Path:
    """Make the built guide ready, once for all of the processes that run the tests."""
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    site, done = shared / "ready/site", shared / "ready/done"
    with (shared / "ready.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(site, ignore_errors=True)
            shutil.copytree(project / "site", site)
            assert main([str(site), "--config", str(project / "mkdocs.yml")]) == 0
            done.touch()
    return site


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
