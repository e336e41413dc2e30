"""The Python-Markdown extension of the glossary: ids for its entries, marks on other pages."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from guide.claims.extension import page_path
from guide.claims.terms import PAGE, Term, entries, read_terms, term_id, words
from guide.glossary.marking import mark_terms

NAME = "guide.glossary"

# After the claims were collected (5.5), which sees the page as its editor wrote it, and before
# the table of contents (5).
_TREE_PRIORITY = 5.4


class GlossaryExtension(Extension):
    """Marks of glossary terms."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "docs_dir": ["docs", "The folder of the pages, with glossary.md in it"],
            "page": ["", "The page's path in that folder; the generator is asked where empty"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Register the processor, as Python-Markdown asks for it."""
        md.treeprocessors.register(_GlossaryTreeprocessor(md, self), "glossary", _TREE_PRIORITY)


class _GlossaryTreeprocessor(Treeprocessor):
    def __init__(self, md: Markdown, extension: GlossaryExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, root: Element) -> None:
        page = page_path(self.md, self._extension.getConfig("page"))
        if page == PAGE:
            for names, _ in entries(root):
                names[0].set("id", term_id(words(names[0])))
            return
        glossary = Path(self._extension.getConfig("docs_dir")) / PAGE
        if glossary.is_file():
            mark_terms(root, page, _load_terms(glossary, glossary.stat().st_mtime_ns))


@lru_cache(maxsize=4)
def _load_terms(glossary: Path, changed: int) -> list[Term]:
    """Return the terms of a glossary; `changed` (nanoseconds) makes an edited one be read anew."""
    return read_terms(glossary.read_text("utf-8-sig", errors="replace"))


def makeExtension(**options: Any) -> GlossaryExtension:  # noqa: N802 (Python-Markdown's name)
    """Return the extension, as Python-Markdown asks for it."""
    return GlossaryExtension(**options)
