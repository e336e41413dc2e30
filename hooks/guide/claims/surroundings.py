"""What a reader sees around a page's text: titles, settings, templates, style sheets, files.

No citation can stand there. So these hold labels, or say why they are editorial: a page by the
`editorial` of its front matter, a file of code by a comment `editorial: reason` at its top. What
the theme prints of its own is not looked at here; docs/editors/theme-text.md lists it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from guide.claims.findings import Place
from guide.claims.labels import stated_in_label
from guide.claims.pages import PageFile
from guide.claims.raw_html import read_raw_html

if TYPE_CHECKING:
    from guide.claims.site import Site

_EDITORIAL = re.compile(
    r"\A\s*(?:(?:\{#-?|/\*|<!--)\s*editorial:(?P<reason>.+?)(?:-?#\}|\*/|-->)"
    r"|//\s*editorial:(?P<line>[^\n]+))",
    re.DOTALL,
)
# The search plugin's own, with numbers that it reckons with and nobody sees.
_FOR_SEARCH, _NUMBER = "search", re.compile(r"\d+(?:\.\d+)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORD = re.compile(r"[^\W\d_]{2}")

# Files that a reader can open and that hold text. Scripts only run where a page loads them.
_DOCUMENTS = {
    *(".html", ".htm", ".xhtml", ".xht", ".mht", ".mhtml", ".txt", ".rtf", ".pdf", ".epub"),
    *(".doc", ".docx", ".odt", ".ppt", ".pptx", ".odp", ".xls", ".xlsx", ".ods", ".csv"),
}
# Templates, style sheets and scripts of the project.
CODE_SUFFIXES = {".html", ".htm", ".xml", ".css", ".js", ".mjs"}
_TEMPLATES = {".html", ".htm", ".xml"}
_CODE_SETTINGS = (("extra_css",), ("extra_javascript",))
_FOR_MACHINES = {"robots.txt", "humans.txt", "security.txt", "llms.txt"}


@dataclass(frozen=True)
class Hidden:
    """A text beside the pages that states something: where, what it stands in, its words."""

    place: Place
    within: str
    text: str


@dataclass(frozen=True)
class EditorialFile:
    """A file of code that says it prints only text about the guide, and why."""

    file: str
    reason: str


def hidden_texts(site: Site) -> Iterator[Hidden]:
    """Yield every text beside the pages' Markdown that is neither a label nor editorial."""
    for file, _ in site.pages():
        if not file.is_editorial:
            yield from _front_matter(file, site.shown(site.docs / file.path))
    for place, text in site.setting_texts:
        if "://" in text and " " not in text.strip():
            yield Hidden(place, "code from another host", text)
        elif word := stated_in_label(text):
            yield Hidden(place, f"a setting that states something ('{word}')", text)
    for path in site.code_files:
        yield from _code_file(path, site.shown(path))
    for path in site.static_files():
        if path.suffix.lower() in _DOCUMENTS and path.name not in _FOR_MACHINES:
            yield Hidden(Place(site.shown(path)), "a file that readers can open", "")


def setting_texts(settings: Iterable[Path], root: Path) -> list[tuple[Place, str]]:
    """Return the texts of settings files (mkdocs.yml and what it inherits) with their places.

    A text is a value of several words, a title in `nav`, or code from another host. The files are
    known to be usable YAML.
    """
    found: list[tuple[Place, str]] = []
    for path in settings:
        shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        node = yaml.compose(path.read_text("utf-8-sig"), Loader=yaml.SafeLoader)
        found += _node_texts(node, shown, (), set()) if node else ()
    return found


def _node_texts(
    node: yaml.Node, shown: str, path: tuple[str, ...], seen: set[int]
) -> Iterator[tuple[Place, str]]:
    # An alias leads to a node again, and may lead to one that it stands in.
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = str(key.value)
            if path[:1] == ("nav",):
                yield Place(shown, key.start_mark.line + 1, key.start_mark.column + 1), name
            yield from _node_texts(value, shown, (*path, name), seen)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _node_texts(value, shown, path, seen)
    elif isinstance(node, yaml.ScalarNode) and (
        " " in node.value.strip()
        or path[:1] == ("site_name",)
        or (path[:1] in _CODE_SETTINGS and "://" in node.value)
    ):
        yield Place(shown, node.start_mark.line + 1, node.start_mark.column + 1), node.value


def editorial_files(site: Site) -> Iterator[EditorialFile]:
    """Yield the templates, style sheets and scripts that declare themselves editorial."""
    for path in site.code_files:
        if match := _EDITORIAL.match(_read(path)):
            reason = match["reason"] or match["line"]
            yield EditorialFile(site.shown(path), " ".join(reason.split()))


def template_texts(site: Site) -> Iterator[str]:
    """Yield what the project's own templates print, words and strings of expressions alike."""
    for path in site.code_files:
        if path.suffix.lower() in _TEMPLATES:
            tokens = _tokens(_read(path))
            if not isinstance(tokens, _UnreadableTemplate):
                yield from (value for _, kind, value in tokens if kind in ("data", "string"))


def _front_matter(file: PageFile, shown: str) -> Iterator[Hidden]:
    for name, value in file.meta.items():
        for text in _strings(value):
            if name == _FOR_SEARCH and _NUMBER.fullmatch(text):
                continue
            if not _DAY.fullmatch(text) and (word := stated_in_label(text)):
                place = Place(shown, *file.meta_places.get(name, (1, 1)))
                yield Hidden(
                    place, f"'{name}' in the front matter states something ('{word}') and", text
                )


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


def _code_file(path: Path, shown: str) -> Iterator[Hidden]:
    content = _read(path)
    if not content or _EDITORIAL.match(content):
        return
    suffix = path.suffix.lower()
    if suffix in (".js", ".mjs"):
        yield Hidden(Place(shown), "a script", "")
    elif suffix != ".css":
        yield from _template(content, shown)


@dataclass(frozen=True)
class _UnreadableTemplate:
    line: int
    reason: str


def _tokens(content: str) -> list[tuple[int, str, str]] | _UnreadableTemplate:
    """Return the tokens of a template (line, kind, text), or why it has none."""
    # Here, because most checks meet no template that has to be read, and Jinja is slow to load.
    from jinja2 import Environment, TemplateSyntaxError  # noqa: PLC0415

    try:
        return list(Environment(autoescape=True).lex(content))
    except TemplateSyntaxError as error:
        return _UnreadableTemplate(error.lineno, str(error))


def _template(content: str, shown: str) -> Iterator[Hidden]:
    """A template's own words, and words that its expressions print."""
    tokens = _tokens(content)
    if isinstance(tokens, _UnreadableTemplate):
        place = Place(shown, tokens.line)
        yield Hidden(place, f"a template that cannot be read ({tokens.reason}) and", "")
        return
    markup = "".join(value if kind == "data" else " " for _, kind, value in tokens)
    seen = read_raw_html(markup)
    texts = [*seen.text, *seen.attributes]
    texts += [
        value[1:-1]
        for _, kind, value in tokens
        if kind == "string" and stated_in_label(value[1:-1])
    ]
    for text in filter(_WORD.search, texts):
        at = content.find(text.strip())
        yield Hidden(_place(shown, content, max(at, 0)), "a template", " ".join(text.split()))
    for opening, within in seen.opaque:
        yield Hidden(_place(shown, content, max(content.find(opening), 0)), within, opening)


def _place(shown: str, content: str, at: int) -> Place:
    line_start = content.rfind("\n", 0, at) + 1
    return Place(shown, content.count("\n", 0, at) + 1, at - line_start + 1)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig", errors="replace")
    except OSError:
        return ""
