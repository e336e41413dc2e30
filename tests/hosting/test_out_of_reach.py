"""Nothing but the site's own files can be had, and nothing can be sent."""

from __future__ import annotations

import os
import shutil
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from bench.serving import nginx

from .serving import ask, ask_raw, running, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.serving.nginx import Served

SECRET = "out of reach"
# What stands beside or in the folder of a careless upload, and must not be had.
PLANTED = (
    "secret.txt",
    "site2/secret.txt",
    "site/.env",
    "site/.git/config",
    "site/tests/.htpasswd",
    "site/_draft.html",
)


@pytest.fixture(scope="module")
def careless(guide_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("careless")
    shutil.copytree(guide_site, folder / "site", copy_function=os.link)
    for name in PLANTED:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(SECRET)
    with served(folder / "site") as where:
        yield where


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/../../../../../../etc/passwd",
        "/tests/../../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/.%2e/secret.txt",
        "/%252e%252e/secret.txt",
        "/..\\secret.txt",
        "/..%5csecret.txt",
        "/..%c0%afsecret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/assets../secret.txt",
        "/tests//../..//secret.txt",
        "/....//secret.txt",
        "../secret.txt",
        "secret.txt",
        "/../site2/secret.txt",
        "/index.html%00.txt",
        "/index.html/../../secret.txt",
        "file:///etc/passwd",
        "http://127.0.0.1/../secret.txt",
        "/.env",
        "/%2eenv",
        "/.git/config",
        "/.git/",
        "/.git",
        "//.git/config",
        "/tests/.htpasswd",
        "/tests/%2ehtpasswd",
        "/_draft.html",
        "/%5fdraft.html",
        "/_headers",
        "/_policy.nginx",
        "/staticwebapp.config.json",
        "/index.html.gz",
        "/index.html.br",
        "/.well-known/../.env",
        "/.well-known/",
    ],
)
def test_nothing_outside_the_site_and_nothing_hidden_is_sent(path: str, careless: Served) -> None:
    request = f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    answer = ask_raw(careless, request.encode("latin-1"))
    status = int(answer.split()[1])
    assert status in (400, 404), answer[:200]
    assert SECRET.encode() not in answer
    assert b"root:" not in answer
    assert b"nginx/" not in answer, "the version is nobody's business"


def test_what_renews_certificates_can_be_had(guide_site: Path, tmp_path: Path) -> None:
    challenge = tmp_path / ".well-known/acme-challenge/token"
    challenge.parent.mkdir(parents=True)
    challenge.write_text("token")
    with served(tmp_path) as where:
        answer, content = ask(where, "/.well-known/acme-challenge/token")
    assert (answer.status, content) == (200, b"token")


@pytest.mark.parametrize(
    "path", ["/assets/", "/assets", "/handouts/", "/search/", "/assets/javascripts/lunr/"]
)
def test_no_folder_is_listed(path: str, careless: Served) -> None:
    answer, content = ask(careless, path if path.endswith("/") else f"{path}/")
    assert answer.status == 404
    assert b"We cannot find this page" in content
    assert b"Index of" not in content


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "FOO"]
)
def test_only_reading_is_possible(method: str, careless: Served) -> None:
    target = "x:80" if method == "CONNECT" else "/"
    request = f"{method} {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    answer = ask_raw(careless, request.encode())
    assert int(answer.split()[1]) in (400, 405)
    assert b"nginx/" not in answer


def test_a_refused_method_is_told_which_ones_are_not(careless: Served) -> None:
    answer, _ = ask(careless, "/", method="POST", body=b"a=b")
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert "Allow" not in ask(careless, "/")[0].headers


@pytest.mark.parametrize(
    ("request_begun", "statuses"),
    [
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n", (405, 413)),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 9000, (400,)),
        (b"GET /" + b"x" * 9000, (414,)),
    ],
    ids=["body", "header", "address"],
)
def test_what_is_too_large_is_refused_before_it_is_there(
    request_begun: bytes, statuses: tuple[int, ...], careless: Served
) -> None:
    with socket.create_connection(("127.0.0.1", careless.port), timeout=10) as connection:
        connection.sendall(request_begun)
        assert int(connection.recv(12).split()[1]) in statuses


def test_who_stalls_is_let_go_of(guide_site: Path) -> None:
    """Takes a second, the shortest time that nginx can be told; the host's own is ten."""
    port = nginx.free_port()
    written = "client_header_timeout 10s;"
    configuration = nginx.deployed(guide_site, port)
    assert written in configuration
    hasty = configuration.replace(written, "client_header_timeout 1s;")
    with (
        running(hasty, port),
        socket.create_connection(("127.0.0.1", port), timeout=30) as connection,
    ):
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        with suppress(ConnectionResetError):
            assert connection.recv(1) == b""
