"""Corrects markup that HTML does not allow or that names things twice.

With it the Nu HTML checker and axe find nothing.

The theme writes most of it (THEME is the version that was read), in templates that are too long to
replace. `tests/test_third_party.py` fails where a new version no longer writes what a correction is
for: then the correction goes, and where it writes something else, the correction changes.
"""

from __future__ import annotations

import re
from typing import NamedTuple

THEME = "9.8.1"
_TOGGLES = "cs-toggles"
# Python-Markdown writes these elements as XHTML does.
_VOID = re.compile(r"<(?P<tag>br|col|hr|img)\b(?P<attributes>[^<>]*?)\s*/>")


class Correction(NamedTuple):
    """A text of a page and its replacement, where the page does not have `unless`.

    `written` is what it comes from in a template of the theme.
    """

    template: str
    written: str
    found: re.Pattern[str]
    replacement: str
    unless: str = ""


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
    # Only pages in the navigation have the switch that the title of their contents is a label of.
    Correction(
        "partials/toc.html",
        '<label class="md-nav__title" for="__toc">',
        re.compile(r'(<label class="md-nav__title") for="__toc"'),
        r"\1",
        unless='id="__toc"',
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
    """Return a page without the markup that HTML does not allow."""
    for correction in CORRECTIONS:
        if not correction.unless or correction.unless not in html:
            html = correction.found.sub(correction.replacement, html)
    return _VOID.sub(r"<\g<tag>\g<attributes>>", html)
