"""Hosts on this machine that answer as they are told to, and a crawler that may ask them."""

from __future__ import annotations

import functools
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import certifi
import pytest
import yaml

from sourced_guide.claims.model.place import Place
from sourced_guide.claims.model.source import Source
from sourced_guide.fetch import client as request
from sourced_guide.fetch.client import Client
from sourced_guide.fetch.crawler import Crawler
from sourced_guide.fetch.limits import Limits
from sourced_guide.fetch.snapshot import Fetched, fetch_source
from sourced_guide.fetch.ssrf import SsrfGuard

from ..conftest import FIXTURES

if TYPE_CHECKING:
    import ssl
    from pathlib import Path

Answer = Callable[[BaseHTTPRequestHandler], object]
PINNED = {"sha256": "0" * 64, "retrieved": "2026-11-21"}
AGENT = "sourced-guide/1.0.0 (a patient guide that checks its sources)"
# Long enough for a machine that has much to do; what stalls is given less.
LIMITS = Limits(connect=20, read_timeout=20, total=60, extraction_timeout=60, pause=0, body=2**20)


def answer(
    body: bytes = b"",
    content_type: str = "text/html; charset=utf-8",
    status: int = 200,
    **headers: str,
) -> Answer:
    """Answer with a body of the length that it has, unless a header says otherwise."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        fields = {"Content-Type": content_type, "Content-Length": str(len(body))}
        fields |= {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in fields.items():
            if value:
                handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return send


def leading_to(url: str, status: int = 302) -> Answer:
    return answer(status=status, Location=url)


@dataclass
class Host:
    """A host of the web on this machine: what it answers, by path, and what it was asked."""

    port: int = 0
    scheme: str = "http"
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    times: list[float] = field(default_factory=list)
    # Set when the host goes down, so that what stalls does not outlive the test.
    down: Event = field(default_factory=Event)

    def url(self, path: str) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}{path}"

    def handle(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(handler.path)
        self.agents.add(handler.headers["User-Agent"])
        self.times.append(time.monotonic())
        missing = answer(b"not here", status=404)
        try:
            self.answers.get(handler.path, missing)(handler)
        except OSError:
            # Whoever asked has had enough.
            handler.close_connection = True


@pytest.fixture
def make_host() -> Iterator[Callable[..., Host]]:
    """Put a host up, with TLS where it gets a context."""
    up: list[tuple[Host, ThreadingHTTPServer, Thread]] = []

    def make(context: ssl.SSLContext | None = None) -> Host:
        host = Host(scheme="https" if context else "http")

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                host.handle(self)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        class Server(ThreadingHTTPServer):
            def handle_error(self, *_: Any) -> None:
                """A handshake that fails is what some tests want."""

        server = Server(("127.0.0.1", 0), Handler)
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        host.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        up.append((host, server, thread))
        return host

    yield make
    for host, server, thread in up:
        host.down.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def host(make_host: Callable[[], Host]) -> Host:
    return make_host()


def client(*hosts: Host, authorities: str = "", **limits: Any) -> Client:
    """A client that may ask these hosts, and no other port of this machine."""
    ports = {each.port for each in hosts}
    return Client(
        AGENT,
        replace(LIMITS, **limits),
        SsrfGuard(
            lambda address, port: address == "127.0.0.1" and port in ports,
            authorities or certifi.where(),
        ),
    )


class Fetch:
    """Fetches into a folder, with one crawler for each set of limits."""

    def __init__(self, folder: Path, *hosts: Host) -> None:
        self.folder = folder
        self._hosts = hosts

    def __call__(self, url: str, pinned: str = "", pmcid: str = "", **limits: Any) -> Fetched:
        asking = client(*self._hosts, **limits)
        csl = {"URL": url, "PMCID": pmcid}
        source = Source("spine", Place("spine.yml"), csl, snapshot_sha256=pinned)
        service = self._hosts[0].url("/europepmc")
        return fetch_source(source, self.folder, Crawler(asking), asking.limits, service)

    @property
    def text(self) -> str:
        """The copy."""
        return (self.folder / "spine.txt").read_text("utf-8")

    @property
    def files(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def fetch(tmp_path: Path, host: Host) -> Fetch:
    folder = tmp_path / "snapshots"
    folder.mkdir()
    return Fetch(folder, host)


@pytest.fixture
def two_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the two sources of the fixtures, which have no address yet."""
    shutil.copytree(FIXTURES / "references", tmp_path / "docs/references")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nmarkdown_extensions: [guide.claims]\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def reachable(host: Host, monkeypatch: pytest.MonkeyPatch) -> Host:
    """The host, to be asked by the command as well."""
    asking = functools.partial(request.Client, limits=LIMITS, guard=client(host).guard)
    monkeypatch.setattr(request, "Client", asking)
    return host


def put(two_sources: Path, key: str, **fields: object) -> None:
    path = two_sources / f"docs/references/{key}.yml"
    path.write_text(yaml.safe_dump(yaml.safe_load(path.read_text()) | fields))
