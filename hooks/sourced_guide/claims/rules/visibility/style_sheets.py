"""Faults of style sheets: what they print, what they load from elsewhere, what they hide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.language.markup.css_rules import (
    GROUPING_RULES,
    Node,
    StyleRule,
    serialized,
)
from sourced_guide.claims.language.markup.css_selectors import (
    THEME_ELEMENTS,
    Complex,
    complex_selectors,
    matches_any,
)
from sourced_guide.claims.language.markup.css_text import (
    decode_data_url,
    generated_text,
    svg_has_text,
    urls_in,
)
from sourced_guide.claims.language.markup.css_visibility import (
    Variables,
    custom_properties,
    hiding_declaration,
)
from sourced_guide.claims.model.place import Place
from sourced_guide.claims.project.non_page_text.external_url import EXTERNAL_URL
from sourced_guide.claims.project.non_page_text.style_sheets import (
    StyleSheet,
    file_at,
    imports,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sourced_guide.claims.model.shape import Shape
    from sourced_guide.claims.project.guide import Guide

# The attribute of <html> by which readers hide citation numbers on a screen.
SWITCH = "data-cs-citations"
_WRITE_ON_PAGE = (
    "say it on a page, with its source; if the style sheet prints only text about the guide, put "
    "this at its top: /* editorial: reason */"
)
_SHOW_OR_ALLOW = (
    "readers must see what is checked: remove the rule, or write "
    "/* allow SRC009: reason */ right before it"
)
_STORE_LOCALLY = (
    "store it in the docs folder, so that it is checked and not requested from another host"
)
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "font/")

# Where a fault is, what is wrong, and what to do.
Fault = tuple[Place, str, str]


def style_sheet_faults(guide: Guide) -> Iterator[Fault]:
    """Yield what is wrong with the style sheets of a guide, given its pages."""
    sheets = guide.project.style_sheets
    shapes = set(THEME_ELEMENTS).union(*(page.shapes for _, page in guide.pages))
    variables = custom_properties([rule for sheet in sheets for rule in sheet.rules])
    for sheet in sheets:
        yield from _import_faults(sheet, guide.project.docs)
        for rule in sheet.rules:
            if not sheet.is_editorial:
                yield from _prints(sheet, rule)
            yield from _loads(sheet, rule, guide.project.docs)
            yield from _hides(sheet, rule, shapes, variables)


def _import_faults(sheet: StyleSheet, docs: Path) -> Iterator[Fault]:
    for rule, address, file in imports(sheet, docs):
        if file is None:
            message = f"a style sheet imports '{address[:60]}', which cannot be checked"
            yield sheet.place(rule.line, rule.column), message, _STORE_LOCALLY


def _prints(sheet: StyleSheet, rule: StyleRule) -> Iterator[Fault]:
    for declaration, text in generated_text(rule):
        message = f"a style sheet holds text that cannot be checked: '{text[:60]}'"
        yield sheet.place(declaration.line, declaration.column), message, _WRITE_ON_PAGE


def _loads(sheet: StyleSheet, rule: StyleRule, docs: Path) -> Iterator[Fault]:
    for declaration in rule.declarations:
        for address in urls_in(declaration.value):
            if reason := _load_fault(address, sheet.path, docs):
                place = sheet.place(declaration.line, declaration.column)
                yield place, f"a style sheet loads {reason}: '{address[:40]}'", _STORE_LOCALLY


def _load_fault(address: str, sheet: Path, docs: Path) -> str:
    """Return what a URL loads that cannot be checked, or nothing."""
    plain = address.strip()
    if plain.lower().startswith("data:"):
        media, content = decode_data_url(plain)
        if media.startswith("image/svg"):
            return "a drawing with words" if svg_has_text(content) else ""
        return "" if media.startswith(_PICTURES) else "something other than a picture or font"
    if EXTERNAL_URL.match(plain):
        return "something from another host"
    file = file_at(plain, sheet, docs)
    if file and file.suffix.lower() == ".svg" and svg_has_text(file.read_bytes()):
        return "a drawing with words"
    return ""


def _hides(
    sheet: StyleSheet, rule: StyleRule, shapes: Iterable[Shape], variables: Variables
) -> Iterator[Fault]:
    kind = rule.at_rules[-1].partition(" ")[0] if rule.at_rules else ""
    if not rule.declarations or not (declaration := hiding_declaration(rule, variables)):
        return
    place = sheet.place(rule.line, rule.column)
    if kind.endswith("keyframes"):
        if any(map(_is_last, rule.selector)):
            yield (
                place,
                f"an animation ends with '{declaration}', which hides words",
                _SHOW_OR_ALLOW,
            )
        return
    if kind and kind not in GROUPING_RULES:
        return
    # Whether a suppression is used must not depend on the current text of the pages.
    is_explained = any(place in suppression.covers for suppression in sheet.suppressions)
    for selector in complex_selectors(rule):
        if (is_explained or matches_any(selector, shapes)) and not _may_hide(
            selector, rule, declaration
        ):
            what = serialized(rule.selector)[:60]
            message = f"a style sheet hides words of the pages: '{declaration}' on '{what}'"
            yield place, message, _SHOW_OR_ALLOW
            return


def _is_last(token: Node) -> bool:
    """Say whether a token names the end of an animation."""
    return serialized([token]).lower() in ("to", "100%")


def _may_hide(selector: Complex, rule: StyleRule, declaration: str) -> bool:
    """Say whether this is one of the three rules that may hide: see the page of SRC009."""
    media = " ".join(name for name in rule.at_rules if name.startswith("media"))
    is_paper, is_screen = "print" in media, "screen" in media
    subject = selector.subject
    if declaration != "display: none" or (is_paper and is_screen):
        return False
    if "web-only" in subject.classes:
        return is_paper
    if "paper-only" in subject.classes:
        return not is_paper
    roots = [part for part in selector.preceding if part.is_root or part.tag == "html"]
    by_switch = any(SWITCH in part.attributes for part in roots)
    return by_switch and is_screen and subject.classes == {"cs-citation"}
