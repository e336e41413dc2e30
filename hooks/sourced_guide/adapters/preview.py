"""`guide serve`: shows the pages that were saved first, and builds everything else after that.

A saved page is rendered with what the last complete build knows (navigation, sources, terms, other
pages), and browsers load it. Then the whole guide is built into another folder, which takes the
place of the first one. A newer save ends that build: nobody would see what it makes. Where another
file than a known page has changed, there is the whole build only.
"""

from __future__ import annotations

import shutil
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from mkdocs.plugins import get_plugin_logger
from mkdocs.utils import write_file

from sourced_guide.adapters.rendered_pages import render_page
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.model.third_party import is_superseded, show_again, show_now
from sourced_guide.claims.project.glossary import PAGE as GLOSSARY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

log = get_plugin_logger("claims")
# More pages at once are a new branch or a replaced word: no one of them is the one to look at.
_MOST_PAGES = 5
_NEXT = "-next"
# When a file was changed, and its size.
_States = dict[Path, tuple[int, int]]


class SupersededError(BaseException):
    """A build is ended by a newer save. MkDocs reports an Exception as a fault of the build."""


@dataclass
class _Site:
    """A build that is complete, or in progress: what a page of it is rendered with."""

    config: MkDocsConfig
    states: _States
    files: Files | None = None
    env: Environment | None = None
    nav: Navigation | None = None
    contexts: dict[str, TemplateContext] = field(default_factory=dict)


class Preview:
    """The builds of one `guide serve`.

    `take_up` returns a function that brings back what the build that ends now knows; it is called
    with the paths of the pages that have changed.
    """

    def __init__(self, take_up: Callable[[], Callable[[Iterable[str]], None]]) -> None:
        self._take_up = take_up
        self._bring_back: Callable[[Iterable[str]], None] = lambda _: None
        self._server: LiveReloadServer | None = None
        self._builder: Callable[[], None] = lambda: None
        self._shown: _Site | None = None
        self._next: _Site | None = None
        self._folder = ""
        # The pages that have been shown since the last complete build, as they were.
        self._ahead: _States = {}
        self._may_end = False

    def attach(self, server: LiveReloadServer, builder: Callable[[], None]) -> None:
        """Take over the builds of a server."""
        self._server, self._builder = server, builder
        server.builder = self._rebuild

    def close(self) -> None:
        """Remove the second folder; the first one is MkDocs' own."""
        if self._folder:
            shutil.rmtree(f"{self._folder}{_NEXT}", ignore_errors=True)

    def begin(self, config: MkDocsConfig) -> None:
        """Begin a build, in the folder that is not shown.

        Raises UnusableProjectError before the first one, where another program has the address.
        """
        if not self._folder:
            _require_free(config.dev_addr)
        self._folder = self._folder or config.site_dir
        if self._server and Path(self._server.root) == Path(self._folder).resolve():
            config.site_dir = f"{self._folder}{_NEXT}"
        self._next = _Site(config, _states(config))

    def note(self, page: Page, context: TemplateContext, nav: Navigation) -> None:
        """Note what the template of a page is given."""
        if self._next:
            self._next.nav = nav
            self._next.contexts[page.file.src_uri] = cast("TemplateContext", {**context})

    def note_env(self, env: Environment, files: Files) -> None:
        """Note what renders the templates."""
        if self._next:
            self._next.env, self._next.files = env, files

    def end_if_superseded(self) -> None:
        """End the build where a newer save is waiting, and this one's page has been shown."""
        if self._may_end and self._server and is_superseded(self._server):
            raise SupersededError

    def complete(self) -> None:
        """Take what was built for what is shown."""
        self._shown, self._next, self._ahead = self._next, None, {}
        self._bring_back = self._take_up()

    def _rebuild(self) -> None:
        """Build what has changed, as MkDocs asks for it after a save."""
        server = cast("LiveReloadServer", self._server)
        shown = self._show_saved_pages()
        if shown:
            show_now(server)
            log.info("Shown: %s (the rest is being built)", ", ".join(sorted(shown)))
        self._may_end = bool(shown)
        try:
            self._builder()
        except SupersededError:
            return
        finally:
            self._may_end = False
        if self._shown:
            server.root = str(Path(self._shown.config.site_dir).resolve())
            if any(_read(self._shown, path) != content for path, content in shown.items()):
                show_again(server)

    def _show_saved_pages(self) -> Mapping[str, bytes]:
        """Render the pages that have changed into the shown folder; return what they are now."""
        site = self._shown
        if not site:
            return {}
        states, docs = _states(site.config), Path(site.config.docs_dir)
        changed = {path for path in states if states[path] != site.states.get(path)}
        pages = {path.relative_to(docs).as_posix(): path for path in changed if _is_in(path, docs)}
        is_known = len(pages) == len(changed) and site.contexts.keys() >= pages.keys()
        is_same_set = states.keys() == site.states.keys()
        if not (is_known and is_same_set) or GLOSSARY in pages or len(pages) > _MOST_PAGES:
            return {}
        saved = [name for name, path in pages.items() if states[path] != self._ahead.get(path)]
        try:
            self._bring_back(saved)
            shown = {name: _rendered(site, name) for name in saved}
        except Exception:  # noqa: BLE001 (the whole build, which follows, says what is wrong)
            log.info("A saved page cannot be shown before the rest is built")
            return {}
        self._ahead |= {pages[name]: states[pages[name]] for name in saved}
        return shown


def _require_free(address: tuple[str, int]) -> None:
    """Raise UnusableProjectError where nothing can be served at this host and port.

    MkDocs would notice it after a whole build, with a traceback.
    """
    host, port = address
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as tried:
            # As MkDocs' server: an address that was in use a moment ago is free.
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((host, port))
    except OSError as error:
        raise UnusableProjectError(
            f"{host}:{port} cannot be used: {error.strerror}; end the preview that is open, or set "
            "another address as dev_addr in mkdocs.yml"
        ) from error


def _is_in(path: Path, folder: Path) -> bool:
    return path.is_relative_to(folder)


def _states(config: MkDocsConfig) -> _States:
    """Return the state of every file that a build may read and a server watches."""
    found: _States = {}
    watched = {Path(config.docs_dir), Path(config.config_file_path), *map(Path, config.watch)}
    for root in watched:
        for path in root.rglob("*") if root.is_dir() else (root,):
            with suppress(OSError):
                stat = path.stat()
                if not path.is_dir():
                    found[path] = stat.st_mtime_ns, stat.st_size
    return found


def _rendered(site: _Site, path: str) -> bytes:
    """Render a page as MkDocs does, write it and return it."""
    config, files, nav, env = site.config, site.files, site.nav, site.env
    file = files.get_file_from_path(path) if files else None
    page = file.page if file else None
    if not (files and file and page and nav and env):
        raise LookupError(path)
    # The last build may have left what it had kept.
    vars(page).pop("render", None)
    render_page(page, config, files)
    page.active = True
    try:
        context = cast("TemplateContext", {**site.contexts[path]})
        context = config.plugins.on_page_context(context, page=page, config=config, nav=nav)
        template = env.get_template(str(page.meta.get("template", "main.html")))
        output = config.plugins.on_post_page(
            template.render(cast("dict[str, Any]", context)), page=page, config=config
        )
    finally:
        page.active = False
    content = output.encode("utf-8", errors="xmlcharrefreplace")
    write_file(content, file.abs_dest_path)
    return content


def _read(site: _Site, path: str) -> bytes:
    file = site.files.get_file_from_path(path) if site.files else None
    try:
        return Path(file.abs_dest_path).read_bytes() if file else b""
    except OSError:
        return b""
