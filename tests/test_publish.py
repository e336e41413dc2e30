"""A built site is made ready for a host: its facts and its content policy."""

from __future__ import annotations

import hashlib
import json
import shutil
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from guide.publish.cli import main

from .conftest import run


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
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


def test_a_page_says_what_it_is_when_it_was_checked_and_what_it_cites(site: Path) -> None:
    told = facts(site / "legs/index.html")
    assert told["@type"] == "MedicalWebPage"
    assert told["name"] == "About legs"
    assert told["inLanguage"] == "en"
    assert told["lastReviewed"] == "2026-11-21"
    assert [work["name"] for work in told["citation"]] == ["A page about legs"]
    assert "reviewedBy" not in told, "nobody has reviewed it"
    assert "url" not in told, "the site has no address"


def test_every_inline_script_is_let_in_by_its_hash_and_nothing_else_is(site: Path) -> None:
    for path in site.rglob("*.html"):
        allowed = policy(path)
        assert "unsafe" not in allowed
        assert "http" not in allowed
        for script in head(path).select("script:not([src])"):
            if script.get("type") in (None, "module", "text/javascript"):
                digest = b64encode(hashlib.sha256(script.get_text().encode()).digest()).decode()
                assert f"'sha256-{digest}'" in allowed


def test_the_policy_stands_before_everything_that_it_is_to_rule(site: Path) -> None:
    text = (site / "index.html").read_text("utf-8")
    assert text.index("Content-Security-Policy") < text.index("<script")
    assert text.index("Content-Security-Policy") < text.index("<link")


def test_a_site_that_is_ready_stays_as_it_is(site: Path) -> None:
    before = {path: path.read_bytes() for path in site.rglob("*.html")}
    assert main([str(site)]) == 0
    assert {path: path.read_bytes() for path in site.rglob("*.html")} == before


def test_a_changed_script_gets_a_new_hash(site: Path) -> None:
    page = site / "index.html"
    before = policy(page)
    page.write_text(page.read_text("utf-8").replace("</body>", "<script>1</script></body>"))
    assert main([str(site)]) == 0
    assert policy(page) != before


def test_the_styles_of_the_guide_are_one_file_that_every_page_finds(
    site: Path, built: Path
) -> None:
    (joined,) = (site / "stylesheets").iterdir()
    text = joined.read_text("utf-8")
    for sheet in (built / "docs/stylesheets").iterdir():
        last_rule = sheet.read_text("utf-8").rstrip().rpartition("\n\n")[2].rpartition("*/")[2]
        assert last_rule.strip() in text, sheet.name
    for name, to in {"index.html": "", "legs/index.html": "../"}.items():
        links = [link["href"] for link in head(site / name).select("link[rel=stylesheet]")]
        assert [link for link in links if "assets" not in link] == [
            f"{to}stylesheets/{joined.name}"
        ]


def test_a_ready_site_is_certified(site: Path, built: Path) -> None:
    result = run("claims", "certify", str(site), cwd=built)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("content", [None, "{"])
def test_a_folder_without_claims_is_no_site(
    tmp_path: Path, content: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    if content:
        (tmp_path / "claims.json").write_text(content)
    assert main([str(tmp_path)]) == 2
    assert "build the site first" in capsys.readouterr().err
