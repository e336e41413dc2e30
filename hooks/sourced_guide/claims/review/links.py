"""Claim-passage links: a claim, and a passage that it cites, which a person reads together."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sourced_guide.claims.model.confirmation import Confirmation

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from sourced_guide.claims.model.source import Passage, Source
    from sourced_guide.claims.model.statement import Statement
    from sourced_guide.claims.project.guide import Guide

# File, claim and citation of a link.
LinkKey = tuple[str, str, str]
# The length of a fingerprint: 128 bits, so that two texts do not share one by chance.
_FINGERPRINT_DIGITS = 32


@dataclass(frozen=True)
class ClaimPassageLink:
    """A claim of one file and a passage that it cites.

    `file` is relative to the project's folder. `reference` is the citation, `key#passage`; `source`
    and `passage` are None where it resolves to none that can be read. `statements` are all
    occurrences of the claim in the file, `pages` those that show it: a file may be included in
    several.
    """

    file: str
    claim: str
    reference: str
    source: Source | None
    passage: Passage | None
    statements: tuple[Statement, ...]
    pages: frozenset[str]

    @property
    def link_key(self) -> LinkKey:
        """What identifies the link in its guide."""
        return self.file, self.claim, self.reference

    @property
    def source_key(self) -> str:
        """The key of the source, as cited."""
        return self.reference.partition("#")[0]

    @property
    def times(self) -> int:
        """How often the claim occurs in the file, on however many pages that is shown."""
        return len({(statement.line, statement.column) for statement in self.statements})

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of the link; empty where it has no passage."""
        return fingerprint(self.claim, self.passage) if self.passage else ""

    def confirmation(self, by: str, on: date) -> Confirmation:
        """Return the entry that says who read claim and passage together, and when."""
        return Confirmation(
            self.file, self.claim, self.reference, self.fingerprint, by, on, self.times
        )


def fingerprint(claim: str, passage: Passage) -> str:
    """Return the fingerprint of what a person reads: the claim, and what is said of the passage.

    It is the first 32 hexadecimal digits of the SHA-256 of the JSON list `[claim, says, start, end,
    [figure, ...]]` in ASCII, with `, ` between its items. The claim is the text that a reader sees.
    It is a list because joined texts are equal when words move from one to the next.
    """
    read = [claim, passage.says, passage.start, passage.end, list(passage.figures)]
    return hashlib.sha256(json.dumps(read).encode()).hexdigest()[:_FINGERPRINT_DIGITS]


def claim_passage_links(guide: Guide) -> list[ClaimPassageLink]:
    """Return every claim-passage link of the guide, by file and line."""
    found: dict[LinkKey, list[tuple[Statement, str]]] = {}
    files: dict[str, str] = {}
    for _, page in guide.pages:
        for claim in page.claims:
            if claim.file not in files:
                files[claim.file] = project_file(guide, guide.project.root / claim.file)
            # A claim that cites a passage twice is linked to it once.
            for reference in dict.fromkeys(f"{c.key}#{c.passage}" for c in claim.citations):
                link_key = (files[claim.file], claim.text, reference)
                found.setdefault(link_key, []).append((claim, page.path))
    links = [
        ClaimPassageLink(
            *link_key,
            *_lookup(guide, link_key[2]),
            statements=tuple(statement for statement, _ in where),
            pages=frozenset(page for _, page in where),
        )
        for link_key, where in found.items()
    ]
    return sorted(links, key=lambda link: (link.file, link.statements[0].line))


def project_file(guide: Guide, path: Path) -> str:
    """Return a file's path relative to the project's folder, if it is in it."""
    folder = guide.project.folder
    return (path.relative_to(folder) if path.is_relative_to(folder) else path).as_posix()


def _lookup(guide: Guide, reference: str) -> tuple[Source | None, Passage | None]:
    key, _, name = reference.partition("#")
    source = guide.references.sources.get(key)
    # A passage of a file with faults may be incomplete.
    return source, source.passages.get(name) if source and not source.broken else None
