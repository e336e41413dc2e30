"""The snapshot of a source, in `<key>.txt`, and what is reported of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import quote

from sourced_guide.claims.project.io.atomic_write import write_whole
from sourced_guide.fetch.errors import GoneError, UnreachableError
from sourced_guide.fetch.sandbox import extract_in_sandbox
from sourced_guide.fetch.ssrf import target_of

if TYPE_CHECKING:
    from pathlib import Path

    from sourced_guide.claims.model.source import Source
    from sourced_guide.fetch.client import Response
    from sourced_guide.fetch.crawler import Crawler
    from sourced_guide.fetch.limits import Limits

_DOI = "https://doi.org/"
# They redirect to wherever the work is now, so a redirect is not worth reporting.
_DOI_HOSTS = ("doi.org", "dx.doi.org")


class Outcome(Enum):
    """What came of one source, as printed."""

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


def fetch_source(source: Source, folder: Path, crawler: Crawler, limits: Limits) -> Fetched:
    """Fetch a source into `folder/<key>.txt`.

    Where there is no new snapshot, an earlier one is left unchanged. Raises UnwritableFileError
    where it cannot be written.
    """
    path = folder / f"{source.key}.txt"
    try:
        url = url_of(source)
        response = crawler.fetch(url)
        content = extract_in_sandbox(response, limits)
    except GoneError as error:
        return Fetched(source.key, Outcome.GONE, f"{error}{_earlier_snapshot(path)}")
    except UnreachableError as error:
        return Fetched(source.key, Outcome.UNREACHABLE, f"{error}{_earlier_snapshot(path)}")
    write_whole(path, content)
    digest = hashlib.sha256(content.encode()).hexdigest()
    pinned = source.snapshot_sha256
    outcome = Outcome.FETCHED
    if pinned:
        outcome = Outcome.UNCHANGED if digest == pinned else Outcome.CHANGED
    where = _redirected(url, response)
    return Fetched(source.key, outcome, f"{len(content):,} characters, sha256 {digest}{where}")


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
