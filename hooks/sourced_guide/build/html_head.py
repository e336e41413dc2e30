"""The head of a built page: what stands in it, and how something is put into it anew."""

from __future__ import annotations

import re
from html import unescape

_META = re.compile(r'<(?:meta|link)\s[^>]*?(?:name|rel)="(?P<name>[^"]+)"[^>]*>')
_VALUE = re.compile(r'\s(?:content|href)="(?P<value>[^"]*)"')
_LANGUAGE = re.compile(r'<html[^>]*\slang="(?P<language>[^"]+)"')
_TITLE = re.compile(r"<title>(?P<title>[^<]*)</title>")
_CHARSET = re.compile(r'<meta charset="[^"]*">')


def named_in_head(html: str, name: str) -> str:
    """Return what the head's `<meta name>` or `<link rel>` gives, or nothing."""
    for tag in _META.finditer(html.partition("</head>")[0]):
        if tag["name"] == name and (value := _VALUE.search(tag.group())):
            return unescape(value["value"])
    return ""


def language(html: str) -> str:
    """Return the language that a page declares."""
    match = _LANGUAGE.search(html)
    return match["language"] if match else ""


def title(html: str) -> str:
    """Return the title of a page."""
    match = _TITLE.search(html)
    return unescape(match["title"]).strip() if match else ""


def with_in_head(html: str, made: str, marker: str) -> str:
    """Return the page with `made`, which holds `marker`, as the first in its head.

    What stood there by the same marker is replaced. Only what follows a policy in a page is held
    to it, so it comes right after the encoding.
    """
    html = re.sub(rf"\n<[^\n]*{re.escape(marker)}[^\n]*\n", "", html, count=1)
    charset = _CHARSET.search(html)
    if not charset:
        return html
    return f"{html[: charset.end()]}\n{made}\n{html[charset.end() :]}"
