"""Text that a style sheet generates: strings, counters and attributes, and SVG with words."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as NotBase64
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from sourced_guide.claims.language.markup.css_rules import Declaration, Node, StyleRule, serialized

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Properties whose strings are names: of fonts, grid areas, features.
_NAMES = {
    *("font", "font-family", "src", "syntax", "grid", "grid-area", "grid-template"),
    *("grid-template-areas", "font-feature-settings", "font-variation-settings"),
    # Material for MkDocs names its fonts in the last two.
    *("font-language-override", "--md-text-font", "--md-code-font"),
}
# In these, identifiers print as well as strings.
_SYMBOLS = {"symbols", "additive-symbols", "prefix", "suffix", "negative", "pad"}
_COUNTERS = {"counter-reset", "counter-set", "counter-increment"}
_PRINTABLE = re.compile(r"[^\W_]|[<>≤≥≈≠¬%‰]")
# In an SVG file, in any case and with any namespace prefix.
_SVG_TEXT = re.compile(
    rb"<(?:[\w-]+:)?(?:text|title|desc|foreignobject|image|script|style)\b|<!(?:doctype|entity)\b|<\?xml-",
    re.I,
)


def generated_text(rule: StyleRule) -> Iterator[tuple[Declaration, str]]:
    """Yield the declarations of a rule that print words, and these words."""
    for declaration in rule.declarations:
        if declaration.name in _NAMES or rule.at_rules[-1:] == ("font-face",):
            continue
        if text := _text_of(declaration, is_counter_style=_is_counter_style(rule)):
            yield declaration, text


def urls_in(tokens: Iterable[Node]) -> Iterator[str]:
    """Yield the URLs in a value or in the prelude of an `@import`."""
    for token in tokens:
        if token.type == "url":
            yield token.value
        elif token.type == "function":
            is_image = token.lower_name in ("url", "src", "image", "image-set", "-webkit-image-set")
            if is_image:
                yield from (url.value for url in token.arguments if url.type == "string")
            yield from urls_in(token.arguments)
        elif token.type in ("() block", "[] block", "{} block"):
            yield from urls_in(token.content)


def svg_has_text(content: bytes) -> bool:
    """Say whether an SVG file has text, or something that could add text."""
    return bool(_SVG_TEXT.search(content))


def decode_data_url(address: str) -> tuple[str, bytes]:
    """Return the media type and the content of a `data:` URL (RFC 2397)."""
    head, _, body = address.partition(",")
    media, *parameters = head[len("data:") :].lower().split(";")
    content = unquote_to_bytes(body)
    if "base64" in (parameter.strip() for parameter in parameters):
        try:
            content = b64decode(content + b"===", validate=False)
        except (NotBase64, ValueError):
            content = b""
    return media.strip(), content


def _is_counter_style(rule: StyleRule) -> bool:
    return bool(rule.at_rules) and rule.at_rules[-1].startswith("counter-style")


def _text_of(declaration: Declaration, *, is_counter_style: bool) -> str:
    name, value = declaration.name, declaration.value
    if name in _COUNTERS:
        return serialized(value) if _may_show_figure(value) else ""
    if is_counter_style and name in _SYMBOLS:
        text = "".join(
            node.value for node in _descendants(value) if node.type in ("string", "ident")
        )
    else:
        text = "".join(_strings(value))
    if _PRINTABLE.search(text):
        return text
    # An attribute that is printed could hold anything.
    functions = {node.lower_name for node in _descendants(value) if node.type == "function"}
    is_read = name in ("content", "quotes") or name.startswith(("--", "list-style"))
    return serialized(value) if "attr" in functions and is_read else ""


def _may_show_figure(value: Iterable[Node]) -> bool:
    """Say whether a counter starts at, or goes by, a number that would be a figure."""
    return any(
        (node.type == "number" and abs(node.value) > 1) or node.type == "function"
        for node in _descendants(value)
    )


def _strings(tokens: Iterable[Node]) -> Iterator[str]:
    """Yield the strings among tokens that are not URLs, unclosed ones too."""
    for token in tokens:
        if token.type == "string":
            yield token.value
        elif token.type == "function":
            if token.lower_name not in ("url", "src", "format", "local"):
                yield from _strings(token.arguments)
        elif token.type in ("() block", "[] block", "{} block"):
            yield from _strings(token.content)


def _descendants(tokens: Iterable[Node]) -> Iterator[Node]:
    for token in tokens:
        yield token
        inner = getattr(token, "arguments", None) or getattr(token, "content", None)
        if isinstance(inner, list):
            yield from _descendants(inner)
