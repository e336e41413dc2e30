"""Sites with a theme of another kind than ours are certified."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ..commands import claims, run
from .sites import sourced_site

if TYPE_CHECKING:
    from pathlib import Path

MATERIAL = {
    "name": "material",
    "features": [
        "announce.dismiss",
        "content.action.edit",
        "content.action.view",
        "content.code.copy",
        "navigation.footer",
        "navigation.tabs",
        "navigation.top",
        "search.share",
        "search.suggest",
    ],
    "palette": [
        {"scheme": "default", "toggle": {"icon": "material/weather-night", "name": "Dark mode"}},
        {"scheme": "slate", "toggle": {"icon": "material/weather-sunny", "name": "Light mode"}},
    ],
}
THEMES: dict[str, dict[str, Any]] = {
    "Material": MATERIAL,
    "MkDocs": {"name": "mkdocs", "highlightjs": False, "user_color_mode_toggle": True},
    "Read the Docs": {"name": "readthedocs", "highlightjs": False},
}


# A build takes a second or two.
@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_texts_and_code_of_the_theme_are_let_through(theme: dict[str, Any], tmp_path: Path) -> None:
    extra = {"social": [{"icon": "fontawesome/brands/github", "link": "https://github.com/bikes"}]}
    site = sourced_site(tmp_path, theme=theme, extra=extra)
    built = run("mkdocs", "build", "--strict", "--quiet", cwd=site)
    assert built.returncode == 0, built.stderr
    # The numbers of sources are drawn by a style sheet, which other themes lack.
    assert 'href="assets/sourced-guide.css"' in (site / "site/index.html").read_text("utf-8")
    assert (site / "site/assets/sourced-guide.css").is_file()
    certified = claims("certify", "site", cwd=site)
    assert certified.stdout == "certified: site shows what was checked, and nothing else\n"
    # Nothing else is let through: beside the page's own text, around it, on a page that only helps.
    for name, before in (
        ("index.html", "</h1>"),
        ("chains/index.html", "</body>"),
        ("404.html", "</h1>"),
    ):
        page = site / "site" / name
        text = page.read_text("utf-8")
        page.write_text(text.replace(before, f"<p>Chains never break.</p>{before}", 1), "utf-8")
        said = claims("certify", "site", cwd=site).stdout
        assert "Chains never break" in said, name
        assert said.endswith("1 finding in 1 file\n"), said
        page.write_text(text, "utf-8")


def test_a_text_in_the_theme_s_data_is_read(tmp_path: Path) -> None:
    site = sourced_site(tmp_path, theme=THEMES["Read the Docs"])
    assert run("mkdocs", "build", "--quiet", cwd=site).returncode == 0
    page = site / "site/chains/index.html"
    text = page.read_text("utf-8")
    assert 'mkdocs_page_name = "Chains"' in text
    page.write_text(text.replace('page_name = "Chains"', 'page_name = "Chains never break"'))
    said = claims("certify", "site", cwd=site).stdout
    assert "BLD005 has a <script> of neither guide nor theme" in said
