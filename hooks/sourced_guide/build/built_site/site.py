"""A built site on disk, shared by the steps of a build: every file is read once."""

from __future__ import annotations

import hashlib
import json
import posixpath
from typing import TYPE_CHECKING, Any

from sourced_guide.build.built_site.edition import Edition, PageEditions, edition
from sourced_guide.build.built_site.page import INDEX, BuiltPage, built_name, read_page
from sourced_guide.build.built_site.visible_text import VisibleText, visible_text
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.io.atomic_write import remove_unfinished, write_all_atomically
from sourced_guide.claims.project.store.store import Store, digest_of
from sourced_guide.claims.report.claims_file import FILE as CLAIMS

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

# Hosts show it for URLs that do not exist; it is not a page of the guide.
NOT_FOUND = "404.html"
FOR_EDITORS = "editors/"


class UnusableSiteError(UnusableProjectError):
    """The folder does not hold a built site; the message says what to do."""


class BuiltSite:
    """The files of a built site, named from its folder, and the pages among them.

    What has been read is cached until it is changed through `write` or `remove`, the only ways in
    which steps change a site. `store` has what was read of pages before, by their content.
    """

    def __init__(self, folder: Path, store: Store | None = None) -> None:
        self.folder = folder
        self.store = store or Store()
        self._digests: dict[str, str] = {}
        self._pages: dict[str, BuiltPage] = {}
        self._claims: Mapping[str, Any] | None = None
        self._page_editions: PageEditions | None = None
        self._paths: Mapping[str, str] = {}
        self.names: set[str] = set()
        self.rescan()

    def rescan(self) -> None:
        """Read the folder again after something other than a step has changed it."""
        self._digests.clear()
        self._pages.clear()
        self._claims = None
        self._page_editions = None
        self.names = {
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*")
            if path.is_file()
        }

    def path(self, name: str) -> Path:
        """Return where a file is on the disk."""
        return self.folder / name

    def content(self, name: str) -> bytes:
        """Return what a file holds."""
        return self.path(name).read_bytes()

    def text(self, name: str) -> str:
        """Return what a text file holds; invalid UTF-8 is replaced by U+FFFD."""
        return self.content(name).decode("utf-8", errors="replace")

    def digest(self, name: str) -> str:
        """Return the SHA-256 of a file, in hex."""
        if name not in self._digests:
            self._digests[name] = hashlib.sha256(self.content(name)).hexdigest()
        return self._digests[name]

    @property
    def page_names(self) -> list[str]:
        """The files of all pages, in order."""
        return sorted(name for name in self.names if name.endswith((".html", ".htm")))

    def page(self, name: str) -> BuiltPage:
        """Return what a page holds."""
        if name not in self._pages:
            kept = f"built/{self.digest(name)}.json"
            if data := self.store.read(kept):
                self._pages[name] = BuiltPage.restored(name, data)
            else:
                self._pages[name] = read_page(name, self.text(name))
                self.store.keep(kept, self._pages[name].as_data())
        return self._pages[name]

    def shown(self, name: str) -> VisibleText:
        """Return what a reader sees of a page. Only the store keeps it: it is long."""
        kept = f"shown/{self.digest(name)}.json"
        if data := self.store.read(kept):
            return VisibleText.restored(data)
        shown = visible_text(self.text(name))
        self.store.keep(kept, shown.as_data())
        return shown

    def found(self, pattern: re.Pattern[str]) -> Iterator[list[Any]]:
        """Yield what a pattern finds in the HTML of each page, as `findall` returns it."""
        kept = self.store.shelf("found")
        for name in self.page_names:

            def find(name: str = name) -> list[Any]:
                return pattern.findall(self.text(name))

            yield kept.get(digest_of(self.digest(name), pattern.pattern), find)

    def pages(self) -> Iterator[BuiltPage]:
        """Yield all pages, in the order of their files."""
        return map(self.page, self.page_names)

    @property
    def start(self) -> BuiltPage:
        """The start page.

        Raises UnusableSiteError where there is none.
        """
        if INDEX not in self.names:
            raise UnusableSiteError(
                f"{self.folder} has no start page: build the site first, with make site"
            )
        return self.page(INDEX)

    @property
    def claims(self) -> Mapping[str, Any]:
        """What claims.json says.

        Raises UnusableSiteError where it is missing or no JSON object.
        """
        if self._claims is None:
            try:
                self._claims = dict(json.loads(self.content(CLAIMS)))
            except (OSError, ValueError, TypeError) as error:
                raise UnusableSiteError(
                    f"{self.folder} holds no {CLAIMS} that can be read: "
                    "build the site first, with make site"
                ) from error
        return self._claims

    @property
    def edition(self) -> Edition:
        """Which edition of the guide it is, by claims.json."""
        return edition(self.claims)

    def page_edition(self, name: str) -> Edition | None:
        """Return the edition of a page; None where claims.json does not know the page.

        Beside a page are those that were made of its parts, which have its edition.
        """
        if self._page_editions is None:
            self._page_editions = PageEditions(self.claims)
            self._paths = {built_name(page["path"]): page["path"] for page in self.claims["pages"]}
        home = posixpath.join(posixpath.dirname(name), INDEX)
        if not (path := self._paths.get(home)):
            return None
        return self._page_editions.of(path, self.page(home).words)

    def write(self, contents: Mapping[str, str | bytes]) -> None:
        """Write files atomically, except for those whose content is unchanged.

        Raises UnwritableFileError where one of them cannot be written.
        """
        encoded = {
            name: content.encode() if isinstance(content, str) else content
            for name, content in contents.items()
        }
        changed = {
            name: content
            for name, content in encoded.items()
            if name not in self.names or self.digest(name) != hashlib.sha256(content).hexdigest()
        }
        write_all_atomically({self.path(name): content for name, content in changed.items()})
        for name in changed:
            self._forget(name)
        self.names |= changed.keys()

    def remove(self, names: Iterable[str]) -> None:
        """Remove files, and folders that become empty."""
        for name in sorted(names):
            path = self.path(name)
            path.unlink(missing_ok=True)
            self._forget(name)
            self.names.discard(name)
            for folder in path.parents:
                if folder == self.folder or (folder.is_dir() and any(folder.iterdir())):
                    break
                if folder.is_dir():
                    folder.rmdir()

    def remove_unfinished(self) -> None:
        """Remove the temporary files of a killed process."""
        remove_unfinished(self.folder)
        self.names = {name for name in self.names if self.path(name).is_file()}

    def _forget(self, name: str) -> None:
        self._digests.pop(name, None)
        self._pages.pop(name, None)
        if name == CLAIMS:
            self._claims = None
            self._page_editions = None
