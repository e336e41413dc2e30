"""Findings on a page that its editor previews: each below what it is about, and a list of all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import html as lxml_html
from lxml.html import builder as tag

from sourced_guide.claims.report.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.html import HtmlElement

    from sourced_guide.claims.model.finding import Finding
    from sourced_guide.claims.model.statement import Statement
    from sourced_guide.claims.project.guide import Guide

_WORD = re.compile(r"\w+")
_BLOCKS = (
    *("p", "li", "dt", "dd", "tr", "caption", "figcaption", "summary"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"),
)
# What a browser lets stand in them only.
_INSIDE = ("li", "dd", "dt", "tr", "caption", "figcaption", "summary")
_OWN = "cs-finding"
_MOST_UNFOLDED = 5
# Any theme may be around them, so they bring their look: dark on light, as a note is.
_STYLE = f"""
.{_OWN} {{ display: block; margin: .5em 0; padding: .4em .7em; border-left: 4px solid #b3261e;
  background: #fdecea; color: #1c1b1f; font: 400 14px/1.45 sans-serif; text-align: left;
  white-space: normal; }}
.{_OWN} :is(details, summary) {{ all: revert; padding: 0 !important; }}
.{_OWN} summary::before, .{_OWN} summary::after {{ content: none !important; }}
.{_OWN} code {{ background: none; color: inherit; font-size: 13px; }}
.{_OWN} a {{ color: #8c1d18; text-decoration: underline; }}
.{_OWN} ol {{ margin: .4em 0 0 1.4em; padding: 0; list-style: decimal; }}
"""


def with_findings(content: str, guide: Guide, findings: Iterable[Finding], path: str) -> str:
    """Return the HTML of a page with the findings on it.

    A finding is about the statement that begins at its place, or last before it. What cannot be
    found on the page, as in the front matter, is in the list only.
    """
    project = guide.project
    # A draft is shown to its editor and not checked.
    statements = guide.page(path).text.statements if project.has_page(path) else []
    files = {project.shown(project.docs / path), *(statement.file for statement in statements)}
    here = [finding for finding in findings if finding.place.file in files]
    if not here:
        return content
    root = lxml_html.fragment_fromstring(content, create_parent="div")
    blocks = [(_words(block), block) for block in root.iter(*_BLOCKS)]
    entries = []
    for number, finding in enumerate(here, 1):
        about = _statement_of(finding, statements)
        block = _block_of(about.text, blocks) if about else None
        entries.append(tag.LI(*_entry(finding, f"{_OWN}-{number}" if block is not None else "")))
        if block is not None:
            _put(_note(finding, f"{_OWN}-{number}"), block)
    _put_first(root, _list(entries))
    text = root.text or ""
    return text + "".join(lxml_html.tostring(child, encoding="unicode") for child in root)


def _statement_of(finding: Finding, statements: Iterable[Statement]) -> Statement | None:
    before = [each for each in statements if each.place <= finding.place]
    same_file = [each for each in before if each.file == finding.place.file]
    return max(same_file, key=lambda each: each.place, default=None)


def _block_of(text: str, blocks: Iterable[tuple[str, HtmlElement]]) -> HtmlElement | None:
    """Return the innermost block that has the words of a statement, the first of them."""
    words = f" {' '.join(_WORD.findall(text))} "
    having = [(len(written), block) for written, block in blocks if words in written]
    return min(having, key=lambda each: each[0], default=(0, None))[1] if words.strip() else None


def _words(block: HtmlElement) -> str:
    text = block.xpath("string()")
    # Marks of sources are not among the words of a statement.
    for mark in block.iter("sup"):
        text = text.replace(mark.xpath("string()"), " ", 1)
    return f" {' '.join(_WORD.findall(text))} "


def _put(note: HtmlElement, block: HtmlElement) -> None:
    """Put a note below a block, after those that are there."""
    if block.tag == "tr":
        block = block[-1]
    if block.tag in (*_INSIDE, "td", "th"):
        block.append(note)
        return
    while (following := block.getnext()) is not None and following.get("class") == _OWN:
        block = following
    note.tail, block.tail = block.tail, None
    block.addnext(note)


def _put_first(root: HtmlElement, listed: HtmlElement) -> None:
    """Put the list below the title, where it does not stand in for it."""
    title = next(root.iterchildren("h1"), None)
    if title is not None:
        _put(listed, title)
    else:
        root.insert(0, listed)


def _list(entries: Sequence[HtmlElement]) -> HtmlElement:
    summary = tag.SUMMARY(f"{counted(len(entries), 'finding')} on this page")
    details = tag.DETAILS(summary, tag.OL(*entries))
    # More of them would keep the page out of sight.
    if len(entries) <= _MOST_UNFOLDED:
        details.set("open", "")
    style = tag.STYLE(_STYLE)
    return tag.ASIDE(style, details, {"class": _OWN, "aria-label": "Findings on this page"})


def _note(finding: Finding, id_: str) -> HtmlElement:
    return tag.SPAN(*_entry(finding, ""), {"class": _OWN, "id": id_, "role": "note"})


def _entry(finding: Finding, target: str) -> list[HtmlElement | str]:
    place = f"{finding.place.line}:{finding.place.column}"
    rule = tag.CODE(f"{place} {finding.rule}")
    parts: list[HtmlElement | str] = [tag.A(rule, href=f"#{target}") if target else rule]
    parts.append(f" {finding.message}")
    if finding.known:
        parts.append(" (known: in the baseline)")
    if finding.help:
        parts += [tag.BR(), f"Help: {finding.help}"]
    return parts
