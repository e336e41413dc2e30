"""Markup and characters by which the text that is checked differs from what a reader sees or hears.

The check reads the words of a page's tree. A browser, its style sheets and a screen reader may
hide, strike out, reverse or replace some of them. The lists here are of harmless markup, because
ways to hide text cannot be listed completely: anything else is a finding.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Attributes that browsers show or read out.
SHOWN_ATTRIBUTES = {
    *("alt", "title", "placeholder", "summary"),
    *("aria-label", "aria-description", "aria-placeholder", "aria-roledescription"),
    *("aria-valuetext", "aria-braillelabel", "aria-brailleroledescription"),
    # The style sheet of citations shows it.
    "data-cs-numbers",
}

# Elements that a reader sees whole, in their order. Not `<del>`, `<s>`, `<template>`, `<dialog>`,
# `<noscript>`, `<bdo>`, `<ruby>`, `<q>` (a browser adds marks) and the like.
_INLINE = {
    *("a", "abbr", "b", "br", "cite", "code", "data", "dfn", "em", "i", "img", "ins", "kbd"),
    *("label", "mark", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
    # A checkbox or a tab's button.
    "input",
}
_BLOCKS = {
    *("address", "article", "aside", "blockquote", "button", "caption", "col", "colgroup", "dd"),
    *("details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "header"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "hr", "legend", "li", "main", "nav", "ol", "p", "pre"),
    *("section", "summary", "svg", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    *("math", "picture"),
}
_ELEMENTS = _INLINE | _BLOCKS

# Other markup that generators and plugins are most likely to add.
HIDING_ATTRIBUTES = {"hidden", "style", "popover", "inert", "aria-hidden", "dir"}
HIDING_ELEMENTS = {"template", "noscript", "dialog", "del", "s", "strike", "bdo", "select"}

# Attributes that do not change the text of an element.
_ATTRIBUTES = {
    *("id", "class", "lang", "xml:lang", "markdown", "tabindex"),
    *("href", "hreflang", "target", "rel", "download", "type", "src", "width", "height"),
    *("loading", "decoding", "cite", "datetime", "for", "name", "checked", "disabled", "open"),
    *("align", "valign", "colspan", "rowspan", "scope", "headers", "start"),
    # Of PyMdown's tabs, and of citations until they are numbered.
    *("data-tabs", "data-written"),
}
# The one style that a table's columns get from Markdown.
_TEXT_ALIGN = re.compile(r"\s*text-align:\s*(?:left|right|center|start|end)\s*;?\s*")
_RUNNABLE_URL = re.compile(r"[\s\x00-\x20]*(?:javascript|vbscript|data):", re.IGNORECASE)

# Classes of themes: most hide their elements, on some screens or in print.
_THEME_CLASSES = re.compile(
    r"md-(?!button(?:--primary)?\Z)|(?:headerlink|footnote-backref|giscus|annotate|doc-.*)\Z"
)
# Classes of our own elements.
_ENGINE_CLASSES = re.compile(
    r"cs-(?:citation|sources|references|coverage|differences|words|term|unsourced|rests-on)"
    r"(?:__.*)?\Z"
)
# Only blocks may have these: the project's style sheet hides the first two on paper and on screens,
# and a `tabbed-block` is hidden until its tab is chosen (collector.py checks that it has a tab).
_BLOCK_CLASSES = {"web-only", "paper-only", "tabbed-block", "tabbed-content"}

# Invisible or direction-changing characters: format characters except those of emoji and scripts
# (U+200C, U+200D), combining strokes, and tags.
_CHARACTERS = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f"
    "\u0335-\u0338\u20d2\u20d3\u20d8-\u20da\u20e0\u20e5\u20e6\u20eb]"
    # Confusable letters: of another script within a word, or of no script.
    "|(?<=[A-Za-z])[\u0370-\u0373\u0376-\u03ab\u0400-\u052f\u0531-\u058f\u13a0-\u13fd]"
    "|[\u0391-\u03a1\u0400-\u052f\u0531-\u058f\u13a0-\u13fd](?=[A-Za-z])"
    "|[\U0001d400-\U0001d7cb\uff21-\uff3a\uff41-\uff5a\u24b6-\u24e9\ufb00-\ufb06\u1d00-\u1d22]"
    # Joiners between Latin letters, where they have no effect.
    "|(?<=[A-Za-z])[\u200c\u200d](?=[A-Za-z])"
)


def hidden_by(tag: str, attributes: Mapping[str, str | None], *, inline: bool) -> str:
    """Return what in an element may hide or change its text, or nothing.

    The answer is a phrase: "the attribute 'hidden'", "the element <del>".
    """
    if tag not in _ELEMENTS:
        return f"the element <{tag}>"
    if not attributes:
        return ""
    for name, value in attributes.items():
        if not _is_harmless(tag, name.lower(), value or ""):
            return f"the attribute '{name}'"
    for name in (attributes.get("class") or "").split():
        if _is_reserved(name, tag, attributes) or (inline and name in _BLOCK_CLASSES):
            return f"the class '{name}'"
    return ""


def _is_harmless(tag: str, name: str, value: str) -> bool:
    if name in ("href", "src"):
        return not _RUNNABLE_URL.match(value) or tag == "img"
    if name == "style":
        return tag in ("td", "th") and bool(_TEXT_ALIGN.fullmatch(value))
    if name == "type":
        return tag != "input" or value in ("checkbox", "radio")
    # PyMdown removes the first; a heading's label for the table of contents is checked elsewhere.
    if name.startswith("__") or name == "data-toc-label":
        return True
    return name in _ATTRIBUTES or name in SHOWN_ATTRIBUTES


def _is_reserved(name: str, tag: str, attributes: Mapping[str, str | None]) -> bool:
    if _ENGINE_CLASSES.match(name):
        return not (tag == "sup" and "data-written" in attributes)
    return bool(_THEME_CLASSES.match(name))


# Attributes that can hide the text of an SVG element, with the lowest visible values.
_SVG_MINIMUMS = {"opacity": 0.2, "fill-opacity": 0.2, "font-size": 4.0}
_HIDING_SVG_ATTRIBUTES = ("style", "display", "visibility", "clip-path", "mask", "filter", "hidden")


def hidden_in_svg(tag: str, attributes: Mapping[str, str]) -> str:
    """Return what may hide the text of an SVG element, or nothing."""
    if tag not in ("svg", "g", "text", "tspan"):
        return ""
    for name, minimum in _SVG_MINIMUMS.items():
        number = re.match(r"\s*(\d*\.?\d*)", attributes.get(name, ""))
        if number and number[1].strip(".") and float(number[1]) < minimum:
            return f"the attribute '{name}'"
    if name := next((name for name in _HIDING_SVG_ATTRIBUTES if name in attributes), ""):
        return f"the attribute '{name}'"
    is_transparent = tag in ("text", "tspan") and attributes.get("fill") in ("none", "transparent")
    return "the attribute 'fill'" if is_transparent else ""


def deceptive_characters(text: str) -> Iterator[tuple[str, str]]:
    """Yield words with invisible or confusable characters (UTR 36), and these as `U+202E`."""
    if text.isascii():
        return
    for match in _CHARACTERS.finditer(text):
        start = text.rfind(" ", 0, match.start()) + 1
        end = text.find(" ", match.end())
        yield text[start : end if end >= 0 else len(text)], f"U+{ord(match.group()):04X}"
