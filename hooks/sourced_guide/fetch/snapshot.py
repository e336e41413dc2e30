"""A fresh copy of each source, in `<key>.txt`, and what is to be said of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import quote

from sourced_guide.claims.project.io.atomic_write import write_whole
from sourced_guide.fetch.errors import CouldNotLookError, GoneError
from sourced_guide.fetch.sandbox import read_apart
from sourced_guide.fetch.ssrf import target_of

if TYPE_CHECKING:
    from pathlib import Path

    from sourced_guide.claims.model.source import Source
    from sourced_guide.fetch.client import Reply
    from sourced_guide.fetch.crawler import Visitor
    from sourced_guide.fetch.limits import Limits

_DOI = "https://doi.org/"
# These lead to wherever the work is now; that they lead elsewhere is no news.
_DOI_HOSTS = ("doi.org", "dx.doi.org")


class Outcome(Enum):
    """What came of one source, in the words that are printed."""

    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    GONE = "gone"
    COULD_NOT_LOOK = "could not look"

    @property
    def is_copy(self) -> bool:
        """Whether there is a fresh copy."""
        return self in (Outcome.FETCHED, Outcome.UNCHANGED, Outcome.CHANGED)


@dataclass(frozen=True)
class Copied:
    """One source, what came of it, and what else there is to say."""

    key: str
    outcome: Outcome
    says: str

    def as_text(self) -> str:
        """Return the line that is printed."""
        return f"{self.key}: {self.outcome.value}: {self.says}"


def copy_source(source: Source, folder: Path, visitor: Visitor, limits: Limits) -> Copied:
    """Fetch a source into `folder/<key>.txt`.

    An earlier copy stays where there is no fresh one. Raises UnwritableFileError where the
    copy cannot be written.
    """
    path = folder / f"{source.key}.txt"
    try:
        url = address_of(source)
        reply = visitor.visit(url)
        content = read_apart(reply, limits)
    except GoneError as error:
        return Copied(source.key, Outcome.GONE, f"{error}{_earlier(path)}")
    except CouldNotLookError as error:
        return Copied(source.key, Outcome.COULD_NOT_LOOK, f"{error}{_earlier(path)}")
    write_whole(path, content)
    digest = hashlib.sha256(content.encode()).hexdigest()
    pinned = source.snapshot_sha256
    outcome = Outcome.FETCHED
    if pinned:
        outcome = Outcome.UNCHANGED if digest == pinned else Outcome.CHANGED
    where = _led_to(url, reply)
    return Copied(source.key, outcome, f"{len(content):,} characters, sha256 {digest}{where}")


def address_of(source: Source) -> str:
    """Return where a source is found: its URL, or else its DOI as an address.

    Raises CouldNotLookError where its file has neither, or breaks the schema.
    """
    if source.broken:
        raise CouldNotLookError("its source file is not right; `guide check` says why")
    if url := source.csl.get("URL"):
        return str(url)
    if doi := source.csl.get("DOI"):
        return _DOI + quote(str(doi))
    raise CouldNotLookError("its source file has neither a URL nor a DOI")


def _earlier(path: Path) -> str:
    return "; the earlier copy stays" if path.exists() else ""


def _led_to(url: str, reply: Reply) -> str:
    asked = target_of(url)
    if asked.host in _DOI_HOSTS or asked.url == reply.url:
        return ""
    return f"; {asked.url} leads to {reply.url}"
