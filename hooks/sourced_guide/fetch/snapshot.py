"""Fetches the snapshot of a source into `<key>.txt`, and reports the outcome."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import quote

from sourced_guide.claims.project.io.atomic_write import write_atomically
from sourced_guide.fetch.errors import GoneError, UnreachableError
from sourced_guide.fetch.sandbox import extract_in_sandbox
from sourced_guide.fetch.ssrf import target_of

if TYPE_CHECKING:
    from pathlib import Path

    from sourced_guide.claims.model.source import Source
    from sourced_guide.fetch.client import Response
    from sourced_guide.fetch.crawler import Crawler
    from sourced_guide.fetch.limits import Limits

EUROPE_PMC = "https://www.ebi.ac.uk/europepmc/webservices/rest"
_DOI = "https://doi.org/"
# They redirect to wherever the work is now, so a redirect is not worth reporting.
_DOI_HOSTS = ("doi.org", "dx.doi.org")


class Outcome(Enum):
    """The outcome for one source, as printed."""

    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    GONE = "gone"
    UNREACHABLE = "unreachable"

    @property
    def is_saved(self) -> bool:
        """Whether a snapshot was saved."""
        return self in (Outcome.FETCHED, Outcome.UNCHANGED, Outcome.CHANGED)


@dataclass(frozen=True)
class Fetched:
    """A source, the outcome of fetching it, and the details."""

    key: str
    outcome: Outcome
    says: str

    def as_text(self) -> str:
        """Return the line that is printed."""
        return f"{self.key}: {self.outcome.value}: {self.says}"


def fetch_source(
    source: Source,
    folder: Path,
    crawler: Crawler,
    limits: Limits,
    full_texts: str = EUROPE_PMC,
) -> Fetched:
    """Fetch a source into `folder/<key>.txt`: its open full text, or else its page.

    `full_texts` is the address of Europe PMC's service, which is asked about a PMCID. Where there
    is no new snapshot, an earlier one is left unchanged. Raises UnwritableFileError where it cannot
    be written.
    """
    path = folder / f"{source.key}.txt"
    try:
        url = url_of(source)
        full_text = _full_text(source, crawler, limits, full_texts)
        content, where = full_text or _page_text(url, crawler, limits)
    except GoneError as error:
        return Fetched(source.key, Outcome.GONE, f"{error}{_earlier_snapshot(path)}")
    except UnreachableError as error:
        return Fetched(source.key, Outcome.UNREACHABLE, f"{error}{_earlier_snapshot(path)}")
    write_atomically(path, content)
    digest = hashlib.sha256(content.encode()).hexdigest()
    pinned = source.snapshot_sha256
    outcome = Outcome.FETCHED
    if pinned:
        outcome = Outcome.UNCHANGED if digest == pinned else Outcome.CHANGED
    return Fetched(source.key, outcome, f"{len(content):,} characters, sha256 {digest}{where}")


def _page_text(url: str, crawler: Crawler, limits: Limits) -> tuple[str, str]:
    response = crawler.fetch(url)
    return extract_in_sandbox(response, limits), _redirected(url, response)


def _full_text(
    source: Source, crawler: Crawler, limits: Limits, service: str
) -> tuple[str, str] | None:
    """Return a source's open full text and where it was found, or None where it has none.

    Only articles under an open licence are there (https://europepmc.org/RestfulWebService).
    """
    number = source.csl.get("PMCID")
    if not number:
        return None
    url = f"{service}/{number}/fullTextXML"
    try:
        return extract_in_sandbox(crawler.fetch(url), limits), f"; full text at {url}"
    except (GoneError, UnreachableError):
        return None


def url_of(source: Source) -> str:
    """Return the URL of a source, or its DOI as a URL.

    Raises UnreachableError where its file has neither, or breaks the schema.
    """
    if source.broken:
        raise UnreachableError("its source file is invalid: run `guide check`")
    if url := source.csl.get("URL"):
        return str(url)
    if doi := source.csl.get("DOI"):
        return _DOI + quote(str(doi))
    raise UnreachableError("its source file has neither a URL nor a DOI")


def _earlier_snapshot(path: Path) -> str:
    return "; the earlier snapshot is unchanged" if path.exists() else ""


def _redirected(url: str, response: Response) -> str:
    requested = target_of(url)
    if requested.host in _DOI_HOSTS or requested.url == response.url:
        return ""
    return f"; {requested.url} redirects to {response.url}"
