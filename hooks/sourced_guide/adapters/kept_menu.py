"""The list of all pages in each page, most of which pages share.

Material writes the whole list into every page: with 1,000 pages, that is two thirds of a build. Of
a part of the list that does not have the page itself, only the addresses depend on the page: on how
deep in folders it is, and on the folders that both are in. So such a part is rendered once for all
pages of which these are the same. The pages are the same, byte by byte.
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
    """The parts of the list, as the pages that were built before show them."""

    def __init__(self, env: Environment) -> None:
        env.add_extension(_KeepingParts)
        env.globals[_PART] = self._part
        self.forget()

    def forget(self) -> None:
        """Forget everything: a page may have another title now."""
        self._nav: Navigation | None = None
        self._page: Page | None = None
        self._can_share = False
        # The folders that the page is in, from the innermost to the root.
        self._folders: list[str] = []
        # By place in the list: the folders that a part has pages in; and what was rendered.
        self._inside: dict[str, set[str]] = {}
        self._parts: dict[tuple[str, bool, int, str], str] = {}

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
        if nav is not self._nav:
            self.forget()
            self._nav, self._can_share = nav, _can_share(nav)
        if not self._can_share:
            return render(item, path, level, parent)
        if page is not self._page:
            self._page, self._folders = page, _folders_around(page.url)
        if path not in self._inside:
            self._inside[path] = _folders_in(item)
        inside = self._inside[path]
        common = next((folder for folder in self._folders if folder in inside), "")
        # Under tabs, the parts of an active one look different.
        key = path, bool(parent and parent.active), len(self._folders), common
        if key not in self._parts:
            self._parts[key] = render(item, path, level, parent)
        return self._parts[key]


def _folders_around(url: str) -> list[str]:
    """Return what an address is in, from the innermost to the root; `a/b/` is a folder itself."""
    folder, _, file = url.rpartition("/")
    folders = [folder if "." in file or not file else url]
    while folders[-1]:
        folders.append(folders[-1].rpartition("/")[0])
    return folders


def _folders_in(item: _Item) -> set[str]:
    """Return the folders that a part of the list has pages in, and those around these."""
    if item.is_page:
        return {*_folders_around(item.url), item.url.rstrip("/")}
    return set().union(*map(_folders_in, item.children or ()))


def _can_share(nav: Navigation) -> bool:
    """Whether only the page itself is active, and the addresses of all links are absolute."""
    is_listed_twice = len(set(map(id, nav.pages))) < len(nav.pages)
    return not is_listed_twice and all(map(_is_absolute, _links(nav.items)))


def _links(items: Iterable[_Item]) -> Iterator[str]:
    """Yield the addresses in a list that are not those of pages."""
    for item in items:
        if item.is_link:
            yield item.url
        yield from _links(item.children or ())


def _is_absolute(url: str) -> bool:
    return bool(urlsplit(url).scheme) or url.startswith(("/", "#"))
