"""Small sites as others write them, about bicycles, with the plugin added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path

REVIEW = "reviewed: 2026-11-30\nnext-review: 2027-11-30\nreviewer: none yet\n"
SOURCE = """\
type: book
title: The chain book
author:
  - {literal: The Bicycle Club}
publisher: The Bicycle Club
issued: 2023
kind: reference work
read: excerpt
status: current
checked: 2026-11-30
passages:
  wear:
    section: Wear
    start: A chain wears as
    end: it is used
    says: A chain wears as it is used.
    figures: []
"""
SETTINGS: dict[str, Any] = {
    "site_name": "Bicycle repair",
    "site_url": "https://example.com/bikes/",
    "repo_url": "https://github.com/example/bikes",
    "edit_uri": "edit/main/docs/",
    "copyright": 'Copyright &copy; 2023 <a href="https://club.example/">The Bicycle Club</a>',
    "exclude_docs": "references/",
    "plugins": ["search", "sourced-guide"],
    "markdown_extensions": ["attr_list", {"toc": {"permalink": True}}, "guide.claims"],
    "nav": [{"Home": "index.md"}, {"Parts": [{"Chains": "chains.md"}, {"Brakes": "brakes.md"}]}],
}


def write_site(folder: Path, files: dict[str, str], **settings: Any) -> Path:
    """Write a site's settings and files; return its folder."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    written = yaml.safe_dump({**SETTINGS, **settings}, sort_keys=False)
    (folder / "mkdocs.yml").write_text(written, "utf-8")
    return folder


def sourced_page(title: str) -> str:
    """Return a page without findings."""
    return (
        f"---\ntitle: {title}\ndescription: {title}\n{REVIEW}---\n\n# {title}\n\n"
        "A chain wears as it is used. [@chain-book#wear]\n\n## More\n\n"
        "A chain wears as it is used. [@chain-book#wear]\n"
    )


def sourced_site(folder: Path, **settings: Any) -> Path:
    """Write a site of three pages without findings."""
    pages = {"index": "Home", "chains": "Chains", "brakes": "Brakes"}
    files = {f"docs/{name}.md": sourced_page(title) for name, title in pages.items()}
    files["docs/references/chain-book.yml"] = SOURCE
    return write_site(folder, files, **settings)
