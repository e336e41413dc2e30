"""The theme's list of all pages, as MkDocs renders it for each page of a site."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jinja2 import pass_context
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from sourced_guide.adapters.kept_menu import KeptMenu

if TYPE_CHECKING:
    from pathlib import Path

PAGES = (
    *("index.md", "legs.md", "arms.md", "back/index.md", "back/pain.md", "back/deep/cord.md"),
    *("back/deep/roots.md", "back/deep/index.md", "hands/left.md", "hands/right.md", "unlisted.md"),
)
SECTIONS: list[Any] = [
    "index.md",
    {"Limbs": ["legs.md", "arms.md", {"Hands": ["hands/left.md", "hands/right.md"]}]},
    {"Back": ["back/index.md", "back/pain.md", {"Deep": ["back/deep/index.md", *PAGES[5:7]]}]},
    {"Elsewhere": [{"A site": "https://example.org/"}, {"Its root": "/start/"}]},
]
NAVS: dict[str, list[Any] | None] = {
    "sections": SECTIONS,
    "folders": None,
    "no sections": list(PAGES[:-1]),
    "a page twice": [*SECTIONS, {"Again": ["legs.md", {"Deeper": ["back/pain.md"]}]}],
    "an address that depends on the page": [*SECTIONS, {"Elsewhere": "legs/#here"}],
}
FEATURES = (
    ["navigation.sections", "toc.follow"],
    ["navigation.sections", "navigation.tabs"],
    ["navigation.indexes", "navigation.expand"],
    ["navigation.prune"],
)
_LIST = """
{%- import "partials/language.html" as lang with context -%}
{%- set features = config.theme.features -%}
{%- include "partials/nav.html" -%}
"""


class Menus:
    """A site, with the list of each of its pages as HTML; it says how often an address was made."""

    def __init__(
        self,
        folder: Path,
        nav: list[Any] | None,
        features: list[str],
        *,
        keeping: bool,
        directories: bool = True,
        templates: Path | None = None,
    ) -> None:
        docs = folder / "docs"
        docs.mkdir(exist_ok=True)
        theme = {"name": "material", "features": features}
        settings = folder / "mkdocs.yml"
        # JSON is YAML, too.
        settings.write_text(
            json.dumps(
                {
                    "site_name": "Limbs",
                    "theme": {**theme, "custom_dir": str(templates)} if templates else theme,
                    "use_directory_urls": directories,
                    "nav": nav,
                }
            )
        )
        config = load_config(str(settings))
        self._files = Files(
            [
                File(
                    path, str(docs), config.site_dir, directories, inclusion=InclusionLevel.INCLUDED
                )
                for path in PAGES
            ]
        )
        self._nav = get_navigation(self._files, config)
        self._config = config
        self._env = config.theme.get_env()
        address = self._env.filters["url"]
        self.addresses = 0

        @pass_context
        def counted(context: Any, url: str) -> Any:
            self.addresses += 1
            return address(context, url)

        self._env.filters["url"] = counted
        for file in self._files:
            page = file.page or Page(None, file, config)
            page.title = file.src_uri
        self.kept = KeptMenu(self._env) if keeping else None

    def page(self, path: str) -> Page:
        """Return a page."""
        file = self._files.get_file_from_path(path)
        assert file
        assert file.page
        return file.page

    def of(self, path: str) -> str:
        """Return the list as a page shows it."""
        page = self.page(path)
        page.active = True
        try:
            context = get_context(self._nav, self._files, self._config, page)
            return self._env.from_string(_LIST).render(dict(context))
        finally:
            page.active = False

    def all(self) -> list[str]:
        """Return the lists of all pages, and those of templates that belong to none."""
        context = get_context(self._nav, self._files, self._config, base_url="/")
        of_no_page = self._env.from_string(_LIST).render(dict(context))
        return [*map(self.of, PAGES), of_no_page]
