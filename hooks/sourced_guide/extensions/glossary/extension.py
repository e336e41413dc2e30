"""The Python-Markdown extension of the glossary: its own page by letters, marks on other pages.

It stands after `guide.claims` in mkdocs.yml, which knows the page and the terms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from sourced_guide.claims.markdown.extension import current_page
from sourced_guide.claims.project.glossary import PAGE
from sourced_guide.extensions.glossary.link_terms import mark_terms
from sourced_guide.extensions.glossary.list_terms import lay_out

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# After the claims were collected (5.5), which sees the page as its editor wrote it, and before
# the table of contents (5).
_TREE_PRIORITY = 5.4


class GlossaryExtension(Extension):
    """Marks of glossary terms."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Register the processor, as Python-Markdown asks for it."""
        md.treeprocessors.register(_GlossaryTreeprocessor(md), "glossary", _TREE_PRIORITY)


class _GlossaryTreeprocessor(Treeprocessor):
    def run(self, root: Element) -> None:
        page, reader = current_page(self.md)
        if page == PAGE:
            # A check loads this extension and renders nothing.
            from sourced_guide.claims.render.source_line import shorten_entries  # noqa: PLC0415

            lay_out(root)
            # It cites more than twice as many sources as any other page.
            shorten_entries(root, page, reader)
        else:
            mark_terms(root, page, reader.terms)


def makeExtension(**options: Any) -> GlossaryExtension:  # noqa: N802 (Python-Markdown's name)
    """Return the extension, as Python-Markdown asks for it."""
    return GlossaryExtension(**options)
