"""The content of a page for the search index.

It leaves out what many pages have, which would match too often: citation numbers, sources, glossary
entries, and questions to ask.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sourced_guide.build.built_site.html_edit import Edit, end_of, read_tags, with_edits
from sourced_guide.claims.markdown.segments.media import PAPER_ONLY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_NOT_SEARCHED = re.compile(
    r'<sup class="cs-citation".*?</sup>|<section class="cs-sources".*?</section>'
    # Where a claim without a mark ends. It has no words, but the theme's index would read its tags.
    r'|<span data-cs-cites="[^"]*"[^>]*></span>'
    r'|<div class="cs-words".*?</div>'
    r'|<p class="cs-letters? .*?</p>'
    r'|<h2 id="questions-to-ask">.*?(?=<h[12]\b|<section\b|\Z)',
    re.DOTALL,
)
_REPLACED = re.compile(r"<!--searched (?P<number>\d+)-->.*?<!--/searched (?P=number)-->", re.DOTALL)
_BLOCK = re.compile(r'<div class="admonition danger">.*?</div>', re.DOTALL)
_PARAGRAPH = re.compile(r"<(?P<tag>p|li)\b[^>]*>(?P<text>.*?)</(?P=tag)>", re.DOTALL)
_CALL = re.compile(r'<a\b[^>]*\shref="(?P<number>tel:[^"]*)"[^>]*>')
_NUMBER = re.compile(r"\b(911|999|112)\b")
# All tags except for bold text and telephone links.
_LINK = re.compile(r"<a (?!href=\"tel:)[^>]*>(?P<words>.*?)</a>", re.DOTALL)
_OTHER_TAG = re.compile(r"<(?!/?strong>|a href=\"tel:[^\"]*\">|/a>)[^>]*>")
# An entry of a definition list: its names, the first of which has an id, and what it means.
_ENTRY = re.compile(
    r'<dt id="(?P<id>term-[^"]+)">(?P<name>.*?)</dt>(?:\s*<dt(?: class="cs-also")?>.*?</dt>)*'
    r"(?P<meaning>(?:\s*<dd>.*?</dd>)+)",
    re.DOTALL,
)


def searched_content(html: str) -> tuple[str, list[str]]:
    """Return the HTML of a page for the search index, and the parts that it replaces.

    Comments mark the replaced parts, so that `restored_content` can restore them after other
    plugins have changed the page.
    """
    hidden: list[str] = []

    def hide(shown: str, searched: str = "") -> str:
        hidden.append(shown)
        number = len(hidden) - 1
        return f"<!--searched {number}-->{searched}<!--/searched {number}-->"

    html = _without_paper_only(html, hide)
    html = _NOT_SEARCHED.sub(lambda part: hide(part.group()), html)
    return _ENTRY.sub(lambda entry: hide(entry.group(), _as_part(entry)), html), hidden


def restored_content(html: str, hidden: Sequence[str]) -> str:
    """Return the full page, given its HTML for the search and the replaced parts."""

    def restored(place: re.Match[str]) -> str:
        number = int(place["number"])
        # Parts may be nested: one may contain others that were replaced before it.
        return restored_content(hidden[number], hidden[:number]) if number < len(hidden) else ""

    return _REPLACED.sub(restored, html)


def _without_paper_only(html: str, hide: Callable[[str], str]) -> str:
    """Hide blocks that screens do not show."""
    if PAPER_ONLY not in html:
        return html
    tags = read_tags(html)
    edits, last = [], 0
    for number, tag in enumerate(tags):
        is_block = not tag.closes and PAPER_ONLY in tag.get("class").split()
        # A block inside one that is hidden is hidden with it.
        if is_block and tag.start >= last:
            last = end_of(tags, number).end
            edits.append(Edit(tag.start, last, hide(html[tag.start : last])))
    return with_edits(html, edits)


def emergency_line(html: str) -> str:
    """Return the line about whom to call from the page for what is urgent, or nothing.

    This is the first line with a telephone number that is a link; where there is none, the last one
    in bold of the warning block, its numbers made links. It is HTML with no other markup, to be
    shown where a search finds nothing.
    """
    shown = _CALL.sub(r'<a href="\g<number>">', _NOT_SEARCHED.sub("", html))
    lines = [line["text"] for line in _PARAGRAPH.finditer(shown) if 'href="tel:' in line["text"]]
    if not lines and (block := _BLOCK.search(shown)):
        texts = [line["text"] for line in _PARAGRAPH.finditer(block.group())]
        bold = [_LINK.sub(r"\g<words>", text) for text in texts if "<strong>" in text]
        lines = [_NUMBER.sub(r'<a href="tel:\1">\1</a>', text) for text in bold[-1:]]
    plain = (_OTHER_TAG.sub("", _LINK.sub(r"\g<words>", line)) for line in lines[:1])
    return "".join(f"<p>{line.strip()}</p>" for line in plain)


def _as_part(entry: re.Match[str]) -> str:
    """Return an entry of the glossary as a part of its page: the search finds parts."""
    meaning = re.sub(r"(</?)dd>", r"\1p>", entry["meaning"])
    return f'<h2 id="{entry["id"]}">{entry["name"]}</h2>{meaning}'
