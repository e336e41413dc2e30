"""The bibliographic metadata in the head of a web page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import html
from lxml.etree import ParserError

from sourced_guide.records.csl import name_of, partial_date
from sourced_guide.records.errors import RecordError

if TYPE_CHECKING:
    from sourced_guide.records.csl import Item

# Highwire Press tags, which Google Scholar asks for
# (https://scholar.google.com/intl/en/scholar/inclusion.html#indexing), then Dublin Core's and Open
# Graph's.
_META = {
    "title": ("citation_title", "dc.title", "og:title"),
    "container-title": ("citation_journal_title", "dc.source", "og:site_name"),
    "publisher": ("citation_publisher", "dc.publisher"),
    "issued": (
        *("citation_publication_date", "citation_date", "dc.date", "article:modified_time"),
        *("article:published_time", "dcterms.modified", "dcterms.issued"),
    ),
    "volume": ("citation_volume",),
    "issue": ("citation_issue",),
    "DOI": ("citation_doi", "dc.identifier.doi"),
    "PMID": ("citation_pmid",),
    "ISBN": ("citation_isbn",),
}
_AUTHORS = ("citation_author", "dc.creator", "author")


def page_record(body: bytes, url: str) -> Item:
    """Return the metadata of the page at `url` as a CSL item.

    Raises RecordError where it is no HTML page with a title.
    """
    try:
        root = html.document_fromstring(body)
    except (ParserError, ValueError) as error:
        raise RecordError(f"{url} is not an HTML page") from error
    meta: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").lower()
        if content := (element.get("content") or "").strip():
            meta.setdefault(name, []).append(content)
    item: Item = {
        name: next((meta[key][0] for key in keys if key in meta), "")
        for name, keys in _META.items()
    }
    item["title"] = item["title"] or " ".join((root.findtext(".//title") or "").split())
    if not item["title"]:
        raise RecordError(f"{url} has no title")
    item["issued"] = partial_date(item["issued"])
    authors = next((meta[key] for key in _AUTHORS if key in meta), [])
    item["author"] = [name_of(author) for author in authors]
    first, last = (meta.get(f"citation_{which}page", [""])[0] for which in ("first", "last"))
    item["page"] = f"{first}-{last}" if first and last else first
    item["type"] = "article-journal" if "citation_journal_title" in meta else "webpage"
    item["URL"] = url
    return item
