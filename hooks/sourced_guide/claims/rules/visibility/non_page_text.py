"""Text around the pages: settings, templates.

Citations are not possible there. So such text has to be a label, or editorial with a reason: by a
comment `editorial: reason` at the top of a file of code. Front matter is checked in another module.
Text of the theme is not checked here; docs/editors/theme-text.md lists it. Style sheets and
published files are checked in other modules.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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
from sourced_guide.claims.rules.visibility.unchecked_text import UncheckedText

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sourced_guide.claims.project.guide import Guide

_LETTER = re.compile(r"[^\W_]")

_TEMPLATES = {".html", ".htm", ".xml"}
_SCRIPTS = {".js", ".mjs"}


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
