"""Questions for a reviewer: a claim, beside all passages that it rests on.

A claim that stands in several places with the same passages is one question. Its id is a digest of
what is read, so an answer to it can be told from one to an earlier wording.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourced_guide.claims.review.links import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sourced_guide.claims.model.source import Passage, Source
    from sourced_guide.claims.model.statement import Statement
    from sourced_guide.claims.project.guide import Guide

_ID_DIGITS = 16


@dataclass(frozen=True)
class Question:
    """A claim with its passages, by their citations, and all places where it stands.

    `places` are paths of pages with the claim there, in the order of the pages.
    """

    id: str
    claim: str
    passages: dict[str, tuple[Source, Passage]]
    places: tuple[tuple[str, Statement], ...]

    @property
    def pages(self) -> list[str]:
        """The paths of the pages that show it."""
        return list(dict.fromkeys(path for path, _ in self.places))


def questions_of(guide: Guide, paths: Iterable[str] | None = None) -> list[Question]:
    """Return the questions about pages, or about all pages, in their order.

    A claim is left out if one of its citations leads to no passage that can be read: the rules for
    citations report that.
    """
    passages: dict[str, dict[str, tuple[Source, Passage]]] = {}
    places: dict[str, list[tuple[str, Statement]]] = {}
    for path in [page.file.path for page in guide.pages] if paths is None else paths:
        for claim in guide.page(path).text.claims:
            if read := passages_of(claim, guide):
                name = question_id(claim.text, [passage for _, passage in read.values()])
                passages.setdefault(name, read)
                places.setdefault(name, []).append((path, claim))
    return [
        Question(name, where[0][1].text, passages[name], tuple(where))
        for name, where in places.items()
    ]


def question_id(claim: str, passages: Iterable[Passage]) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of a claim and its passages.

    These are a JSON list in ASCII of the claim and of the sorted fingerprints of the two together.
    """
    return digest_of_question(claim, (fingerprint(claim, passage) for passage in passages))


def digest_of_question(claim: str, fingerprints: Iterable[str]) -> str:
    """Return the id of a question, given the fingerprints of its passages with the claim."""
    read = [claim, *sorted(set(fingerprints))]
    return hashlib.sha256(json.dumps(read).encode()).hexdigest()[:_ID_DIGITS]


def passages_of(claim: Statement, guide: Guide) -> dict[str, tuple[Source, Passage]]:
    """Return the passages that a claim cites; none if one of its citations leads to none."""
    found = {}
    for citation in claim.citations:
        source = guide.references.sources.get(citation.key)
        # A passage of a file with faults may be incomplete.
        passage = source.passages.get(citation.passage) if source and not source.broken else None
        if source is None or passage is None:
            return {}
        found[f"{citation.key}#{citation.passage}"] = source, passage
    return found
