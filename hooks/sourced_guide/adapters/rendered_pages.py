"""Pages that an earlier build has rendered, so that MkDocs need not render them again.

What MkDocs makes of a page's Markdown is kept as it is before plugins change it: its HTML, table of
contents and anchors. It is kept with what the same parse collected, so what is checked is what is
shown. It depends on the Markdown, the settings, the list of all files (links are made relative),
the terms and the sources; a page about which MkDocs logs anything is rendered every time.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from mkdocs.structure.toc import get_toc

from sourced_guide.adapters.logged import LogCounter, shown_level
from sourced_guide.claims.project.options import NAME
from sourced_guide.claims.project.store.store import digest_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page
    from mkdocs.structure.toc import AnchorLink

    from sourced_guide.claims.markdown.page_reader import PageReader

# Options of our own extension that are set for each page or build.
_OF_A_BUILD = ("reader", "page")


def render_page(page: Page, config: MkDocsConfig, files: Files) -> None:
    """Read and render a page as MkDocs does, with the events of all plugins."""
    plugins = config.plugins
    page = plugins.on_pre_page(page, config=config, files=files)
    page.read_source(config)
    markdown = page.markdown or ""
    page.markdown = plugins.on_page_markdown(markdown, page=page, config=config, files=files)
    page.render(config, files)
    html = page.content or ""
    page.content = plugins.on_page_content(html, page=page, config=config, files=files)


class RenderedPages:
    """The rendered pages of one build, which its store has or will have."""

    def __init__(self, reader: PageReader, config: MkDocsConfig, files: Files) -> None:
        self._reader, self._files = reader, files
        self._settings = _settings(reader, config, files)
        # The pages that are being rendered, with the name to keep each under.
        self._names: dict[str, str] = {}
        self._logged = LogCounter()
        self._logged.begin()

    def restore(self, page: Page, markdown: str) -> bool:
        """Let a page that is kept render as it did before; say whether it is one to keep anew."""
        path = page.file.src_uri
        name = self._name(page, markdown)
        kept = self._reader.project.store.read(name) if name else None
        if kept and (collected := self._reader.kept.restored(path, kept[0])):
            self._reader.restore(path, *collected)
            vars(page)["render"] = partial(self._render, page, kept)
        elif name:
            self._names[path] = name
        self._logged.count = 0
        return path in self._names

    def keep(self, page: Page, html: str) -> None:
        """Keep a page that MkDocs has just rendered."""
        path = page.file.src_uri
        name = self._names.pop(path, "")
        if not name or self._logged.count:
            return
        links = page.links_to_anchors
        value = [
            self._reader.value_of(path),
            html,
            list(map(_token, page.toc)),
            sorted(page.present_anchor_ids or ()),
            None if links is None else {file.src_uri: found for file, found in links.items()},
        ]
        self._reader.project.store.keep(name, value)

    def only_count(self) -> None:
        """Log nothing: pages about which MkDocs logs anything are rendered by another process."""
        self._logged.only_count()

    def close(self) -> None:
        """Stop counting."""
        self._logged.end()

    def _name(self, page: Page, markdown: str) -> str:
        """Return what a page is kept under, or nothing if it cannot be kept."""
        # Where the front matter has no title, MkDocs takes it from the page.
        if not page.meta.get("title"):
            return ""
        file = self._reader.file(page.file.src_uri)
        key = self._reader.kept.key(self._settings, file, markdown)
        return f"rendered/{key}.json" if key else ""

    @staticmethod
    def _render(
        page: Page,
        kept: list[Any],
        config: MkDocsConfig,  # noqa: ARG004 (MkDocs fixes the parameters)
        files: Files,
    ) -> None:
        """Do what `Page.render` does, once: what is kept need not stay in memory."""
        vars(page).pop("render", None)
        _, html, toc, anchors, links = kept
        page.content = html
        page.toc = get_toc(toc)
        page.present_anchor_ids = set(anchors)
        if links is not None:
            linked = ((files.get_file_from_path(path), found) for path, found in links.items())
            page.links_to_anchors = {file: found for file, found in linked if file}


def _token(item: AnchorLink) -> dict[str, Any]:
    """Return an item of a table of contents as Python-Markdown gives it to MkDocs."""
    children = list(map(_token, item.children))
    return {"name": item.title, "id": item.id, "level": item.level, "children": children}


def _settings(reader: PageReader, config: MkDocsConfig, files: Files) -> str:
    """Return a digest of what pages depend on beside their Markdown, or nothing if unknown."""
    configs = {name: dict(options or {}) for name, options in config.mdx_configs.items()}
    for option in _OF_A_BUILD:
        configs.get(NAME, {}).pop(option, None)
    parse = reader.kept.settings(config.markdown_extensions, configs)
    terms = digest_of(*map(repr, reader.terms))
    listed = (f"{file.src_uri} {file.url} {file.inclusion}" for file in files)
    return parse and digest_of(
        *(parse, terms, reader.project.settings_digest, shown_level()),
        digest_of(*sorted(reader.references.sources)),
        digest_of(*listed),
    )
