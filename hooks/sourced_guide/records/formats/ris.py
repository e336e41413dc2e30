"""RIS, which most reference managers and publishers write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import rispy

from sourced_guide.records.csl import name_of, partial_date
from sourced_guide.records.errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sourced_guide.records.csl import Item

_TYPES = {
    **dict.fromkeys(("JOUR", "JFULL", "EJOUR", "INPR"), "article-journal"),
    **dict.fromkeys(("BOOK", "EBOOK", "WHOLE"), "book"),
    **dict.fromkeys(("CHAP", "ECHAP"), "chapter"),
    **dict.fromkeys(("ELEC", "WEB", "ICOMM"), "webpage"),
    **dict.fromkeys(("CONF", "CPAPER"), "paper-conference"),
    **dict.fromkeys(("RPRT", "GOVDOC"), "report"),
    **dict.fromkeys(("STAND", "STD"), "standard"),
    "THES": "thesis",
    "PAMP": "pamphlet",
    "MGZN": "article-magazine",
    "NEWS": "article-newspaper",
    "BLOG": "post-weblog",
    "ENCYC": "entry-encyclopedia",
    "DICT": "entry-dictionary",
    "DATA": "dataset",
}
_DATES = ("date", "publication_year", "year")
# Ovid adds the kind of article to the title.
_KIND_OF_ARTICLE = re.compile(r"\s*\[Review\]$")
_END, _START = "ER  - ", re.compile(r"^TY  ?-")
# What programs write for one thing, the first that is there.
_FIELDS = {
    "title": ("title", "primary_title", "translated_title"),
    # In full before abbreviated.
    "container-title": (
        *("secondary_title", "alternate_title3", "journal_name"),
        *("alternate_title2", "alternate_title1"),
    ),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "DOI": ("doi",),
    "publisher": ("publisher",),
    "publisher-place": ("place_published",),
    "edition": ("edition",),
    "accessed": ("access_date",),
}
_WRITTEN = {
    "title": "title",
    "container-title": "secondary_title",
    "volume": "volume",
    "issue": "number",
    "DOI": "doi",
    "publisher": "publisher",
    "publisher-place": "place_published",
    "edition": "edition",
    "ISBN": "issn",
}


def read_ris(text: str) -> list[Item]:
    """Return the records of a file as CSL items; raises RecordError where it is not RIS."""
    try:
        records = rispy.loads(_with_ends(text), skip_unknown_tags=False)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RecordError(f"it is not RIS: {error}") from error
    return [_item(record) for record in records]


def write_ris(items: Iterable[Mapping[str, Any]]) -> str:
    """Return the fields of source files as RIS."""
    return str(rispy.dumps([_record(item) for item in items]))


def _item(record: Mapping[str, Any]) -> Item:
    item: Item = {
        name: next((record[key] for key in keys if record.get(key)), "")
        for name, keys in _FIELDS.items()
    }
    item["title"] = _KIND_OF_ARTICLE.sub("", str(item["title"]))
    item["issued"] = _issued(record)
    item["type"] = _TYPES.get(record.get("type_of_reference", ""), "document")
    authors = record.get("authors") or record.get("first_authors") or ()
    item["author"] = [name_of(author) for author in authors]
    editors = record.get("secondary_authors") or () if item["type"] == "chapter" else ()
    item["editor"] = [name_of(editor) for editor in editors]
    first, last = str(record.get("start_page", "")), str(record.get("end_page", ""))
    item["page"] = f"{first}-{last}" if first and last and first != last else first
    item["URL"] = next(iter(record.get("urls") or ()), "") or record.get("url", "")
    number = str(record.get("issn", ""))
    item["ISBN"] = number if item["type"] in ("book", "chapter") else ""
    database = str(record.get("name_of_database", "")).lower()
    if "pubmed" in database or "medline" in database or "nlm" in database:
        item["PMID"] = record.get("accession_number", "")
    if item["type"] == "article-journal":
        # EndNote writes there when the article came out on the web.
        item["edition"] = ""
    item["PMCID"] = record.get("custom2", "")
    item["note"] = "\n".join(record.get("notes", ()))
    return item


def _with_ends(text: str) -> str:
    """Return a file with an end for every record: a record without one would be lost."""
    lines: list[str] = []
    is_open = False
    for line in text.splitlines():
        if _START.match(line):
            lines += [_END] if is_open else []
            is_open = True
        elif line.startswith("ER"):
            is_open = False
        lines.append(line)
    return "\n".join([*lines, _END] if is_open else lines) + "\n"


def _issued(record: Mapping[str, Any]) -> str:
    """Return the most exact date of a record; "Jun 16" goes with the year of another field."""
    given = [str(record[name]) for name in _DATES if record.get(name)]
    dates = [date for text in given if (date := partial_date(text))]
    if given and dates and not partial_date(given[0]):
        dates.append(partial_date(f"{dates[0][:4]} {given[0]}"))
    return max(dates, key=len, default="")


def _record(item: Mapping[str, Any]) -> dict[str, Any]:
    types = {csl: ris for ris, csl in reversed(_TYPES.items())}
    record: dict[str, Any] = {"type_of_reference": types.get(str(item["type"]), "GEN")}
    record |= {tag: str(item[name]) for name, tag in _WRITTEN.items() if item.get(name)}
    authors = [text for name in item.get("author", ()) if (text := _as_text(name)) != "et al."]
    if authors:
        record["authors"] = authors
    if issued := str(item.get("issued", "")):
        record["year"], record["date"] = issued[:4], issued.replace("-", "/")
    if page := str(item.get("page", "")):
        first, _, last = page.partition("-")
        record |= {"start_page": first} | ({"end_page": last} if last else {})
    if url := item.get("URL"):
        record["urls"] = [str(url)]
    if pmid := item.get("PMID"):
        record |= {"accession_number": str(pmid), "name_of_database": "PubMed"}
    return record


def _as_text(name: Mapping[str, Any]) -> str:
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name.get("family"))))
    return ", ".join(filter(None, (family, name.get("given")))) or str(name.get("literal", ""))
