"""Identifiers of works: DOI, PMID, PMCID, ISBN or URL."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

# The DOI Handbook allows any printable character after the slash; Crossref's own pattern
# (https://www.crossref.org/blog/dois-and-matching-regular-expressions/) is as wide.
_DOI = re.compile(r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_PMID = re.compile(
    r"(?:PMID:?\s*|(?:https?://)?(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/)?"
    r"([1-9]\d{0,8})/?",
    re.IGNORECASE,
)
_PMCID = re.compile(
    r"(?:PMCID:?\s*|(?:https?://)?(?:www\.)?(?:pmc\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pmc)/articles/)?"
    r"(PMC\d+)/?",
    re.IGNORECASE,
)
_ISBN = re.compile(
    r"(?:ISBN(?:-1[03])?:?\s*)?((?:97[89][\s-]?)?(?:\d[\s-]?){9}[\dX])", re.IGNORECASE
)
_URL = re.compile(r"https?://[^\s/]+\.\S+", re.IGNORECASE)


class Identifier(NamedTuple):
    """An identifier of a work; `kind` is the name of its CSL variable."""

    kind: str
    value: str


def identify(text: str) -> Identifier | None:
    """Return what `text` names, or None where it is no identifier."""
    text = text.strip()
    if match := _PMCID.fullmatch(text):
        return Identifier("PMCID", match[1].upper())
    if match := _DOI.fullmatch(text):
        return Identifier("DOI", unquote(match[1]).rstrip(".,;"))
    if (match := _ISBN.fullmatch(text)) and _is_isbn(digits := re.sub(r"[\s-]", "", match[1])):
        return Identifier("ISBN", digits.upper())
    if match := _PMID.fullmatch(text):
        return Identifier("PMID", match[1])
    return Identifier("URL", text) if _URL.fullmatch(text) else None


def _is_isbn(digits: str) -> bool:
    """Say whether the check digit is right (ISO 2108, annex A)."""
    values = [10 if digit in "Xx" else int(digit) for digit in digits]
    if len(values) == 13:
        return sum(v * (3 if i % 2 else 1) for i, v in enumerate(values)) % 10 == 0
    return sum(v * (10 - i) for i, v in enumerate(values)) % 11 == 0
