"""nginx behind another server, and what it adds to answers that are no whole page."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import brotli
import pytest

from bench.serving import nginx
from bench.serving.nginx import Served
from sourced_guide.build.steps.http_headers import headers

from .serving import ask, running

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = b"<title>A page</title>" * 200
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}
POLICY = "default-src 'none'"
# Another server, as it comes: it packs nothing and says for whom it asks.
IN_FRONT = """
server {{
    listen 127.0.0.1:{port};
    gzip off;
    location / {{
        proxy_pass http://127.0.0.1:{behind};
        proxy_http_version {version};
        proxy_set_header Via "{version} front.example.org";
    }}
}}
"""


@pytest.fixture(scope="module")
def answering(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Served]]:
    """A small site behind one server that speaks HTTP/1.0, another with 1.1, and by itself."""
    site = tmp_path_factory.mktemp("site")
    (site / "index.html").write_bytes(PAGE)
    (site / "404.html").write_bytes(PAGE)
    (site / "index.html.gz").write_bytes(gzip.compress(PAGE))
    (site / "index.html.br").write_bytes(brotli.compress(PAGE))
    (site / "folder").mkdir()
    (site / "folder/index.html").write_bytes(PAGE)
    (site / "_policy.nginx").write_text(f'"" "{POLICY}; frame-ancestors \'none\'";\n')
    ports = {name: nginx.free_port() for name in ("itself", "1.0", "1.1")}
    fronts = (
        IN_FRONT.format(port=ports[version], behind=ports["itself"], version=version)
        for version in ("1.0", "1.1")
    )
    configuration = nginx.deployed(site, ports["itself"]) + "".join(fronts)
    # The last of them to listen.
    with running(configuration, ports["1.1"]) as where:
        yield {name: Served(port, where.log) for name, port in ports.items()}


@pytest.mark.parametrize("version", ["1.0", "1.1", "itself"])
@pytest.mark.parametrize(("taken", "sent"), [("gzip, br", "br"), ("gzip", "gzip"), ("", None)])
def test_packed_files_come_through_a_server_in_front(
    version: str, taken: str, sent: str | None, answering: dict[str, Served]
) -> None:
    answer, content = ask(answering[version], "/", Accept_Encoding=taken)
    assert answer.headers["Content-Encoding"] == sent
    assert (UNPACK[sent](content) if sent else content) == PAGE
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers.get_all("Cache-Control") == ["no-cache"]


ANSWERS: list[tuple[int, str, dict[str, str]]] = [
    (200, "/", {}),
    (206, "/", {"Range": "bytes=0-9"}),
    (301, "/folder", {}),
    (304, "/", {"If_None_Match": "*"}),
    (404, "/nowhere", {}),
    (412, "/", {"If_Match": '"another"'}),
    (416, "/", {"Range": "bytes=99999-"}),
]


@pytest.mark.parametrize("version", ["1.0", "1.1", "itself"])
@pytest.mark.parametrize(("status", "path", "asked"), ANSWERS)
def test_every_header_is_sent_once_whatever_the_answer(
    status: int, path: str, asked: dict[str, str], version: str, answering: dict[str, Served]
) -> None:
    for method in ("GET", "HEAD"):
        answer, _ = ask(answering[version], path, method, None, **asked)
        assert answer.status == status
        names = [name.lower() for name, _ in answer.getheaders()]
        assert len(names) == len(set(names)), names
        expected = headers("/index.html", POLICY)
        assert {name: answer.headers[name] for name in expected} == expected


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_a_refused_method_gets_every_header_once(method: str, answering: dict[str, Served]) -> None:
    answer, _ = ask(answering["itself"], "/", method)
    assert answer.status == 405
    assert answer.headers.get_all("Cache-Control") == ["no-cache"]
