"""MEDLINE's own format, in which PubMed saves records (.nbib).

The tags are those of https://www.nlm.nih.gov/bsd/mms/medlineelements.html: four columns for a tag,
a hyphen, a space and a value, which goes on in lines that begin with six spaces.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from sourced_guide.records.csl import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sourced_guide.records.csl import Item

_LINE = re.compile(r"([A-Z]{2,4}) *- ?(.*)")
_MORE = re.compile(r" {4,}(\S.*)")
_ID = re.compile(r"(\S+) \[(doi|pii)\]")
_FIELDS = {
    "TI": "title",
    "JT": "container-title",
    "VI": "volume",
    "IP": "issue",
    "PG": "page",
    "DP": "issued",
    "PMID": "PMID",
    "PMC": "PMCID",
    "ISBN": "ISBN",
    "PB": "publisher",
}


def read_medline(text: str) -> list[Item]:
    """Return the records of a file as CSL items; `genre` holds the publication types."""
    return [_item(record) for record in _records(text)]


def _records(text: str) -> Iterator[Mapping[str, Sequence[str]]]:
    record: dict[str, list[str]] = defaultdict(list)
    tag = ""
    for line in text.splitlines():
        if match := _LINE.match(line):
            tag = match[1]
            if tag == "PMID" and record:
                yield record
                record = defaultdict(list)
            record[tag].append(match[2].strip())
        elif tag and (match := _MORE.match(line)):
            record[tag][-1] += f" {match[1].strip()}"
    if record:
        yield record


def _item(record: Mapping[str, Sequence[str]]) -> Item:
    item: Item = {name: record[tag][0] for tag, name in _FIELDS.items() if record.get(tag)}
    item["type"] = "article-journal"
    if book := record.get("BTI"):
        # A chapter has a title of its own.
        item["type"] = "chapter" if "title" in item else "book"
        item["container-title" if "title" in item else "title"] = book[0]
    people = record.get("FAU") or record.get("AU") or ()
    item["author"] = [
        *map(name_of, people),
        *({"literal": body} for body in record.get("CN", ())),
    ]
    item["editor"] = [name_of(editor) for editor in record.get("FED") or record.get("ED") or ()]
    for value in (*record.get("LID", ()), *record.get("AID", ())):
        if (match := _ID.fullmatch(value)) and match[2] == "doi":
            item["DOI"] = match[1]
    item["genre"] = list(record.get("PT", ()))
    return item
