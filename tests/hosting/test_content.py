"""What nginx sends: the files themselves, packed as the browser takes them, whole or in part."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import brotli
import pytest

from .serving import ask
from .test_headers import address

if TYPE_CHECKING:
    from pathlib import Path

    from bench.serving.nginx import Served

TEXT = (
    "index.html",
    "tests/index.html",
    "404.html",
    "search/search_index.json",
    "scripts/guide.*.js",
    "stylesheets/guide.*.css",
    "assets/javascripts/bundle.*.min.js",
    "assets/stylesheets/main.*.min.css",
)
UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress}
CHROME, SAFARI = "gzip, deflate, br, zstd", "gzip, deflate, br"


@pytest.mark.parametrize("pattern", TEXT)
@pytest.mark.parametrize(
    ("taken", "sent"), [(CHROME, "br"), (SAFARI, "br"), ("br", "br"), ("gzip", "gzip"), ("", None)]
)
def test_text_is_packed_as_the_browser_takes_it_and_unpacks_to_the_file(
    pattern: str, taken: str, sent: str | None, guide_site: Path, deployed: Served
) -> None:
    path = address(guide_site, pattern)
    answer, content = ask(deployed, path, Accept_Encoding=taken)
    original = (guide_site / path[1:]).read_bytes()
    assert answer.headers["Content-Encoding"] == sent
    assert (UNPACK[sent](content) if sent else content) == original
    assert answer.headers["Vary"] == "Accept-Encoding", "a cache between must not mix them up"
    assert not sent or len(content) < len(original)


def test_the_page_for_lost_readers_is_packed_too(guide_site: Path, deployed: Served) -> None:
    answer, content = ask(deployed, "/nowhere", Accept_Encoding=CHROME)
    assert (answer.status, answer.headers["Content-Encoding"]) == (404, "br")
    assert brotli.decompress(content) == (guide_site / "404.html").read_bytes()


@pytest.mark.parametrize(("taken", "sent"), [(CHROME, "br"), ("gzip", "gzip")])
def test_a_cdn_gets_packed_files(taken: str, sent: str, deployed: Served) -> None:
    answer, _ = ask(deployed, "/", Accept_Encoding=taken, Via="1.1 cdn.example.org")
    assert answer.headers["Content-Encoding"] == sent


def test_a_handout_is_sent_in_parts_to_who_asks_for_parts(
    guide_site: Path, deployed: Served
) -> None:
    path = "handouts/guide-a4.pdf"
    whole = (guide_site / path).read_bytes()
    for form, part in {
        "bytes=0-4": whole[:5],
        "bytes=1000-1999": whole[1000:2000],
        "bytes=-7": whole[-7:],
    }.items():
        answer, content = ask(deployed, f"/{path}", Range=form, Accept_Encoding=CHROME)
        assert answer.status == 206
        assert content == part
        assert answer.headers["Content-Range"].endswith(f"/{len(whole)}")
        assert "Content-Encoding" not in answer.headers
    answer, _ = ask(deployed, f"/{path}", Range=f"bytes={len(whole)}-")
    assert answer.status == 416


def test_a_handout_that_has_changed_is_not_put_together_of_old_and_new_parts(
    guide_site: Path, deployed: Served
) -> None:
    answer, content = ask(
        deployed, "/handouts/guide-a4.pdf", Range="bytes=0-4", If_Range='"of-another-edition"'
    )
    assert answer.status == 200
    assert content == (guide_site / "handouts/guide-a4.pdf").read_bytes()


def test_asking_for_headers_sends_no_content(deployed: Served) -> None:
    answer, content = ask(deployed, "/", method="HEAD")
    assert (answer.status, content) == (200, b"")
    assert int(answer.headers["Content-Length"]) > 1000
