"""Hosts that stall, drip, lie, lead around, send too much or say no."""

from __future__ import annotations

import hashlib
import socket
import ssl
import tracemalloc
import zlib
from typing import TYPE_CHECKING

import pytest
import trustme

from sourced_guide.fetch.snapshot import Outcome
from sourced_guide.fetch.ssrf import is_public

from .conftest import Fetch, Host, answer, leading_to

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

PAGE = answer(b"<!doctype html><title>Spine</title><p>It may hurt more at night.")
TEXT = "It may hurt more at night.\n"
MIB = 2**20


def assert_unreachable(fetch: Fetch, url: str, says: str, **limits: float) -> None:
    """Nobody could look, for this reason, and no file is there: neither whole nor half."""
    copied = fetch(url, "", "", **limits)
    assert copied.outcome is Outcome.UNREACHABLE
    # On a machine that has much to do, it may be the robots.txt that takes too long.
    assert copied.says.endswith(says), copied.says
    assert fetch.files == []


def test_a_page_is_fetched_and_counted(host: Host, fetch: Fetch) -> None:
    host.answers["/page"] = PAGE
    copied = fetch(host.url("/page"))
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    assert copied.as_text() == f"spine: fetched: 27 characters, sha256 {digest}"
    assert (fetch.text, fetch.files) == (TEXT, ["spine.txt"])
    assert fetch(host.url("/page"), pinned=digest).outcome is Outcome.UNCHANGED
    assert fetch(host.url("/page"), pinned="0" * 64).outcome is Outcome.CHANGED


@pytest.mark.parametrize("begins", [b"", b"HTTP/1.0 200 OK\r\n\r\n<p>It may"])
def test_a_host_that_stalls(host: Host, fetch: Fetch, begins: bytes) -> None:
    def stall(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(begins)
        host.down.wait()

    host.answers |= {"/page": stall, "/robots.txt": answer(status=404)}
    says = f"read from 127.0.0.1:{host.port} timed out after 0.5 s"
    assert_unreachable(fetch, host.url("/page"), says, read_timeout=0.5)


@pytest.mark.parametrize("begins", [b"HTTP/1.0 200 OK\r\nX: ", b"HTTP/1.0 200 OK\r\n\r\n<html>"])
def test_a_host_that_drips_a_byte_at_a_time(host: Host, fetch: Fetch, begins: bytes) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(begins)
        while not host.down.wait(0.02):
            handler.wfile.write(b"x")

    host.answers["/page"] = drip
    assert_unreachable(fetch, host.url("/page"), "not complete after 1 s", total=1)


def test_a_host_that_sends_less_than_it_announces(host: Host, fetch: Fetch) -> None:
    host.answers["/page"] = answer(b"<p>It may hurt", Content_Length="1000")
    says = f"127.0.0.1:{host.port} closed the connection too early"
    assert_unreachable(fetch, host.url("/page"), says)


def test_a_host_that_sends_more_than_it_announces(host: Host, fetch: Fetch) -> None:
    """What is announced is the answer (RFC 9112 6.3); the rest is nobody's."""
    host.answers["/page"] = answer(b"<p>It may hurt more at night.", Content_Length="14")
    assert fetch(host.url("/page")).outcome is Outcome.FETCHED
    assert fetch.text == "It may hurt\n"


def test_a_host_that_breaks_off_in_a_chunk(host: Host, fetch: Fetch) -> None:
    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n<p>It")

    host.answers["/page"] = send
    assert_unreachable(
        fetch, host.url("/page"), f"127.0.0.1:{host.port} closed the connection too early"
    )


def test_what_is_no_http_at_all(host: Host, fetch: Fetch) -> None:
    host.answers["/page"] = lambda handler: handler.wfile.write(b"\0\xff nothing\r\n" * 99)
    copied = fetch(host.url("/page"))
    assert copied.says == f"no valid response from 127.0.0.1:{host.port} (BadStatusLine)"


def test_a_host_that_leads_round_in_circles(host: Host, fetch: Fetch) -> None:
    host.answers |= {"/a": leading_to("/b"), "/b": leading_to("/a")}
    says = "too many redirects (more than 5)"
    assert_unreachable(fetch, host.url("/a"), says)
    assert host.asked == ["/robots.txt", "/a", "/b", "/a", "/b", "/a", "/b"]


def test_where_a_page_has_moved_to_is_reported(host: Host, fetch: Fetch) -> None:
    host.answers |= {"/old": leading_to("/new?a=ü#part", 301), "/new?a=%C3%BC": PAGE}
    copied = fetch(host.url("/old"))
    assert copied.outcome is Outcome.FETCHED
    assert copied.says.endswith(f"; {host.url('/old')} redirects to {host.url('/new?a=%C3%BC')}")


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ("file:///etc/passwd", "'file:///etc/passwd' is not an http or https URL"),
        ("ftp://example.org/", "'ftp://example.org/' is not an http or https URL"),
        ("http://me:word@127.0.0.1/", "its URL contains a user name or a password"),
        ("http://[::1", "'http://[::1' is not a valid URL"),
    ],
)
def test_a_host_that_leads_out_of_the_web(host: Host, fetch: Fetch, where: str, says: str) -> None:
    host.answers["/page"] = leading_to(where)
    assert_unreachable(fetch, host.url("/page"), says)


def test_a_host_that_leads_into_this_machine(
    host: Host, fetch: Fetch, make_host: Callable[[], Host]
) -> None:
    inside = make_host()
    inside.answers["/secret"] = PAGE
    for name in ("127.0.0.1", "localhost", "2130706433", "[::1]", "0.0.0.0"):
        host.answers["/page"] = leading_to(f"http://{name}:{inside.port}/secret")
        copied = fetch(host.url("/page"))
        assert copied.outcome is Outcome.UNREACHABLE
        assert "is not on the public network, so no request was sent" in copied.says
    assert inside.asked == []
    assert fetch.files == []


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *("0.0.0.0", "255.255.255.255", "224.0.0.1", "::1", "::", "fe80::1", "fc00::1", "fec0::1"),
        *("::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1"),
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    ],
)
def test_only_the_public_network_is_asked(address: str) -> None:
    assert not is_public(address, 443)
    assert is_public("1.1.1.1", 443)
    assert is_public("2606:4700:4700::1111", 443)


def bounded(fetch: Fetch, host: Host) -> None:
    tracemalloc.start()
    assert_unreachable(fetch, host.url("/page"), "the response is larger than 1 MiB")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * MIB


def test_200_mb_are_not_taken_in(host: Host, fetch: Fetch) -> None:
    sent = 0

    def send(handler: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n")
        piece = bytes(2**16)
        while sent < 200 * MIB:
            handler.wfile.write(piece)
            sent += len(piece)

    host.answers["/page"] = send
    bounded(fetch, host)
    assert 0 < sent < 200 * MIB


def test_200_mb_that_are_packed_small_are_not_unpacked(host: Host, fetch: Fetch) -> None:
    packer, piece = zlib.compressobj(wbits=31), bytes(MIB)
    packed = b"".join(packer.compress(piece) for _ in range(200)) + packer.flush()
    assert len(packed) < MIB
    host.answers["/page"] = answer(packed, Content_Encoding="gzip")
    bounded(fetch, host)


def test_what_says_it_is_packed_and_is_not(host: Host, fetch: Fetch) -> None:
    host.answers["/page"] = answer(b"<p>It may hurt.", Content_Encoding="gzip")
    says = f"127.0.0.1:{host.port} sent a body that cannot be decompressed"
    assert_unreachable(fetch, host.url("/page"), says)


@pytest.mark.parametrize(
    ("status", "outcome", "says"),
    [
        (401, Outcome.UNREACHABLE, "401 Unauthorized"),
        (403, Outcome.UNREACHABLE, "403 Forbidden"),
        (404, Outcome.GONE, "404 Not Found"),
        (410, Outcome.GONE, "410 Gone"),
        (451, Outcome.UNREACHABLE, "451 Unavailable For Legal Reasons"),
        (500, Outcome.UNREACHABLE, "500 Internal Server Error"),
        (503, Outcome.UNREACHABLE, "503 Service Unavailable"),
    ],
)
def test_a_host_that_says_no(
    host: Host, fetch: Fetch, status: int, outcome: Outcome, says: str
) -> None:
    host.answers["/page"] = answer(b"<p>Go away.", status=status)
    copied = fetch(host.url("/page"))
    assert (copied.outcome, copied.says, fetch.files) == (outcome, says, [])


def test_an_earlier_copy_is_unchanged_and_that_is_reported(host: Host, fetch: Fetch) -> None:
    (fetch.folder / "spine.txt").write_text("saved by hand")
    for status in (403, 404):
        host.answers["/page"] = answer(status=status)
        assert fetch(host.url("/page")).says.endswith("; the earlier snapshot is unchanged")
    assert fetch.text == "saved by hand"


def test_a_host_that_is_not_there(host: Host, fetch: Fetch) -> None:
    copied = fetch("http://no-such-host.invalid/")
    assert "cannot resolve 'no-such-host.invalid'" in copied.says
    with socket.socket() as taken:
        # The port is nobody else's as long as this holds it, and nobody listens there.
        taken.bind(("127.0.0.1", 0))
        closed = Host(port=taken.getsockname()[1])
        copied = Fetch(fetch.folder, closed)(closed.url("/page"))
    assert f"cannot connect to 127.0.0.1:{closed.port}" in copied.says


def test_a_host_that_keeps_silent_when_it_should_prove_who_it_is(fetch: Fetch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        host = Host(port=silent.getsockname()[1], scheme="https")
        says = f"connection to 127.0.0.1:{host.port} timed out after 0.5 s"
        assert_unreachable(Fetch(fetch.folder, host), host.url("/page"), says, connect=0.5)


def test_a_host_has_to_prove_who_it_is(make_host: Callable[..., Host], tmp_path: Path) -> None:
    authority, pem = trustme.CA(), tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(pem))

    def says(name: str, authorities: str) -> str:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name).configure_cert(context)
        host = make_host(context)
        host.answers |= {"/page": PAGE, "/robots.txt": answer(status=404)}
        return Fetch(tmp_path, host)(host.url("/page"), authorities=authorities).as_text()

    assert says("127.0.0.1", str(pem)).startswith("spine: fetched: 27 characters")
    assert ": unable to get local issuer certificate" in says("127.0.0.1", "")
    assert ": IP address mismatch" in says("192.0.2.1", str(pem))
