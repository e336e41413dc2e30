"""A page's article for a reviewer: as readers see it, with each claim marked, and inert."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from lxml import etree
from lxml import html as lxml_html
from markdown import Markdown

from sourced_guide.claims.markdown.extension import ClaimsExtension, page_reader, parsed
from sourced_guide.claims.model.statement import Role
from sourced_guide.claims.render.directives import fill_directives
from sourced_guide.claims.render.page import render_page, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lxml.html import HtmlElement

    from sourced_guide.claims.markdown.page_reader import PageReader
    from sourced_guide.claims.markdown.segments.segment import Segment
    from sourced_guide.claims.model.statement import Statement
    from sourced_guide.claims.project.guide import Guide

# The attribute of a claim's words: the id of its question.
CLAIM = "data-claim"
# Elements that load, run, send or play something, and the sources, which stand beside the claims.
_LEFT_OUT = (
    "//script | //style | //link | //meta | //iframe | //object | //embed | //audio | //video | "
    "//img | //input | //button | //noscript | //template | //base | //source | "
    "//section[contains(concat(' ', @class, ' '), ' cs-sources ')]"
)
# What may be kept of an element outside drawings.
_KEPT = frozenset(("class", "colspan", "rowspan", "scope", "lang", "open", "start", CLAIM))
_INERT = {"a": "span", "label": "p"}
# What would name, load or run something in a drawing.
_UNSAFE_IN_DRAWINGS = frozenset(("id", "href", "style", "aria-labelledby", "aria-describedby"))


def marked_articles(
    guide: Guide, paths: Iterable[str], question_of: Callable[[Statement], str]
) -> Iterator[tuple[str, list[str]]]:
    """Yield pages by their paths, each as the HTML of its blocks.

    The words of a claim are in elements with the id of its question, which `question_of` returns;
    where it returns nothing, they are not marked.

    Raises UnusableProjectError where a Markdown extension fails on a page.
    """

    def render(
        root: Element, page: str, reader: PageReader, segments: list[Segment], **_options: Any
    ) -> None:
        _mark_claims(root, segments, question_of)
        # Only placeholders for sources, which take longest: they are left out below.
        render_page(root, page, reader, segments, mark_unsourced=False, deferred=True)

    reader = page_reader(guide.project, guide)
    extension = ClaimsExtension(render, fill=fill_directives, reader=reader)
    for path, text in parsed(reader, paths, extension, Markdown.convert):
        yield path, list(_blocks(text))


def _mark_claims(
    root: Element, segments: list[Segment], question_of: Callable[[Statement], str]
) -> None:
    parents = {child: parent for parent in root.iter() for child in parent}
    drawn = {part for drawing in root.iter("svg") for part in drawing.iter()}
    # From the last to the first, so that what is wrapped never moves what is still to come.
    for segment in reversed(segments):
        question = segment.statement.role is Role.CLAIM and question_of(segment.statement)
        if not question:
            continue
        for span in reversed(segment.inline.source_spans):
            start, end = max(span.start, segment.start), min(span.end, segment.end)
            if start >= end:
                continue
            if span.node.element in drawn:
                # HTML ends a drawing at an element of a text.
                span.node.element.set(CLAIM, question)
            else:
                mark = Element("span", {CLAIM: question})
                wrap(mark, span, (start - span.start, end - span.start), parents)


def _blocks(text: str) -> Iterator[str]:
    """Yield the blocks of an article, without what could load or run anything."""
    if not text.strip():
        return
    article: HtmlElement = lxml_html.fragment_fromstring(text, create_parent="div")
    for element in article.xpath(_LEFT_OUT):
        element.drop_tree()
    for element in article.iter(etree.Element):
        _make_inert(element)
    for comment in article.xpath("//comment()"):
        comment.drop_tree()
    for block in article:
        block.tail = None
        written: str = etree.tostring(block, encoding="unicode", method="html")
        yield written


def _make_inert(element: HtmlElement) -> None:
    """Open a box, and remove what links, names, loads or runs something."""
    # A reviewer reads one page at a time; sources are linked from their passages.
    element.tag = _INERT.get(str(element.tag), str(element.tag))
    if element.tag == "details":
        element.set("open", "")
    is_drawn = element.tag == "svg" or any(above.tag == "svg" for above in element.iterancestors())
    for name in element.attrib:
        is_unsafe = name in _UNSAFE_IN_DRAWINGS or name.startswith(("on", "xlink:", "{"))
        if is_unsafe if is_drawn else name not in _KEPT:
            del element.attrib[name]
