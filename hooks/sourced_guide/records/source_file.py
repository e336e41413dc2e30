"""Writes the source file of a work, with comments where an editor has to fill in more."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

import yaml

from sourced_guide.claims.project.source_library import SCHEMA
from sourced_guide.records.csl import fields_of, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from sourced_guide.records.csl import Item

_IDENTIFIERS = ("DOI", "PMID", "PMCID", "ISBN")
# MEDLINE's publication types, the most specific first
# (https://www.nlm.nih.gov/mesh/pubtypes.html).
_KINDS = {
    "Practice Guideline": "guideline",
    "Guideline": "guideline",
    "Systematic Review": "systematic review",
    "Meta-Analysis": "systematic review",
    "Randomized Controlled Trial": "trial",
    "Clinical Trial": "trial",
    "Observational Study": "study",
    "Review": "review",
}
# CSL's types of statutes; the other types do not tell the kind.
_LAWS = frozenset(["bill", "legislation", "regulation", "treaty"])
_RETRACTED = "Retracted Publication"
_SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "its",
        "of",
        "on",
        "or",
        "the",
        "to",
        "versus",
        "vs",
        "with",
    ]
)
_NAMELESS = "source"
_CHAPTER = "chapter"
_PLAIN_NUMBER = re.compile(r"\d{1,4}(?:-\d\d){0,2}|[1-9]\d{0,8}")
_TO_FILL_IN = {
    "kind": " | ".join(SCHEMA.properties["kind"]["enum"]),
    "read": " | ".join(SCHEMA.properties["read"]["enum"]) + ": how much of it you have read",
    "checked": "YYYY-MM-DD, the day you found its passages in it",
    "passages": "`guide source passage` finds start, end and figures in a copy",
}


def source_text(item: Mapping[str, Any]) -> str:
    """Return the text of the source file of a CSL item.

    `genre` may list MEDLINE's publication types. What the record lacks is left empty, with
    a comment that says what belongs there, so that `guide check` asks for it.
    Raises RecordError where the item has no title.
    """
    fields = fields_of(item)
    lines = [line for name, value in fields.items() for line in _field(name, value)]
    if "author" not in fields:
        lines.append("# author: no record of it; add who wrote it")
    if "issued" not in fields:
        lines.append("# issued: no record of it; add when it came out")
    return "\n".join(lines) + "\n" + own_text(item)


def own_text(item: Mapping[str, Any]) -> str:
    """Return the part of a source file that no record has."""
    fields, types = fields_of(item), genres(item)
    kind = next((kind for name, kind in _KINDS.items() if name in types), "")
    own = {
        "kind": "law" if fields["type"] in _LAWS else kind,
        "read": "",
        "status": "retracted" if is_retracted(item) else "current",
        "checked": "",
        "passages": "",
    }
    lines = [
        f"{name}: {value}" if value else f"{name}:  # to fill in: {_TO_FILL_IN[name]}"
        for name, value in own.items()
    ]
    return "\n".join(lines) + "\n"


def genres(item: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the publication types of a record."""
    given = item.get("genre")
    return tuple(map(plain, given)) if isinstance(given, list) else ()


def is_retracted(item: Mapping[str, Any]) -> bool:
    """Say whether a record calls its work retracted."""
    title = plain(item.get("title"))
    return _RETRACTED in genres(item) or title.upper().startswith(("RETRACTED:", "[RETRACTED]"))


def new_key(fields: Mapping[str, Any], taken: Collection[str]) -> str:
    """Return a key for a work: its first author, its year, and as much of its title as it takes."""
    first: dict[str, str] = next(iter(fields.get("author", ())), {})
    name = str(first.get("family") or first.get("literal") or "")
    words = [word for word in _slug(str(fields["title"])).split("-") if word not in _SMALL_WORDS]
    body = _slug(name) if first.get("family") else "-".join(_slug(name).split("-")[:2])
    # A title in another script has no letters for a file's name.
    words = [word for word in words if word] or [_NAMELESS]
    start = [part for part in (body or words.pop(0), str(fields.get("issued", ""))[:4]) if part]
    for count in range(len(words) + 1):
        if (key := "-".join([*start, *words[:count]])) not in taken:
            return key
    number = next(n for n in range(2, len(taken) + 3) if f"{key}-{n}" not in taken)
    return f"{key}-{number}"


def same_work(
    fields: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]]
) -> tuple[str, str]:
    """Return the key of the source that is this work, and the identifier that both have.

    Two empty texts where there is none. `others` are the CSL fields of the sources by their keys.
    """
    for name in (*_IDENTIFIERS, "URL"):
        value = _canonical(fields.get(name))
        for key, other in others.items():
            # A chapter has the ISBN of its book, and of the other chapters.
            is_of_book = name == "ISBN" and _CHAPTER in (fields.get("type"), other.get("type"))
            if value and value == _canonical(other.get(name)) and not is_of_book:
                return key, name
    return "", ""


def _canonical(value: Any) -> str:
    text = str(value or "").lower().strip().rstrip("/")
    return re.sub(r"^https?://(?:www\.)?|(?<=\d)-(?=[\dx])", "", text)


def _field(name: str, value: Any) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{name}: {_scalar(value)}"
        return
    yield f"{name}:"
    for entry in value:
        parts = ", ".join(f"{part}: {_scalar(text, is_flow=True)}" for part, text in entry.items())
        yield f"  - {{{parts}}}"


def _scalar(value: Any, *, is_flow: bool = False) -> str:
    text = str(value)
    if _PLAIN_NUMBER.fullmatch(text):
        return text
    node: Item | str = {"k": text} if is_flow else text
    shown = yaml.safe_dump(node, allow_unicode=True, width=2**20, default_flow_style=is_flow)
    shown = shown.removesuffix("\n").removesuffix("\n...")
    return shown[len("{k: ") : -1] if is_flow else shown


def _slug(text: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_only))


def passage_text(start: str, end: str, figures: Collection[str]) -> str:
    """Return a passage as it stands in a source file; its name and `says` are the editor's."""
    listed = ", ".join(_scalar(figure, is_flow=True) for figure in figures)
    return "\n".join(
        (
            "  name-of-the-passage:",
            "    section:  # to fill in: the heading above it",
            f"    start: {_scalar(start)}",
            f"    end: {_scalar(end)}",
            "    says:  # to fill in: what it says, in your own words",
            f"    figures: [{listed}]",
        )
    )
