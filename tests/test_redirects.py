"""The former address of a page leads to the page that has taken its place."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from lxml import html
from playwright.sync_api import expect

from .built import made_once
from .commands import run, run_here
from .few_pages import few_pages

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.html import HtmlElement
    from playwright.sync_api import Browser

SETTING = "  - guide.claims:\n      redirects: {feet/old.md: legs.md, older.md: index.md}\n"
LEGS = "About legs - Cancer in the Spine"
FORMER, OLDER = "feet/old/index.html", "older/index.html"


@pytest.fixture(scope="session")
def moved(small_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with two former addresses. It takes some seconds, as every whole build."""

    def build(folder: Path) -> None:
        few_pages(small_project, folder)
        settings = folder / "mkdocs.yml"
        text = settings.read_text("utf-8").replace("  - guide.claims:\n", SETTING)
        settings.write_text(text, "utf-8")
        result = run("guide", "build", cwd=folder)
        assert result.returncode == 0, result.stdout + result.stderr
        assert "12 pages compared" in result.stdout

    return made_once(tmp_path_factory, "moved", build)


def leading(page: HtmlElement) -> tuple[str, list[str], str]:
    """Return where a page leads by itself, the links that a reader sees, and their text."""
    (refresh,) = page.xpath("//meta[@http-equiv='refresh']/@content")
    shown = page.xpath("string(//body)").strip()
    return refresh, page.xpath("//a/@href"), shown


def test_a_former_address_leads_on_without_a_script(moved: Path) -> None:
    page = html.parse(moved / "site" / FORMER).getroot()
    assert leading(page) == ("0; url=../../legs/", ["../../legs/"], LEGS)
    assert not page.xpath("//script")
    start = html.parse(moved / "site" / OLDER).getroot()
    assert leading(start)[:2] == ("0; url=../", ["../"])
    assert page.get("lang") == "en"


def test_it_has_the_policy_of_all_pages_and_is_kept_for_use_without_a_network(moved: Path) -> None:
    policy = "//meta[@http-equiv='Content-Security-Policy']/@content"
    pages = [html.parse(moved / "site" / name) for name in (FORMER, "index.html")]
    assert pages[0].xpath(policy) == pages[1].xpath(policy) != []
    assert '"feet/old/"' in (moved / "site/service-worker.js").read_text("utf-8")


def test_it_is_in_no_search_and_has_no_handout(moved: Path) -> None:
    assert '"feet/' not in (moved / "site/search/search_index.json").read_text("utf-8")
    assert not list((moved / "site/handouts").glob("*old*"))


def test_in_the_offline_copy_it_leads_to_a_file(moved: Path) -> None:
    (copy,) = (moved / "site/offline").glob("*.zip")
    with ZipFile(copy) as files:
        page = html.fromstring(files.read(f"{copy.stem}/{FORMER}"))
    to = "../../legs/index.html"
    assert leading(page) == (f"0; url={to}", [to], LEGS)


def test_a_browser_follows_it_without_scripts_and_without_a_server(
    moved: Path, tmp_path: Path, browser: Browser
) -> None:
    (copy,) = (moved / "site/offline").glob("*.zip")
    with ZipFile(copy) as files:
        files.extractall(tmp_path)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((tmp_path / copy.stem / FORMER).as_uri())
    page.wait_for_url("**/legs/index.html")
    expect(page.locator("h1")).to_contain_text("About legs")
    context.close()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("url=../../legs/", "url=../../", "BLD002"),
        ("url=../../legs/", "url=https://elsewhere.example/", "BLD002"),
        ('<a href="../../legs/', '<a href="../../nowhere/', "BLD002"),
        ("<body>", "<body><article>It is safe.</article>", "BLD002"),
        ("<body>", "<body><p>It is safe.</p>", "BLD001"),
        ("</head>", "<script>go()</script></head>", "BLD005"),
    ],
)
def test_a_page_that_does_anything_else_is_not_published(
    moved: Path, tmp_path: Path, old: str, new: str, says: str
) -> None:
    project = shutil.copytree(moved, tmp_path / "project")
    page = project / "site" / FORMER
    text = page.read_text("utf-8")
    assert old in text
    page.write_text(text.replace(old, new, 1), "utf-8")
    result = run_here("guide", "certify", "site", cwd=project)
    assert result.returncode == 1
    assert f"site/{FORMER}" in result.stdout
    assert says in result.stdout
