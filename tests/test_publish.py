"""A built site is made ready for a host: its facts, its content policy, and what a device keeps."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import struct
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from sourced_guide.cli.deprecated import publish as main
from sourced_guide.theme import FOLDER

from .commands import run
from .conftest import ROOT


@pytest.fixture
def published(built: Path, tmp_path: Path) -> Path:
    folder = shutil.copytree(built / "site", tmp_path / "site")
    assert main([str(folder)]) == 0
    return Path(folder)


def head(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text("utf-8"), "html.parser")


def facts(page: Path) -> Any:
    script = head(page).select_one('script[type="application/ld+json"]')
    assert script
    return json.loads(script.get_text())


def policy(page: Path) -> str:
    tags = head(page).select('meta[http-equiv="Content-Security-Policy"]')
    assert len(tags) == 1
    return str(tags[0]["content"])


def test_a_page_says_what_it_is_when_it_was_checked_and_what_it_cites(published: Path) -> None:
    told = facts(published / "legs/index.html")
    assert told["@type"] == "MedicalWebPage"
    assert told["name"] == "About legs"
    assert told["inLanguage"] == "en"
    assert told["lastReviewed"] == "2026-11-21"
    assert told["citation"] == ["A page about legs"]
    assert "reviewedBy" not in told, "nobody has reviewed it"
    assert "url" not in told, "the site has no address"


def test_every_inline_script_is_let_in_by_its_hash_and_nothing_else_is(published: Path) -> None:
    for path in published.rglob("*.html"):
        allowed = policy(path)
        # What does not fall back on default-src (CSP Level 3, 6.1.3).
        assert {"default-src 'none'", "base-uri 'none'", "form-action 'none'"} <= set(
            allowed.split("; ")
        )
        assert "unsafe" not in allowed
        assert "http" not in allowed
        for script in head(path).select("script:not([src])"):
            if script.get("type") in (None, "module", "text/javascript"):
                digest = b64encode(hashlib.sha256(script.get_text().encode()).digest()).decode()
                assert f"'sha256-{digest}'" in allowed


def test_the_policy_stands_before_everything_that_it_is_to_rule(published: Path) -> None:
    text = (published / "index.html").read_text("utf-8")
    assert text.index("Content-Security-Policy") < text.index("<script")
    assert text.index("Content-Security-Policy") < text.index("<link")


def test_a_site_that_is_ready_stays_as_it_is(published: Path) -> None:
    before = {path: path.read_bytes() for path in published.rglob("*.*")}
    assert main([str(published)]) == 0
    assert {path: path.read_bytes() for path in published.rglob("*.*")} == before


def test_a_changed_script_gets_a_new_hash(published: Path) -> None:
    page = published / "index.html"
    before = policy(page)
    page.write_text(page.read_text("utf-8").replace("</body>", "<script>1</script></body>"))
    assert main([str(published)]) == 0
    assert policy(page) != before


def test_the_styles_of_the_guide_are_one_file_that_every_page_finds(
    published: Path, built: Path
) -> None:
    # What only some pages have stays by itself.
    joined, *alone = sorted((published / "stylesheets").iterdir())
    assert [sheet.name for sheet in alone] == ["lists.css", "packs.css"]
    text = joined.read_text("utf-8")
    assert "\n " not in text, "indents are left out, too"
    written = "".join(text.split())
    sheets = {*(FOLDER / "stylesheets").iterdir(), *(built / "docs/stylesheets").iterdir()}
    for sheet in sheets - {FOLDER / "stylesheets" / each.name for each in alone}:
        last_rule = sheet.read_text("utf-8").rstrip().rpartition("\n\n")[2].rpartition("*/")[2]
        assert "".join(last_rule.split()) in written, sheet.name
    for name, to in {"index.html": "", "legs/index.html": "../"}.items():
        links = [link["href"] for link in head(published / name).select("link[rel=stylesheet]")]
        assert [link for link in links if "assets" not in link] == [
            f"{to}stylesheets/{joined.name}"
        ]


def test_the_scripts_of_every_page_are_one_file_without_its_comments(
    published: Path, built: Path
) -> None:
    (joined,) = (published / "scripts").glob("guide.*.js")
    text = joined.read_text("utf-8")
    assert "/*" not in text
    frame = (FOLDER / "guide.html").read_text("utf-8")
    assert text.count("use strict") == frame.count(".js' | url }}\" defer")
    # What only some pages have stays by itself, and what has to run before the theme.
    assert {path.name for path in (published / "scripts").iterdir()} == {
        joined.name,
        "card.js",
        "listen.js",
        "lists.js",
        "my-pack.js",
        "search.js",
    }
    for name, to in {"index.html": "", "legs/index.html": "../"}.items():
        html = (published / name).read_text("utf-8")
        assert re.findall(r'src="([^"]*)" defer', html) == [f"{to}scripts/{joined.name}"]


def test_own_scripts_stay_small(published: Path) -> None:
    sizes = {
        path.name: len(gzip.compress(path.read_bytes(), mtime=0))
        for path in (published / "scripts").iterdir()
    }
    on_every_page = sum(
        size for name, size in sizes.items() if name.startswith(("guide", "search"))
    )
    assert on_every_page <= 8_000
    assert sum(sizes.values()) - on_every_page <= 15_000


def test_a_ready_site_is_certified(published: Path, built: Path) -> None:
    result = run("claims", "certify", str(published), cwd=built)
    assert result.returncode == 0, result.stdout


def kept(published: Path) -> dict[str, str]:
    """What the worker keeps: addresses, and the digests of their files."""
    text = (published / "service-worker.js").read_text("utf-8")
    listed = re.search(r"^const FILES = new Map\((.*)\);$", text, re.MULTILINE)
    assert listed
    return dict(json.loads(listed[1]))


def test_a_device_keeps_the_pages_for_readers_and_what_they_need(
    published: Path, built: Path
) -> None:
    shutil.copytree(published / "legs", published / "editors/legs")
    (published / "handouts").mkdir()
    (published / "handouts/start-a4.pdf").write_bytes(b"%PDF")
    assert main([str(published)]) == 0
    files = kept(published)
    assert {"", "legs/", "404.html", "search/search_index.json", "manifest.json"} <= set(files)
    for page in (published / "index.html", published / "legs/index.html"):
        for each in head(page).select("link[rel=stylesheet], script[src]"):
            name = str(each.get("href") or each.get("src")).removeprefix("../")
            assert name in files
    assert any("search/worker." in name for name in files), "what the search runs in"
    assert not [name for name in files if name.startswith(("editors/", "handouts/"))]
    for name, digest in files.items():
        path = (
            published / name / "index.html" if name.endswith("/") or not name else published / name
        )
        assert b64encode(hashlib.sha256(path.read_bytes()).digest()).decode() == digest


def test_a_changed_page_makes_another_worker_and_leaves_other_pages_as_they_are(
    published: Path,
) -> None:
    before, worker = kept(published), (published / "service-worker.js").read_text("utf-8")
    page = published / "legs/index.html"
    page.write_text(page.read_text("utf-8").replace("weak", "tired"), "utf-8")
    assert main([str(published)]) == 0
    after = kept(published)
    assert [name for name, digest in before.items() if after[name] != digest] == ["legs/"]
    assert (published / "service-worker.js").read_text("utf-8").splitlines()[
        0
    ] != worker.splitlines()[0]


def test_a_page_names_its_edition_and_has_a_mark_of_its_own(published: Path) -> None:
    marks = set()
    for name in ("index.html", "legs/index.html"):
        (place,) = head(published / name).select("time.cs-edition")
        assert place["datetime"] == "2026-11-21"
        assert place.get_text() == "November 21, 2026"
        marks.add(place["data-cs-page"])
    assert len(marks) == 2


def test_the_manifest_serves_a_site_at_any_address(published: Path, built: Path) -> None:
    (published / "assets").mkdir(exist_ok=True)
    shutil.copy(ROOT / "docs/assets/favicon.svg", published / "assets")
    assert main([str(published)]) == 0
    told = json.loads((published / "manifest.json").read_text("utf-8"))
    assert told["name"] == "Cancer in the Spine"
    assert told["lang"] == "en"
    assert told["start_url"] == told["scope"] == "./"
    assert told["theme_color"] in (FOLDER / "stylesheets/colors.css").read_text("utf-8")
    sizes = set()
    for icon in told["icons"]:
        content = (published / icon["src"]).read_bytes()
        # PNG (W3C), 11.2.1: width and height come first.
        width, height = struct.unpack(">II", content[16:24])
        assert content.startswith(b"\x89PNG")
        assert icon["sizes"] == f"{width}x{height}"
        sizes.add((width, icon["purpose"]))
    assert sizes == {(size, use) for size in (192, 512) for use in ("any", "maskable")}


@pytest.mark.parametrize("drawing", ["", "{", "\x89PNG", '<svg xmlns="http://www.w3.org/2000/svg"'])
def test_an_icon_that_cannot_be_drawn_is_a_finding(
    drawing: str, published: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (published / "assets/favicon.svg").write_text(drawing, "utf-8")
    assert main([str(published)]) == 1
    said = capsys.readouterr().err
    assert "BLD014" in said
    assert "favicon.svg" in said
    assert said.endswith("publish: 1 finding\n")


@pytest.mark.parametrize("content", [None, "{"])
def test_a_folder_without_claims_is_no_site(
    tmp_path: Path, content: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    if content:
        (tmp_path / "claims.json").write_text(content)
    assert main([str(tmp_path)]) == 2
    assert "build the site first" in capsys.readouterr().err
