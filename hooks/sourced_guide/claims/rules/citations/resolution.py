"""SRC001 to SRC004 and SRC008: every claim cites a passage of an existing, current source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.model.place import Place
from sourced_guide.claims.model.suggest import did_you_mean
from sourced_guide.claims.project.source_library import REFERENCES
from sourced_guide.claims.rules.messages import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sourced_guide.claims.model.citation import Citation
    from sourced_guide.claims.project.guide import Guide

_LONGEST_QUOTE = 90
_ADD_CITATION = (
    "add [@key#passage] after it; text about the guide itself is marked { .editorial } "
    "on a line of its own below it"
)
_WRITE_CITATION = "write [@key#passage]"
_NO_FILE = "which has no source file"
_OUTDATED = ("superseded", "retracted")
_MISPLACED_MARK = "{ .editorial } works on a line of its own, right below the paragraph"


def without_source(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A claim has no citation.

    Why:  Readers cannot see where the sentence comes from, and nobody can check it.
    Bad:  The pain is often worse at night.
    Good: The pain is often worse at night. [@jama-2020#night-pain]
    Fix:  Find a passage that says it, and add its citation after the sentence. Mark text about the
          guide itself with `{ .editorial }` on a line of its own below it. If no source says it,
          remove the sentence.
    """
    for _, page in guide.pages:
        for claim in page.claims:
            if not claim.citations:
                quote = shortened(claim.text, _LONGEST_QUOTE)
                yield (
                    claim.place,
                    f"{_with_article(claim.kind)} has no source: '{quote}'",
                    _MISPLACED_MARK if "{ .editorial }" in claim.text else _ADD_CITATION,
                )


def unknown_source(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A citation's key has no source file.

    Why:  The citation leads nowhere: the page would show neither its number nor a reference.
    Bad:  [@jama-2002#night-pain]
    Good: [@jama-2020#night-pain]
    Fix:  Correct the key. If the source is new, add `docs/references/<key>.yml`, for example as a
          copy of another source file.
    """
    sources, records = guide.references.sources, guide.references.records
    for citation, place in citations_of(guide):
        if citation.key in sources or (citation.unsupported and not citation.key):
            continue
        if not citation.key:
            yield (
                place,
                f"the citation '{citation.written}' {_malformed(citation)}",
                _WRITE_CITATION,
            )
            continue
        yield (
            place,
            f"citation '{citation.written}' names the source '{citation.key}', {_NO_FILE}",
            f"its record is in {records[citation.key].file}: guide source add {citation.key}"
            if citation.key in records
            else _advice(
                did_you_mean(citation.key, sources), f"sources are {REFERENCES}/<key>.yml in docs"
            ),
        )


def unknown_passage(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A citation names a passage that its source does not have.

    Why:  It may be the right source, but nobody can tell which part of it supports the claim.
    Bad:  [@jama-2020#nightpain]
    Good: [@jama-2020#night-pain]
    Fix:  Correct the name of the passage. If the passage is new, read it in the source, then add it
          under `passages:` in the source file.
    """
    for citation, place in citations_of(guide):
        source = guide.references.sources.get(citation.key)
        if not source or not citation.passage or citation.passage in source.passages:
            continue
        if source.broken and not source.passages:
            continue
        yield (
            place,
            f"citation '{citation.written}' names a passage that '{citation.key}' does not have",
            _advice(
                did_you_mean(citation.passage, source.passages),
                f"passages are listed in {source.place.file}",
            ),
        )


def without_passage(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A citation names a source but no passage.

    Why:  To check the claim, somebody would have to read the whole work.
    Bad:  [@jama-2020]
    Good: [@jama-2020#night-pain]
    Fix:  Add `#` and the name of the passage that supports the claim.
    """
    for citation, place in citations_of(guide):
        source = guide.references.sources.get(citation.key)
        if source and not citation.passage:
            example = next(iter(source.passages), "passage")
            yield (
                place,
                f"citation '{citation.written}' names no passage of '{citation.key}'",
                f"write [@{citation.key}#{example}] or another passage of {source.place.file}",
            )


def outdated_source(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A claim cites a source that was superseded or retracted.

    Why:  The newer edition may have changed exactly what the claim says.
    Bad:  [@nice-cg75#surgery]  (its file says `status: superseded`)
    Good: [@nice-ng234#surgery]
    Fix:  Find a passage that says the same in a current source, and cite that. If there is none,
          change the claim or remove it.
    """
    sources = guide.references.sources
    for citation, place in citations_of(guide):
        source = sources.get(citation.key)
        if not source or source.status not in _OUTDATED:
            continue
        newer = source.superseded_by
        by = f" by '{newer}'" if newer else ""
        yield (
            place,
            f"citation '{citation.written}' rests on a source that was {source.status}{by}",
            f"cite [@{newer}#passage] if it says the same, or remove the claim"
            if newer in sources
            else "cite a current source, or remove the claim",
        )


def citations_of(guide: Guide) -> Iterator[tuple[Citation, Place]]:
    """Yield every citation with its place."""
    for file, page in guide.pages:
        for citation in page.citations:
            if citation.key in guide.references.sources or not citation.may_be_a_name:
                yield citation, citation.place or Place(file.path)


def _malformed(citation: Citation) -> str:
    """Say what is wrong with a citation that has no key."""
    if not citation.written.startswith("["):
        return "names no source"
    return "lacks its @" if citation.written.endswith("]") else "is never closed"


def _advice(guess: str, otherwise: str) -> str:
    return f"{guess} {otherwise}" if guess else otherwise


def _with_article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
