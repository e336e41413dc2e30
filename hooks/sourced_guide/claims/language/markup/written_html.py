"""HTML that is written as text.

A list of all sources has tens of thousands of elements: as objects they take four times as long.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING
from xml.etree.ElementTree import fromstring, tostring

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# YAML can write these as escapes; no parser of XML takes them.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def text(words: str) -> str:
    """Return words as the text of an element."""
    return escape(words, quote=False)


def attribute(value: str) -> str:
    """Return a value as an attribute has it between double quotes."""
    return escape(value, quote=False).replace('"', "&quot;")


def link(address: str, words: str) -> str:
    """Return a link to an address."""
    return f'<a href="{attribute(address)}">{text(words)}</a>'


def element_of(html: str) -> Element:
    """Return HTML that was written with these functions as an element, for a page's tree."""
    return fromstring(_NOT_IN_XML.sub("", html))  # noqa: S314 (our own markup)


def html_of(element: Element) -> str:
    """Return an element of a page's tree as HTML."""
    return tostring(element, encoding="unicode", method="html")
