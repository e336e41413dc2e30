"""BibTeX and BibLaTeX."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from bibtexparser import Library, parse_string, write_string
from bibtexparser.middlewares import (
    BlockMiddleware,
    MonthIntMiddleware,
    NameParts,
    NormalizeFieldKeys,
    SeparateCoAuthors,
    SplitNameParts,
)
from bibtexparser.model import Entry, Field
from pylatexenc.latex2text import LatexNodes2Text

from sourced_guide.records.errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sourced_guide.records.csl import Item

_TYPES = {
    **{same: same for same in ("book", "report", "thesis", "dataset", "software", "patent")},
    "article": "article-journal",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "incollection": "chapter",
    "inbook": "chapter",
    "collection": "book",
    "techreport": "report",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "booklet": "pamphlet",
    "misc": "document",
    "unpublished": "manuscript",
}
# CSL's name, and what BibTeX and BibLaTeX call it, the first that is there.
_FIELDS = {
    "title": ("title",),
    "container-title": ("journaltitle", "journal", "booktitle", "maintitle"),
    "collection-title": ("series",),
    "edition": ("edition",),
    "publisher": ("publisher", "institution", "school", "organization", "howpublished"),
    "publisher-place": ("address", "location"),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "page": ("pages",),
    "DOI": ("doi",),
    "PMID": ("pmid",),
    "PMCID": ("pmcid",),
    "ISBN": ("isbn",),
    "URL": ("url",),
    "issued": ("date",),
    "accessed": ("urldate",),
    "note": ("note",),
}
_PEOPLE = ("author", "editor")
_PART = re.compile(r"\b(family|given|prefix|suffix)\s*=\s*\"?([^,\"]*[^,\"\s])")
# A broken entry is an error of ours; the parser would print another one.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
_LATEX = LatexNodes2Text(math_mode="verbatim")
_DASHES = re.compile(r"-{2,}")
# In UTF-8, only these have a meaning of their own to LaTeX; in an address they have none.
_SPECIAL = re.compile(r"[&%$#_]")
_ESCAPED = re.compile(r"\\([&%$#_~])")
_VERBATIM = ("doi", "url")
# TexMed names entries by their PMID.
_PMID_KEY = re.compile(r"pmid(\d+)", re.IGNORECASE)
_ADDRESS = re.compile(r"\\url\{([^}]*)\}|^(https?://\S+)$")


class _PlainNames(BlockMiddleware):
    """Rewrites names in BibLaTeX's extended format: "family=Berg, given=Jo, prefix=van der"."""

    def transform_entry(self, entry: Entry, library: Library) -> Entry:  # noqa: ARG002
        for field in entry.fields:
            if field.key in _PEOPLE and isinstance(field.value, list):
                field.value = [_plain_name(name) for name in field.value]
        return entry


def _plain_name(name: str) -> str:
    parts = dict(_PART.findall(name))
    if "family" not in parts:
        return name
    last = " ".join(filter(None, (parts.get("prefix"), parts["family"])))
    return ", ".join(filter(None, (last, parts.get("suffix"), parts.get("given"))))


def read_bibtex(text: str) -> list[Item]:
    """Return the entries of a file as CSL items.

    Raises RecordError where an entry cannot be read, with its line.
    """
    parts = [
        NormalizeFieldKeys(),
        MonthIntMiddleware(),
        SeparateCoAuthors(),
        _PlainNames(),
        SplitNameParts(),
    ]
    library = parse_string(text, append_middleware=parts)
    if library.failed_blocks:
        block = library.failed_blocks[0]
        # An aborted block has its reason in a field of its own.
        reason = getattr(block.error, "abort_reason", "") or str(block.error)
        line = (block.start_line or 0) + 1
        raise RecordError(f"line {line} is not BibTeX: {reason.partition('. ')[0].strip()}")
    return [_item(entry) for entry in library.entries]


def write_bibtex(items: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the fields of source files, by their keys, as BibLaTeX."""
    library = Library([_entry(key, item) for key, item in items.items()])
    return str(write_string(library))


def _item(entry: Entry) -> Item:
    values = {field.key: field.value for field in entry.fields}
    item: Item = {name: _first(values, keys) for name, keys in _FIELDS.items()}
    item["id"] = entry.key
    item["type"] = _TYPES.get(entry.entry_type.lower(), entry.entry_type.lower())
    item["page"] = _DASHES.sub("-", item["page"])
    if not item["issued"] and (year := values.get("year")):
        month = values.get("month")
        item["issued"] = f"{_text(year)}-{month:02}" if isinstance(month, int) else _text(year)
    if not item["URL"] and (match := _ADDRESS.search(str(values.get("howpublished", "")))):
        item["URL"], item["publisher"] = match[1] or match[2], ""
    if str(values.get("eprinttype", "")).lower() in ("pubmed", "pmid"):
        item["PMID"] = item["PMID"] or _first(values, ("eprint",))
    if match := _PMID_KEY.fullmatch(entry.key):
        item["PMID"] = item["PMID"] or match[1]
    if subtitle := _first(values, ("subtitle",)):
        item["title"] = f"{item['title']}: {subtitle}"
    if item["type"] == "article-journal" and not item["container-title"]:
        item["type"] = "article"
    if item["type"] == "report":
        item["number"], item["issue"] = item["issue"], ""
    for name in _PEOPLE:
        item[name] = list(_names(values.get(name) or ()))
    return item


def _names(names: Iterable[Any]) -> Iterator[dict[str, str]]:
    for name in names:
        if not isinstance(name, NameParts):
            continue
        family, given = _text(" ".join(name.last)), _text(" ".join(name.first))
        if (family or given).lower() == "others":
            yield {"literal": "et al."}
        elif not given:
            # A body, which is braced: {National Institute for Health and Care Excellence}.
            yield {"literal": _text(" ".join([*name.von, family]))}
        else:
            parts = {
                "family": family,
                "given": given,
                "non-dropping-particle": _text(" ".join(name.von)),
                "suffix": _text(" ".join(name.jr)),
            }
            yield {part: value for part, value in parts.items() if value}


def _first(values: Mapping[str, Any], names: Iterable[str]) -> str:
    for name in names:
        if value := values.get(name):
            return _verbatim(str(value)) if name in _VERBATIM else _text(value)
    return ""


def _verbatim(value: str) -> str:
    """Return an address, in which some programs escape what has a meaning to LaTeX."""
    return _ESCAPED.sub(r"\1", value.strip("{} \n"))


def _text(value: Any) -> str:
    return " ".join(_LATEX.latex_to_text(str(value)).split())


def _entry(key: str, item: Mapping[str, Any]) -> Entry:
    kinds = {csl: kind for kind, csl in reversed(_TYPES.items())}
    values = {first: str(item.get(name, "")) for name, (first, *_) in _FIELDS.items()}
    values["pages"] = values["pages"].replace("-", "--")
    values |= {name: " and ".join(map(_as_text, item.get(name, ()))) for name in _PEOPLE}
    fields = [Field(name, _escaped(name, value)) for name, value in values.items() if value]
    return Entry(kinds.get(str(item["type"]), "misc"), key, fields)


def _as_text(name: Mapping[str, Any]) -> str:
    if literal := str(name.get("literal", "")):
        return "others" if literal == "et al." else f"{{{literal}}}"
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name.get("family"))))
    return ", ".join(filter(None, (family, name.get("suffix"), name.get("given"))))


def _escaped(name: str, value: str) -> str:
    return value if name in _VERBATIM else _SPECIAL.sub(r"\\\g<0>", value)
