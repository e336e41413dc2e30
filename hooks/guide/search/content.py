"""What the search reads of a page: its own text, cut into parts that can be found.

Left out is what stands on every page, or it would find every page: citation numbers, sources, the
words of the glossary, and the warning block outside of its own page.
"""

from __future__ import annotations

import re

WARNING_PAGE = "warning-signs.md"
_NOT_SEARCHED = re.compile(
    r'<sup class="cs-citation".*?</sup>|<section class="cs-sources".*?</section>'
    r'|<div class="cs-words".*?</div>',
    re.DOTALL,
)
_WARNING = re.compile(
    r'<div class="admonition danger">\s*<p class="admonition-title">Warning signs.*?</div>',
    re.DOTALL,
)
_PARAGRAPH = re.compile(r"<p\b[^>]*>(?P<text>.*?)</p>", re.DOTALL)
_CALLS = ("<strong>", 'href="tel:')
_OTHER_TAG = re.compile(r"<(?!/?strong>|a href=\"tel:[^\"]*\">|/a>)[^>]*>")
_TERM_LINK = re.compile(r"<a (?!href=\"tel:)[^>]*>(?P<words>.*?)</a>", re.DOTALL)
# An entry of a definition list: its names, the first of which has an id, and what it means.
_ENTRY = re.compile(
    r'<dt id="(?P<id>term-[^"]+)">(?P<name>.*?)</dt>(?P<others>(?:\s*<dt>.*?</dt>)*)'
    r"(?P<meaning>(?:\s*<dd>.*?</dd>)+)",
    re.DOTALL,
)
_OTHER_NAME = re.compile(r"<dt>(.*?)</dt>", re.DOTALL)


def searched_content(html: str, page: str) -> str:
    """Return the HTML that the search reads of a page, given what is shown and the page's path."""
    content = _NOT_SEARCHED.sub("", html)
    if page != WARNING_PAGE:
        content = _WARNING.sub("", content)
    return _ENTRY.sub(_as_part, content)


def emergency_line(html: str) -> str:
    """Return what the warning block of a page says of whom to call, or nothing.

    These are its paragraphs with words in bold or a telephone number; they are HTML with no other
    markup. They are shown where a search finds nothing.
    """
    block = _WARNING.search(_NOT_SEARCHED.sub("", html))
    paragraphs = _PARAGRAPH.findall(block.group()) if block else []
    calls = [text for text in paragraphs if any(sign in text for sign in _CALLS)]
    plain = (_OTHER_TAG.sub("", _TERM_LINK.sub(r"\g<words>", text)) for text in calls)
    return "".join(f"<p>{text.strip()}</p>" for text in plain)


def _as_part(entry: re.Match[str]) -> str:
    """Return an entry of the glossary as a part of its page, for the search finds nothing smaller."""
    others = ", ".join(_OTHER_NAME.findall(entry["others"]))
    also = f"<p>Also: {others}.</p>" if others else ""
    meaning = re.sub(r"(</?)dd>", r"\1p>", entry["meaning"])
    return f'<h2 id="{entry["id"]}">{entry["name"]}</h2>{meaning}{also}'
