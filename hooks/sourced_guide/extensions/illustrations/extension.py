"""The Python-Markdown extension of the drawings.

`![Title](drawings/wheel.svg){ .drawing }` embeds the file's SVG in the page, so that its words are
checked, the page's colors apply and screen readers find its title and description. `/// people | 23
of 100` draws 100 people. It needs `guide.claims` in mkdocs.yml, which knows the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown.treeprocessors import Treeprocessor
from pymdownx.blocks import BlocksExtension, BlocksProcessor

from sourced_guide.claims.markdown.extension import current_page
from sourced_guide.extensions.illustrations.icon_array import People
from sourced_guide.extensions.illustrations.svg import RejectedDrawing, read_drawing

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

# The class of images that are embedded as drawings.
DRAWING_CLASS = "drawing"
# After attribute lists (8), which give the class, and before the claims are collected (5.5).
_TREE_PRIORITY = 5.6


class DrawingsExtension(BlocksExtension):
    """Drawings and people icons."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Register the block and the processor, as Python-Markdown asks for it."""
        super().extendMarkdown(md)
        md.treeprocessors.register(_DrawingsTreeprocessor(md), "drawings", _TREE_PRIORITY)

    def extendMarkdownBlocks(  # noqa: N802 (PyMdown's name)
        self,
        md: Markdown,  # noqa: ARG002 (PyMdown's parameter)
        block_mgr: BlocksProcessor,
    ) -> None:
        """Register the people icons, as PyMdown's blocks ask for it."""
        block_mgr.register(People, self.getConfigs())


class _DrawingsTreeprocessor(Treeprocessor):
    def run(self, root: Element) -> None:
        page, reader = current_page(self.md)
        parents = {child: parent for parent in root.iter() for child in parent}
        images = [image for image in root.iter("img") if DRAWING_CLASS in _classes(image)]
        for number, image in enumerate(images, 1):
            written = image.get("src", "")
            path = reader.project.file_beside(page, written)
            drawing = read_drawing(path, image.get("alt", ""), f"drawing-{number}")
            if isinstance(drawing, RejectedDrawing):
                reader.reject_drawing(page, written, drawing.reason)
                continue
            reader.register_drawing(page, written, path)
            drawing.tail = image.tail
            parent = parents[image]
            parent[list(parent).index(image)] = drawing


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def makeExtension(**options: Any) -> DrawingsExtension:  # noqa: N802 (Python-Markdown's name)
    """Return the extension, as Python-Markdown asks for it."""
    return DrawingsExtension(**options)
