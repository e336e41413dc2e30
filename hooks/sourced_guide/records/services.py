"""Records from bibliographic services: Europe PMC, PubMed and Crossref.

Europe PMC is asked first (https://europepmc.org/RestfulWebService): it has all of PubMed and names
retractions and later versions. PubMed (https://api.ncbi.nlm.nih.gov/lit/ctxp) stands in for it, and
Crossref (https://api.crossref.org) knows the DOIs and books of every other field.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sourced_guide.fetch.errors import GoneError, UnreachableError
from sourced_guide.fetch.snapshot import EUROPE_PMC
from sourced_guide.records.errors import RecordError
from sourced_guide.records.identifiers import Identifier
from sourced_guide.records.web_page import page_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sourced_guide.fetch.crawler import Crawler
    from sourced_guide.records.csl import Item

# Kinds of later notices about a work, and how they are reported to editors.
_NOTICES = {
    "retraction in": "retracted",
    "retraction": "retracted",
    "withdrawal": "withdrawn",
    "removal": "removed",
    "expression of concern in": "put in doubt by an expression of concern",
    "expression_of_concern": "put in doubt by an expression of concern",
    "update in": "replaced by a newer version",
    "republished in": "replaced by a newer version",
    "new_version": "replaced by a newer version",
    "new_edition": "replaced by a newer version",
    "erratum in": "corrected",
    "correction": "corrected",
    "corrigendum": "corrected",
    "erratum": "corrected",
}
_RETRACTED = ("retracted", "withdrawn", "removed")


@dataclass(frozen=True)
class Record:
    """A CSL item, and what a service says about later notices: "retracted: <where>"."""

    item: Item
    notices: tuple[str, ...] = ()

    @property
    def is_retracted(self) -> bool:
        """Whether a notice retracts the work."""
        return any(notice.startswith(_RETRACTED) for notice in self.notices)


@dataclass(frozen=True)
class Services:
    """The URLs of the services, and the crawler that requests them."""

    crawler: Crawler
    europe_pmc: str = EUROPE_PMC
    pubmed: str = "https://api.ncbi.nlm.nih.gov/lit/ctxp/v1"
    crossref: str = "https://api.crossref.org"

    def look_up(self, identifier: Identifier) -> Record:
        """Return the record of a work.

        Raises RecordError where no service has one, and says which could not be asked.
        """
        reasons: list[str] = []
        for ask in self._ways(identifier):
            try:
                if record := ask():
                    return record
            except GoneError:
                continue
            except (UnreachableError, RecordError) as error:
                reasons.append(str(error))
        why = f" ({'; '.join(reasons)})" if reasons else ""
        raise RecordError(f"no record of {identifier.kind} {identifier.value} was found{why}")

    def _ways(self, identifier: Identifier) -> Iterator[Callable[[], Record | None]]:
        kind, value = identifier
        if kind == "URL":
            yield lambda: self._page(value)
            return
        if kind in _EUROPE_PMC_QUERIES:
            yield lambda: self._europe_pmc(kind, value)
        if kind in ("PMID", "PMCID"):
            yield lambda: self._pubmed(kind, value)
        if kind == "DOI":
            yield lambda: self._crossref(f"works/{quote(value, safe='')}")
        if kind == "ISBN":
            yield lambda: self._crossref(f"works?filter=isbn:{value}&rows=1")

    def _europe_pmc(self, kind: str, value: str) -> Record | None:
        query = quote(_EUROPE_PMC_QUERIES[kind].format(value), safe="")
        address = f"{self.europe_pmc}/search?query={query}&resultType=core&format=json&pageSize=1"
        results = _at(self._json(address), "resultList", "result")
        if not results:
            return None
        result = results[0]
        corrections = _at(result, "commentCorrectionList", "commentCorrection") or []
        notices = tuple(_notices((c.get("type"), c.get("reference")) for c in corrections))
        return Record(_from_europe_pmc(result), notices)

    def _pubmed(self, kind: str, value: str) -> Record | None:
        database = "pubmed" if kind == "PMID" else "pmc"
        number = value.removeprefix("PMC")
        item = self._json(f"{self.pubmed}/{database}/?format=csl&id={number}")
        return Record(item) if isinstance(item, dict) and item.get("title") else None

    def _crossref(self, path: str) -> Record | None:
        message = _at(self._json(f"{self.crossref}/{path}"), "message") or {}
        item = next(iter(message.get("items", ())), None) if "items" in message else message
        if not item:
            return None
        updates = item.get("updated-by") or []
        notices = tuple(_notices((u.get("type"), u.get("DOI")) for u in updates))
        return Record(item, notices)

    def _page(self, url: str) -> Record | None:
        response = self.crawler.fetch(url)
        item = page_record(response.body, response.url)
        if doi := item.get("DOI"):
            # The record of the work is more complete than the metadata of its page.
            try:
                known = self.look_up(Identifier("DOI", doi))
            except RecordError:
                return Record(item)
            return Record({**known.item, "URL": url}, known.notices)
        return Record(item)

    def _json(self, url: str) -> Any:
        response = self.crawler.fetch(url)
        try:
            return json.loads(response.body)
        except ValueError as error:
            host = url.split("/")[2]
            raise RecordError(f"{host} answered with something other than JSON") from error


_EUROPE_PMC_QUERIES = {
    "DOI": 'DOI:"{}"',
    "PMID": "EXT_ID:{} AND SRC:MED",
    "PMCID": "PMCID:{}",
}


def _from_europe_pmc(result: Item) -> Item:
    journal = _at(result, "journalInfo") or {}
    book = _at(result, "bookOrReportDetails") or {}
    authors = _at(result, "authorList", "author") or []
    return {
        "type": "book" if book else "article-journal",
        "title": str(result.get("title", "")).removesuffix("."),
        "author": [_author(author) for author in authors],
        "container-title": _at(journal, "journal", "title") or "",
        "publisher": book.get("publisher", ""),
        "issued": journal.get("dateOfPublication")
        or result.get("firstPublicationDate")
        or str(result.get("pubYear", "")),
        "volume": journal.get("volume", ""),
        "issue": journal.get("issue", ""),
        "page": result.get("pageInfo", ""),
        "DOI": result.get("doi", ""),
        "PMID": result.get("pmid", ""),
        "PMCID": result.get("pmcid", ""),
        "genre": _at(result, "pubTypeList", "pubType") or [],
    }


def _author(author: Item) -> dict[str, str]:
    if body := author.get("collectiveName"):
        return {"literal": str(body)}
    family, given = author.get("lastName"), author.get("firstName") or author.get("initials")
    if family and given:
        return {"family": str(family), "given": str(given)}
    return {"literal": str(author.get("fullName") or family or "")}


def _notices(updates: Iterator[tuple[Any, Any]]) -> Iterator[str]:
    for kind, where in updates:
        if says := _NOTICES.get(str(kind).lower()):
            yield f"{says}: {where}" if where else says


def _at(value: Any, *names: str) -> Any:
    """Return the value at the path `names` of a response, or None if there is none."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value
