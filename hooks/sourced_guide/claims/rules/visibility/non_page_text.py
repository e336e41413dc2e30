"""Text around a page's own: titles, settings, templates.

Citations are not possible there. So such text has to be a label, or editorial with a reason: by
`editorial` in a page's front matter, by a comment `editorial: reason` at the top of a file of code.
Text of the theme is not checked here; docs/editors/theme-text.md lists it. Style sheets and
published files are checked in other modules.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.language.labels import stated_in_label
from sourced_guide.claims.language.markup.hidden_markup import deceptive_characters
from sourced_guide.claims.language.markup.html_text import read_raw_html
from sourced_guide.claims.model.place import Place
from sourced_guide.claims.project.non_page_text.editorial_files import is_editorial, read_code
from sourced_guide.claims.project.non_page_text.templates import (
    Template,
    UnreadableTemplate,
    external_loads,
    read_template,
    tag_hiding_page_text,
)
from sourced_guide.claims.project.store.store import digest_of
from sourced_guide.claims.rules.visibility.unchecked_text import UncheckedText

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.page_file import PageFile

# Settings of the search plugin, whose numbers no reader sees.
_FOR_SEARCH, _NUMBER = "search", re.compile(r"\d+(?:\.\d+)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SPACES = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+")
_LETTER = re.compile(r"[^\W_]")

_TEMPLATES = {".html", ".htm", ".xml"}
_SCRIPTS = {".js", ".mjs"}


def front_matter_texts(guide: Guide) -> Iterator[UncheckedText]:
    """Yield every text of the pages' front matter that is neither a label nor editorial."""
    kept = guide.project.store.shelf("front-matter")
    for file, _ in guide.pages:
        if file.meta and not file.is_editorial:
            shown = guide.project.shown(guide.project.docs / file.path)
            key = digest_of(file.content[: file.start])
            for place, within, text in kept.get(key, partial(_front_matter, file)):
                yield UncheckedText(Place(shown, *place), within, text)


def unchecked_texts(guide: Guide) -> Iterator[UncheckedText]:
    """Yield every text of settings and code that is neither a label nor editorial."""
    for setting in guide.project.setting_texts:
        if setting.fault:
            yield UncheckedText(setting.place, setting.fault, setting.text)
    for path in guide.project.code_files:
        yield from _code_file(path, guide.project.shown(path))


def template_texts(guide: Guide) -> Iterator[str]:
    """Yield what the project's own templates print, words and strings of expressions alike."""
    for path in guide.project.code_files:
        if path.suffix.lower() in _TEMPLATES:
            template = read_template(read_code(path))
            if isinstance(template, Template):
                yield from template.strings


def _front_matter(file: PageFile) -> list[tuple[tuple[int, int], str, str]]:
    """Return the texts of a page's front matter that state something, with line and column."""
    found = []
    for name, value in file.meta.items():
        for text in _strings(value):
            if (name == _FOR_SEARCH and _NUMBER.fullmatch(text)) or _DAY.fullmatch(text):
                continue
            words = read_raw_html(text).words if "<" in text else text
            place = file.meta_places.get(name, (1, 1))
            if word := stated_in_label(_SPACES.sub(" ", words)):
                within = f"'{name}' in the front matter states something ('{word}') and"
                found.append((place, within, text))
            elif deceptive := next((character for _, character in deceptive_characters(text)), ""):
                within = f"'{name}' in the front matter has the character {deceptive} and"
                found.append((place, within, text))
    return found


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, (list, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)


def _code_file(path: Path, shown: str) -> Iterator[UncheckedText]:
    content = read_code(path)
    suffix = path.suffix.lower()
    about_the_guide = is_editorial(content)
    if suffix in _TEMPLATES:
        template = read_template(content)
        if isinstance(template, UnreadableTemplate):
            place = Place(shown, template.line)
            yield UncheckedText(
                place, f"a template that cannot be read ({template.reason}) and", ""
            )
            return
        yield from _forbidden_in_template(template, content, shown)
        if not about_the_guide:
            yield from _template_texts(template, content, shown)
    elif suffix in _SCRIPTS and content and not about_the_guide:
        yield UncheckedText(Place(shown), "a script", "")


def _forbidden_in_template(template: Template, content: str, shown: str) -> Iterator[UncheckedText]:
    """Yield what no template may do, not even one with text about the guide."""
    for loaded in external_loads(template):
        at = content.find(loaded.partition(" ")[2])
        yield UncheckedText(_place(shown, content, max(at, 0)), "code from another host", loaded)
    if tag := tag_hiding_page_text(template):
        place = _place(shown, content, max(content.find(tag), 0))
        yield UncheckedText(place, "a template hides the page's own text, which", tag)


def _template_texts(template: Template, content: str, shown: str) -> Iterator[UncheckedText]:
    """Yield the text of a template and what its expressions print."""
    seen = read_raw_html(template.markup)
    for text in filter(_LETTER.search, [*seen.text, *seen.attributes]):
        at = content.find(text.strip())
        yield UncheckedText(
            _place(shown, content, max(at, 0)), "a template", " ".join(text.split())
        )
    for line, text in template.words:
        yield UncheckedText(Place(shown, line), "a template", " ".join(text.split()))
    for line, operation in template.joins:
        yield UncheckedText(
            Place(shown, line), "a template that joins text in an expression", operation
        )
    for opening, within in seen.opaque:
        yield UncheckedText(_place(shown, content, max(content.find(opening), 0)), within, opening)


def _place(shown: str, content: str, at: int) -> Place:
    line_start = content.rfind("\n", 0, at) + 1
    return Place(shown, content.count("\n", 0, at) + 1, at - line_start + 1)
