"""CSL items, as readers of formats return them, and the fields of a source file."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.project.source_library import SCHEMA
from sourced_guide.records.errors import RecordError
from sourced_guide.records.identifiers import identify

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Item = dict[str, Any]
# In the order in which a source file has them. An abstract is somebody's text and stays out.
FIELDS = (
    *("type", "title", "author", "editor", "container-title", "collection-title", "event-title"),
    *("edition", "publisher", "publisher-place", "issued", "volume", "issue", "page", "number"),
    *("DOI", "PMID", "PMCID", "ISBN", "URL", "accessed"),
)
_NAMES = ("author", "editor")
_DATES = ("issued", "accessed")
_NAME_PARTS = ("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle")
# Crossref's and DataCite's types that are not CSL's.
_TYPES = {
    "journal-article": "article-journal",
    "book-chapter": "chapter",
    "monograph": "book",
    "reference-book": "book",
    "edited-book": "book",
    "proceedings-article": "paper-conference",
    "posted-content": "article",
    "report-component": "report",
    "dissertation": "thesis",
    "reference-entry": "entry",
}
_MARKUP = re.compile(r"</?(?:i|b|em|strong|sup|sub|sc|span|p|jats:\w+)\b[^>]*>", re.IGNORECASE)
# MEDLINE ends a title with a full stop, which no style wants; an abbreviation needs its own.
_FULL_STOP = re.compile(r"(?<=[a-z0-9)\]]{2})\.$")
_TYPE = "type"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?(?:T.*|\s\d\d:.*)?/*")
# The end of a range, as ISO 8601 has it: "2020-06-16/2020-06-20".
_LATER = re.compile(r"/\d{4}-.*$")
_WORDED_DATE = re.compile(
    r"(?:(\d{4})\s+([A-Za-z]{3})[a-z]*\.?(?:\s*-\s*[A-Za-z]+)?(?:\s+(\d{1,2})\b(?!\s*-))?"
    r"|([A-Za-z]{3})[a-z]*\.?\s+(?:(\d{1,2}),?\s+)?(\d{4}))"
)
# Zotero keeps in its "Extra" field, which exports call a note, what it has no field for
# (https://www.zotero.org/support/kb/item_types_and_fields#citing_fields_from_extra).
_EXTRA = re.compile(r"^\s*(PMID|PMCID|DOI|ISBN)\s*:\s*(\S+)\s*$", re.MULTILINE | re.IGNORECASE)


def fields_of(item: Mapping[str, Any]) -> Item:
    """Return what a source file takes from a CSL item, in its order.

    Dates become YYYY, YYYY-MM or YYYY-MM-DD, names lose what CSL does not know, titles their
    markup. Raises RecordError where the item has no title.
    """
    item = {**_from_note(item), **{name: value for name, value in item.items() if value}}
    found: Item = {}
    for name in FIELDS:
        if value := _field(name, item.get(name)):
            found[name] = value
    known = identify(found.get("URL", ""))
    if known and known.kind in ("DOI", "PMID", "PMCID"):
        found.setdefault(known.kind, known.value)
    if "title" not in found:
        raise RecordError("it has no title")
    found["type"] = _type(item)
    return {name: found[name] for name in FIELDS if name in found}


def partial_date(text: str) -> str:
    """Return a date as YYYY, YYYY-MM or YYYY-MM-DD, or an empty text where it is none.

    Takes ISO 8601's forms, and those of MEDLINE and BibTeX: "2020 Jun 16", "Jun 2020". Of a range
    it takes the first day.
    """
    text = _LATER.sub("", text.strip())
    if match := _ISO_DATE.fullmatch(text):
        return _joined(match[1], match[2], match[3])
    if match := _WORDED_DATE.search(text):
        year, month, day = (match[1], match[2], match[3]) if match[1] else match.group(6, 4, 5)
        named = month.lower() in _MONTHS
        return _joined(year, str(_MONTHS.index(month.lower()) + 1), day) if named else str(year)
    years = re.findall(r"\b(?:19|20)\d{2}\b", text)
    return years[0] if len(years) == 1 else ""


def name_of(text: str) -> dict[str, str]:
    """Return a name that is written "Family, Given", or else as one text."""
    family, comma, given = (part.strip() for part in text.partition(","))
    return {"family": family, "given": given} if comma and given else {"literal": text.strip()}


def _field(name: str, value: Any) -> Any:
    if name in _NAMES:
        return list(_names(value if isinstance(value, list) else ()))
    if name in _DATES:
        return _date(value)
    value = value[0] if isinstance(value, list) and value else value
    if name == "URL":
        # In an address, "&sect" is the start of a parameter and no entity.
        known = identify(url := str(value or "").strip())
        return f"https://doi.org/{known.value}" if known and known.kind == "DOI" else url
    text = plain(value)
    if name == "title":
        return _FULL_STOP.sub("", text)
    if name in ("DOI", "PMID", "PMCID") and text:
        known = identify(text)
        return known.value if known and known.kind == name else ""
    return text.replace("–", "-") if name == "page" else text


def plain(value: Any) -> str:
    """Return text without markup, entities and line ends; an empty one for what is no text."""
    if not isinstance(value, str | int | float):
        return ""
    return " ".join(html.unescape(_MARKUP.sub("", html.unescape(str(value)))).split())


def _type(item: Mapping[str, Any]) -> str:
    given = str(item.get(_TYPE, ""))
    given = _TYPES.get(given, given)
    return given if given in SCHEMA.properties[_TYPE]["enum"] else "document"


def _names(names: Iterable[Any]) -> Iterable[dict[str, str]]:
    for name in names:
        if not isinstance(name, dict):
            continue
        parts = {part: plain(name.get(part)) for part in _NAME_PARTS if name.get(part)}
        if not parts and name.get("name"):
            # What Crossref calls a body's name, CSL calls literal.
            parts = {"literal": plain(name["name"])}
        if parts:
            yield parts


def _date(value: Any) -> str:
    if isinstance(value, str | int):
        return partial_date(str(value))
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, dict):
        return ""
    if "year" in value:
        # In CSL YAML, as Pandoc and Better BibTeX write it.
        return _joined(*(plain(value.get(part)) for part in ("year", "month", "day")))
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        return _joined(*(str(part) for part in [*parts[0], "", ""][:3]))
    return partial_date(str(value.get("raw") or value.get("literal") or ""))


def _joined(year: str, month: str | None, day: str | None) -> str:
    """Return the longest part of a date that exists."""
    try:
        first = date(int(year), int(month or 1), 1)
    except (TypeError, ValueError):
        return year if re.fullmatch(r"\d{4}", year or "") else ""
    try:
        whole = first.replace(day=int(day or 1))
    except ValueError:
        return f"{first:%Y-%m}"
    return f"{whole:%Y-%m-%d}" if day and month else f"{first:%Y-%m}" if month else f"{first:%Y}"


def _from_note(item: Mapping[str, Any]) -> Item:
    note = item.get("note")
    return (
        {name.upper(): value for name, value in _EXTRA.findall(note)}
        if isinstance(note, str)
        else {}
    )
