"""The list of all pages in each page, which pages of one folder share.

Material writes the whole list into every page: with 1,000 pages, that is two thirds of a build. Of
a part of the list that does not have the page itself, only the addresses depend on the page, and
these are the same for all pages of a folder. So such a part is rendered once for a folder, and only
those that have the page are rendered for each. The pages are the same, byte by byte.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jinja2.ext import Extension
from mkdocs.utils import get_theme_dir

from sourced_guide.claims.model.third_party import THEME_MENU

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jinja2 import Environment
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

# A page, a part with others below it, or a link: MkDocs types little of what they share.
_Item = Any

_TEMPLATE, _MACRO = THEME_MENU
_ANEW = _MACRO.replace("render", "render_anew")
_PART = "kept_part_of_menu"
_KEPT = (
    f"{_MACRO}{{{{ {_PART}(render_anew, page, nav, nav_item, path, level, parent) }}}}"
    f"{{% endmacro %}}{_ANEW}"
)


class _KeepingParts(Extension):
    """Lets Material's macro for a part of the list ask first for what is kept."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source of a template; another than Material's own may depend on more."""
        own = Path(get_theme_dir("material"), _TEMPLATE) if name == _TEMPLATE else None
        return source.replace(_MACRO, _KEPT) if own and filename == str(own) else source


class KeptMenu:
    """The parts of the list, as pages of the folder that is being built show them."""

    def __init__(self, env: Environment) -> None:
        env.add_extension(_KeepingParts)
        env.globals[_PART] = self._part
        self._nav: Navigation | None = None
        self._page: Page | None = None
        # The folders that have a page of the list below them, or nothing if no part can be shared.
        self._above: set[str] = set()
        self._folder = ""
        self._parts: dict[tuple[str, bool], str] = {}

    def forget(self) -> None:
        """Forget everything: a page may have another title now."""
        self._nav = None

    def _part(  # noqa: PLR0913, PLR0917 (what Material's macro is given)
        self,
        render: Callable[..., str],
        page: Page | None,
        nav: Navigation,
        item: _Item,
        path: str,
        level: int,
        parent: Any,
    ) -> str:
        """Return a part as HTML; `path` names its place in the list."""
        if page is None or item.active:
            return render(item, path, level, parent)
        if nav is not self._nav or page is not self._page:
            self._turn_to(page, nav)
        if not self._above:
            return render(item, path, level, parent)
        # Under tabs, the parts of an active one look different.
        key = path, bool(parent and parent.active)
        if key not in self._parts:
            self._parts[key] = render(item, path, level, parent)
        return self._parts[key]

    def _turn_to(self, page: Page, nav: Navigation) -> None:
        if nav is not self._nav:
            self._nav, self._above = nav, _above(nav)
            self._parts = {}
        self._page = page
        folder = self._folder_of(page.url)
        # Pages are built folder by folder.
        if folder != self._folder:
            self._folder, self._parts = folder, {}

    def _folder_of(self, url: str) -> str:
        """Return what the addresses of all parts without the page depend on."""
        folder, _, file = url.rpartition("/")
        if file or folder in self._above:
            return folder
        return f"{folder.rpartition('/')[0]}/*"


def _above(nav: Navigation) -> set[str]:
    is_listed_twice = len(set(map(id, nav.pages))) < len(nav.pages)
    if is_listed_twice or not all(map(_is_absolute, _links(nav.items))):
        return set()
    above = {""}
    for page in nav.pages:
        folder = page.url.rstrip("/")
        while folder := folder.rpartition("/")[0]:
            above.add(folder)
    return above


def _links(items: Iterable[_Item]) -> Iterator[str]:
    """Yield the addresses in a list that are not those of pages."""
    for item in items:
        if item.is_link:
            yield item.url
        yield from _links(item.children or ())


def _is_absolute(url: str) -> bool:
    return bool(urlsplit(url).scheme) or url.startswith(("/", "#"))
