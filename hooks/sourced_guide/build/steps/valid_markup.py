"""Corrects markup that HTML does not allow, that names things twice or that nobody ever sees.

With it the Nu HTML checker and axe find nothing, and a page has some 200 elements and 25 kB less,
for which an old phone needs time and memory.

The theme writes most of it (THEME is the version that was read), in templates that are too long to
replace. `tests/test_third_party.py` fails where a new version no longer writes what a correction is
for: then the correction goes, and where it writes something else, the correction changes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

THEME = "9.8.1"
_TOGGLES = "cs-toggles"
# Where text is shown as written, or is none.
_WRITTEN = re.compile(r"<(?P<tag>pre|textarea|script|style)\b.*?</(?P=tag)>", re.S)
# The list of a page's parts. The theme writes it twice, also into the list of all pages, where our
# menu never shows it (theme/stylesheets/menu.css).
_CONTENTS = '<nav class="md-nav md-nav--secondary"'
_NAV = re.compile(r"</?nav\b[^>]*>")
# Python-Markdown writes these elements as XHTML does.
_VOID = re.compile(r"<(?P<tag>br|col|hr|img)\b(?P<attributes>[^<>]*?)\s*/>")


class Correction(NamedTuple):
    """A text of a page and its replacement; `written` is what it comes from in the theme."""

    template: str
    written: str
    found: re.Pattern[str]
    replacement: str


def _checkbox(name: str) -> re.Pattern[str]:
    return re.compile(
        rf'(<input class="md-toggle" data-md-toggle="{name}"[^>]*) autocomplete="off"'
    )


CORRECTIONS = (
    # `tabindex` takes a number. An empty one does nothing.
    Correction(
        "partials/nav-item.html",
        'tabindex="{{ tabindex }}"',
        re.compile(r'(<label\b[^>]*) tabindex=""'),
        r"\1",
    ),
    # Only a field to type in has `autocomplete`. Without it, Firefox would open menu and search
    # again when a page is reloaded, so they get it from a form.
    Correction(
        "base.html",
        'data-md-toggle="drawer" type="checkbox" id="__drawer" autocomplete="off"',
        _checkbox("drawer"),
        rf'<form id="{_TOGGLES}" autocomplete="off"></form>\1 form="{_TOGGLES}"',
    ),
    Correction(
        "base.html",
        'data-md-toggle="search" type="checkbox" id="__search" autocomplete="off"',
        _checkbox("search"),
        rf'\1 form="{_TOGGLES}"',
    ),
    # The switch of the list of a page's parts in the menu, which has no such list; and its labels.
    Correction(
        "partials/nav-item.html",
        '<label class="md-nav__link md-nav__link--active" for="__toc">',
        re.compile(
            r'<label class="md-nav__link md-nav__link--active" for="__toc">.*?</label>\s*', re.S
        ),
        "",
    ),
    Correction(
        "partials/nav-item.html",
        '<input class="md-nav__toggle md-toggle" type="checkbox" id="__toc">',
        re.compile(r'<input class="md-nav__toggle md-toggle" type="checkbox" id="__toc">\s*'),
        "",
    ),
    Correction(
        "partials/toc.html",
        '<label class="md-nav__title" for="__toc">',
        re.compile(r'(<label class="md-nav__title") for="__toc"'),
        r"\1",
    ),
    # The parts of the guide are always open: none has an arrow, or a title of its own.
    Correction(
        "partials/nav-item.html",
        '<label class="md-nav__title" for="{{ path }}">',
        re.compile(r'<label class="md-nav__title" for="__nav[^>]*>.*?</label>\s*', re.S),
        "",
    ),
    Correction(
        "partials/nav-item.html",
        '<span class="md-nav__icon md-icon"></span>',
        re.compile(r'\s*<span class="md-nav__icon md-icon"></span>'),
        "",
    ),
    # Names of pages wrap; nothing is cut off that would need a box of its own.
    Correction(
        "partials/nav-item.html",
        '<span class="md-ellipsis">',
        re.compile(
            r'(<(?:a|label)\b[^>]* class="md-nav__link[^>]*>)\s*'
            r'<span class="md-ellipsis">\s*([^<]*?)\s*</span>\s*'
        ),
        r"\1\2",
    ),
    # The lists of pages and of a page's parts are not what a page is about.
    Correction(
        "base.html",
        '<main class="md-main" data-md-component="main">',
        re.compile(r'<main( class="md-main" .*</)main>', re.S),
        r"<div\1div>",
    ),
    Correction(
        "base.html",
        '<div class="md-content" data-md-component="content">',
        re.compile(r'<div( class="md-content" .*?</article>\s*</)div>', re.S),
        r"<main\1main>",
    ),
    # A part of the contents is no landmark of its own, and two of them may have one name.
    Correction(
        "partials/toc-item.html",
        '<nav class="md-nav" aria-label="{{ toc_item.title | striptags | e }}">',
        re.compile(r'<nav class="md-nav" aria-label="[^"]*">'),
        '<nav class="md-nav" role="none">',
    ),
)


def with_valid_markup(html: str) -> str:
    """Return a page without the markup that HTML does not allow, and that nobody sees."""
    html = _without_second_contents("".join(_parts_without_spaces(html)))
    for correction in CORRECTIONS:
        html = correction.found.sub(correction.replacement, html)
    return _VOID.sub(r"<\g<tag>\g<attributes>>", html)


def _parts_without_spaces(html: str) -> Iterator[str]:
    """Yield a page in parts, without empty lines and indents but where text is as written."""
    at = 0
    for part in _WRITTEN.finditer(html):
        yield _without_spaces(html[at : part.start()])
        yield part.group()
        at = part.end()
    yield _without_spaces(html[at:])


def _without_spaces(text: str) -> str:
    first, *lines = text.split("\n")
    if not lines:
        return text
    *lines, last = lines
    return "\n".join([first.rstrip(), *filter(None, map(str.strip, lines)), last.lstrip()])


def _without_second_contents(html: str) -> str:
    """Return a page without the first of two lists of its parts."""
    start = html.find(_CONTENTS)
    if html.find(_CONTENTS, start + 1) < 0:
        return html
    depth = 0
    for tag in _NAV.finditer(html, start):
        depth += -1 if tag.group().startswith("</") else 1
        if not depth:
            return html[:start] + html[tag.end() :].lstrip()
    return html
