"""The project's own templates: what they print beside a page's text, and what they hide of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from sourced_guide.claims.language.markup.hidden_markup import HIDING_ATTRIBUTES, HIDING_ELEMENTS
from sourced_guide.claims.language.markup.html_text import read_raw_html
from sourced_guide.claims.project.beside_pages.external_url import EXTERNAL_URL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2.nodes import Node

_LETTER = re.compile(r"[^\W_]")
# Filters, and methods of strings, that put words together in another way than they stand.
_PUT_TOGETHER = {
    *("reverse", "join", "format", "sort", "random", "shuffle", "batch", "slice", "map", "xmlattr"),
    *("replace", "translate", "swapcase", "zip", "chain"),
}
# Filters of which the result is an address.
_ADDRESSES = {"url", "urlencode", "tojson"}
_TRANSLATED = "t"
# The page's own text, where a template puts it.
_PAGE = re.compile(r"super\s*\(|page\s*\.\s*content|self\s*\.|caller\s*\(")
_HELD = "\x00"
_EMPTY = {"meta", "link", "br", "hr", "img", "input", "base", "source", "track", "wbr", "col"}


@dataclass(frozen=True)
class Template:
    """A template read: its markup, the words its expressions print, and what they do with words.

    `words` and `workings` come with their lines. `markup` has spaces for what Jinja takes.
    """

    markup: str = ""
    strings: tuple[str, ...] = ()
    words: tuple[tuple[int, str], ...] = ()
    workings: tuple[tuple[int, str], ...] = ()
    # The markup with a mark where the page's own text is put.
    held: str = ""


@dataclass(frozen=True)
class UnreadableTemplate:
    """Why a template cannot be read, and on which line."""

    line: int
    reason: str


def read_template(content: str) -> Template | UnreadableTemplate:
    """Return a template read without running it."""
    # Here, because most checks meet no template that has to be read, and Jinja is slow to load.
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
    return Template(markup, strings, tuple(found.words), tuple(found.workings), _held(content))


def loads_from_elsewhere(template: Template) -> Iterator[str]:
    """Yield the tags of a template that load a script, a style sheet or a frame of another host."""
    for tag, attributes in read_raw_html(template.markup).tags:
        values = dict(attributes)
        address = values.get("href") if tag == "link" else values.get("src") or values.get("data")
        is_loaded = tag in ("script", "iframe", "object", "embed", "img", "link")
        is_only_named = tag == "link" and (values.get("rel") or "").lower() in ("canonical", "me")
        if is_loaded and not is_only_named and EXTERNAL_URL.match(address or ""):
            yield f"<{tag}> {address}"


def hidden_around_the_page(template: Template) -> str:
    """Return the tag by which a template hides the page's own text, or nothing."""
    reader = _Enclosing()
    reader.feed(template.held)
    reader.close()
    return reader.found


@dataclass
class _Found:
    words: list[tuple[int, str]] = field(default_factory=list)
    workings: list[tuple[int, str]] = field(default_factory=list)


def _walk(node: Node, found: _Found) -> None:
    """Note the strings that an expression may print, and what puts words together."""
    from jinja2 import nodes  # noqa: PLC0415 (see above)

    if isinstance(node, (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        return
    if isinstance(node, (nodes.Compare, nodes.Test)):
        return
    if isinstance(node, nodes.Filter) and node.name in _ADDRESSES:
        return
    if isinstance(node, nodes.Call) and getattr(node.node, "attr", "") == _TRANSLATED:
        return
    if isinstance(node, nodes.Const):
        if isinstance(node.value, str) and _LETTER.search(node.value):
            found.words.append((node.lineno, node.value))
        return
    if working := _working(node):
        found.workings.append((node.lineno, working))
    # What is looked up by a name is not that name.
    left_out = ("arg",) if isinstance(node, nodes.Getitem) else ()
    for child in node.iter_child_nodes(exclude=left_out):
        _walk(child, found)


def _working(node: Node) -> str:
    from jinja2 import nodes  # noqa: PLC0415 (see above)

    if isinstance(node, nodes.Concat):
        return "~"
    if isinstance(node, nodes.Filter) and node.name in _PUT_TOGETHER:
        return node.name
    if isinstance(node, nodes.Call) and getattr(node.node, "attr", "") in _PUT_TOGETHER:
        return str(getattr(node.node, "attr", ""))
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Slice):
        return "[::]"
    return ""


def _held(content: str) -> str:
    """Return a template with a mark for each expression that puts the page's text."""
    without = re.sub(r"\{#.*?#\}", " ", content, flags=re.DOTALL)
    return re.sub(
        r"\{\{.*?\}\}|\{%.*?%\}",
        lambda part: _HELD if _PAGE.search(part.group()) else " ",
        without,
        flags=re.DOTALL,
    )


class _Enclosing(HTMLParser):
    """Finds the first tag that hides what is marked in it."""

    def __init__(self) -> None:
        super().__init__()
        self.found = ""
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _EMPTY:
            return
        hides = tag in HIDING_ELEMENTS or any(name in HIDING_ATTRIBUTES for name, _ in attrs)
        self._open.append((tag, (self.get_starttag_text() or tag) if hides else ""))

    def handle_endtag(self, tag: str) -> None:
        while any(name == tag for name, _ in self._open):
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if _HELD in data and not self.found:
            self.found = next((hiding for _, hiding in self._open if hiding), "")
