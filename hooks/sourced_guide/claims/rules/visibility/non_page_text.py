"""What a reader sees around a page's text: titles, settings, templates, style sheets, files.

No citation can stand there. So these hold labels, or say why they are editorial: a page by the
`editorial` of its front matter, a file of code by a comment `editorial: reason` at its top. What
the theme prints of its own is not looked at here; docs/editors/theme-text.md lists it. Style sheets
have a package of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.language.labels import stated_in_label
from sourced_guide.claims.language.markup.hidden_markup import unseen_characters
from sourced_guide.claims.language.markup.html_text import read_raw_html
from sourced_guide.claims.model.place import Place
from sourced_guide.claims.project.beside_pages.readable_files import readable
from sourced_guide.claims.project.beside_pages.templates import (
    Template,
    UnreadableTemplate,
    hidden_around_the_page,
    loads_from_elsewhere,
    read_template,
)
from sourced_guide.claims.project.project import CODE_SUFFIXES, REFERENCES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.page_file import PageFile

_EDITORIAL = re.compile(
    r"\A\s*(?:(?:\{#-?|/\*|<!--)\s*editorial:(?P<reason>.+?)(?:-?#\}|\*/|-->)"
    r"|//\s*editorial:(?P<line>[^\n]+))",
    re.DOTALL,
)
# The search plugin's own, with numbers that it reckons with and nobody sees.
_FOR_SEARCH, _NUMBER = "search", re.compile(r"\d+(?:\.\d+)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_GAPS = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+")
_LETTER = re.compile(r"[^\W_]")

_TEMPLATES = {".html", ".htm", ".xml"}
_SCRIPTS = {".js", ".mjs"}


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


def hidden_texts(guide: Guide) -> Iterator[Hidden]:
    """Yield every text beside the pages' Markdown that is neither a label nor editorial."""
    for file, _ in guide.pages:
        if not file.is_editorial:
            yield from _front_matter(file, guide.project.shown(guide.project.docs / file.path))
    for setting in guide.project.setting_texts:
        if setting.fault:
            yield Hidden(setting.place, setting.fault, setting.text)
    for path in guide.project.code_files:
        yield from _code_file(path, guide.project.shown(path))
    for path in _published_files(guide):
        if within := readable(path):
            yield Hidden(Place(guide.project.shown(path)), within, "")


def _published_files(guide: Guide) -> Iterator[Path]:
    """Yield the files that a reader can open besides pages: those of the theme's folder, too.

    Not the checker's own files, nor drawings that stand in a page.
    """
    project = guide.project
    inside = {*guide.drawings, *(project.folder / name for name in project.options.files)}
    for path in project.static_files():
        # A source with a wrong suffix is LIB001.
        is_source = path.parent == project.docs / REFERENCES and path.suffix in (".yml", ".yaml")
        if not is_source and path not in inside:
            yield path
    yield from (path for path in project.code_files if path.suffix.lower() not in CODE_SUFFIXES)


def editorial_files(guide: Guide) -> Iterator[EditorialFile]:
    """Yield the templates, style sheets and scripts that declare themselves editorial."""
    for path in guide.project.code_files:
        if match := _EDITORIAL.match(_read(path)):
            reason = match["reason"] or match["line"]
            yield EditorialFile(guide.project.shown(path), " ".join(reason.split()))


def template_texts(guide: Guide) -> Iterator[str]:
    """Yield what the project's own templates print, words and strings of expressions alike."""
    for path in guide.project.code_files:
        if path.suffix.lower() in _TEMPLATES:
            template = read_template(_read(path))
            if isinstance(template, Template):
                yield from template.strings


def _front_matter(file: PageFile, shown: str) -> Iterator[Hidden]:
    for name, value in file.meta.items():
        for text in _strings(value):
            if (name == _FOR_SEARCH and _NUMBER.fullmatch(text)) or _DAY.fullmatch(text):
                continue
            words = read_raw_html(text).words if "<" in text else text
            place = Place(shown, *file.meta_places.get(name, (1, 1)))
            if word := stated_in_label(_GAPS.sub(" ", words)):
                within = f"'{name}' in the front matter states something ('{word}') and"
                yield Hidden(place, within, text)
            elif odd := next((character for _, character in unseen_characters(text)), ""):
                yield Hidden(
                    place, f"'{name}' in the front matter has the character {odd} and", text
                )


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


def _code_file(path: Path, shown: str) -> Iterator[Hidden]:
    content = _read(path)
    suffix = path.suffix.lower()
    is_editorial = bool(_EDITORIAL.match(content))
    if suffix in _TEMPLATES:
        template = read_template(content)
        if isinstance(template, UnreadableTemplate):
            place = Place(shown, template.line)
            yield Hidden(place, f"a template that cannot be read ({template.reason}) and", "")
            return
        yield from _around_the_page(template, content, shown)
        if not is_editorial:
            yield from _template(template, content, shown)
    elif suffix in _SCRIPTS and content and not is_editorial:
        yield Hidden(Place(shown), "a script", "")


def _around_the_page(template: Template, content: str, shown: str) -> Iterator[Hidden]:
    """What no template may do, not even with text about the guide."""
    for loaded in loads_from_elsewhere(template):
        at = content.find(loaded.partition(" ")[2])
        yield Hidden(_place(shown, content, max(at, 0)), "code from another host", loaded)
    if tag := hidden_around_the_page(template):
        place = _place(shown, content, max(content.find(tag), 0))
        yield Hidden(place, "a template hides the page's own text, which", tag)


def _template(template: Template, content: str, shown: str) -> Iterator[Hidden]:
    """A template's own words, and words that its expressions print."""
    seen = read_raw_html(template.markup)
    for text in filter(_LETTER.search, [*seen.text, *seen.attributes]):
        at = content.find(text.strip())
        yield Hidden(_place(shown, content, max(at, 0)), "a template", " ".join(text.split()))
    for line, text in template.words:
        yield Hidden(Place(shown, line), "a template", " ".join(text.split()))
    for line, working in template.workings:
        yield Hidden(Place(shown, line), "a template that puts words together", working)
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
