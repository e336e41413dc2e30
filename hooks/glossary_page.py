"""MkDocs events for `guide.glossary`: tells it which page it is in, and of which folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

# At the top: MkDocs has this folder on sys.path only while it loads the hook.
from guide.glossary.extension import NAME

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    options = config.mdx_configs.setdefault(NAME, {})
    options.update(docs_dir=config.docs_dir, page=page.file.src_uri)
