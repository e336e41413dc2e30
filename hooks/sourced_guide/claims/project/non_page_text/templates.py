"""The project's own templates: the text that they add to a page, and what they hide of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from sourced_guide.claims.language.markup.hidden_markup import HIDING_ATTRIBUTES, HIDING_ELEMENTS
from sourced_guide.claims.language.markup.html_text import read_raw_html
from sourced_guide.claims.project.non_page_text.external_url import EXTERNAL_URL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2.nodes import Node

_LETTER = re.compile(r"[^\W_]")
# Filters, and methods of strings, that join or rearrange text.
_JOINING = {
    *("reverse", "join", "format", "sort", "random", "shuffle", "batch", "slice", "map", "xmlattr"),
    *("replace", "translate", "swapcase", "zip", "chain"),
}
# Filters whose result is a URL.
_URL_FILTERS = {"url", "urlencode", "tojson"}
_TRANSLATED = "t"
# The page's own text, where a template puts it.
_PAGE = re.compile(r"super\s*\(|page\s*\.\s*content|self\s*\.|caller\s*\(")
_PAGE_MARKER = "\x00"
_VOID_ELEMENTS = {
    "meta",
    "link",
    "br",
    "hr",
    "img",
    "input",
    "base",
    "source",
    "track",
    "wbr",
    "col",
}


@dataclass(frozen=True)
class Template:
    """A parsed template: its markup, the words its expressions print, and how they join text.

    `words` and `joins` have line numbers. `markup` has spaces in place of Jinja code.
    """

    markup: str = ""
    strings: tuple[str, ...] = ()
    words: tuple[tuple[int, str], ...] = ()
    joins: tuple[tuple[int, str], ...] = ()
    # The markup with a marker in place of the page's own text.
    page_markup: str = ""


@dataclass(frozen=True)
class UnreadableTemplate:
    """Why a template cannot be read, and on which line."""

    line: int
    reason: str


def read_template(content: str) -> Template | UnreadableTemplate:
    """Return a parsed template; it is not run."""
    # Imported here, because Jinja is slow to load and most checks need no template.
    from jinja2 import Environment, TemplateSyntaxError  # noqa: PLC0415

    environment = Environment(autoescape=True, extensions=["jinja2.ext.loopcontrols"])
    try:
        tokens = list(environment.lex(content))
        tree = environment.parse(content)
    except TemplateSyntaxError as error:
        return UnreadableTemplate(error.lineno, str(error))
    found = _Found()
    _walk(tree, found)
    markup = "".join(value if kind == "data" else " " for _, kind, value in tokens)
    strings = tuple(value for _, kind, value in tokens if kind in ("data", "string"))
    return Template(
        markup, strings, tuple(found.words), tuple(found.joins), _with_page_markers(content)
    )


def external_loads(template: Template) -> Iterator[str]:
    """Yield the tags of a template that load a script, a style sheet or a frame of another host."""
    for tag, attributes in read_raw_html(template.markup).tags:
        values = dict(attributes)
        address = values.get("href") if tag == "link" else values.get("src") or values.get("data")
        is_loaded = tag in ("script", "iframe", "object", "embed", "img", "link")
        is_only_named = tag == "link" and (values.get("rel") or "").lower() in ("canonical", "me")
        if is_loaded and not is_only_named and EXTERNAL_URL.match(address or ""):
            yield f"<{tag}> {address}"


def tag_hiding_page_text(template: Template) -> str:
    """Return the tag by which a template hides the page's own text, or nothing."""
    reader = _HidingTagFinder()
    reader.feed(template.page_markup)
    reader.close()
    return reader.found


@dataclass
class _Found:
    words: list[tuple[int, str]] = field(default_factory=list)
    joins: list[tuple[int, str]] = field(default_factory=list)


def _walk(node: Node, found: _Found) -> None:
    """Record the strings that an expression may print, and operations that join text."""
    from jinja2 import nodes  # noqa: PLC0415 (see above)

    if isinstance(node, (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        return
    if isinstance(node, (nodes.Compare, nodes.Test)):
        return
    if isinstance(node, nodes.Filter) and node.name in _URL_FILTERS:
        return
    if isinstance(node, nodes.Call) and getattr(node.node, "attr", "") == _TRANSLATED:
        return
    if isinstance(node, nodes.Const):
        if isinstance(node.value, str) and _LETTER.search(node.value):
            found.words.append((node.lineno, node.value))
        return
    if operation := _joining_operation(node):
        found.joins.append((node.lineno, operation))
    # The key of a lookup is not printed.
    excluded = ("arg",) if isinstance(node, nodes.Getitem) else ()
    for child in node.iter_child_nodes(exclude=excluded):
        _walk(child, found)


def _joining_operation(node: Node) -> str:
    from jinja2 import nodes  # noqa: PLC0415 (see above)

    if isinstance(node, nodes.Concat):
        return "~"
    if isinstance(node, nodes.Filter) and node.name in _JOINING:
        return node.name
    if isinstance(node, nodes.Call) and getattr(node.node, "attr", "") in _JOINING:
        return str(getattr(node.node, "attr", ""))
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Slice):
        return "[::]"
    return ""


def _with_page_markers(content: str) -> str:
    """Return a template with a marker for every expression that prints the page's text."""
    without = re.sub(r"\{#.*?#\}", " ", content, flags=re.DOTALL)
    return re.sub(
        r"\{\{.*?\}\}|\{%.*?%\}",
        lambda part: _PAGE_MARKER if _PAGE.search(part.group()) else " ",
        without,
        flags=re.DOTALL,
    )


class _HidingTagFinder(HTMLParser):
    """Finds the first tag that hides a marker in it."""

    def __init__(self) -> None:
        super().__init__()
        self.found = ""
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID_ELEMENTS:
            return
        hides = tag in HIDING_ELEMENTS or any(name in HIDING_ATTRIBUTES for name, _ in attrs)
        self._open.append((tag, (self.get_starttag_text() or tag) if hides else ""))

    def handle_endtag(self, tag: str) -> None:
        while any(name == tag for name, _ in self._open):
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if _PAGE_MARKER in data and not self.found:
            self.found = next((hiding for _, hiding in self._open if hiding), "")
