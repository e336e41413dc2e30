"""The address for what is wrong on a page: one setting, and nothing on a page without it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from lxml import html

from .commands import run, run_here
from .sampling import first_of

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.html import HtmlElement

ADDRESS = '!ENV [REPORT_TO, ""]'


def _links(page: HtmlElement) -> list[str]:
    return [str(link) for link in page.xpath("//*[@class='cs-report']//a/@href")]


def test_without_an_address_no_page_asks(built: Path) -> None:
    for path in (built / "site").rglob("*.html"):
        assert _links(html.parse(path).getroot()) == []


@pytest.mark.parametrize(
    ("address", "link"),
    first_of(
        [
            (
                "mailto:us@guide.example",
                "mailto:us@guide.example?subject=Cancer%20in%20the%20Spine%3A%20",
            ),
            ("https://guide.example/form", "https://guide.example/form"),
        ]
    ),
)
def test_with_an_address_every_page_leads_to_it(
    small_project: Path, tmp_path: Path, address: str, link: str
) -> None:
    project = shutil.copytree(small_project, tmp_path / "project")
    settings = (project / "mkdocs.yml").read_text("utf-8")
    assert ADDRESS in settings
    (project / "mkdocs.yml").write_text(settings.replace(ADDRESS, address), "utf-8")
    built = run("mkdocs", "build", "--strict", cwd=project)
    assert built.returncode == 0, built.stderr
    certified = run_here("guide", "certify", "site", cwd=project)
    assert certified.returncode == 0, certified.stdout
    pages = [path for path in (project / "site").rglob("index.html") if "editors" not in path.parts]
    assert pages
    for path in pages:
        [href] = _links(html.parse(path).getroot())
        assert href.startswith(link)
