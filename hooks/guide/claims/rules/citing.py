"""SRC001 to SRC004: every claim names a passage of a source, and it exists."""

from __future__ import annotations

from collections.abc import Iterator

from guide.claims.citations import Citation
from guide.claims.findings import Place
from guide.claims.nearest import did_you_mean
from guide.claims.site import REFERENCES, Site

_LONGEST_QUOTE = 90
_ADD_CITATION = (
    "add [@key#passage] after it; text about the guide itself is marked { .editorial } "
    "on a line of its own below it"
)
_NO_FILE = "which has no source file"
_MISPLACED_MARK = "{ .editorial } works on a line of its own, right below the paragraph"


def without_source(site: Site) -> Iterator[tuple[Place, str, str]]:
    """A claim has no citation.

    Bad:  The pain is often worse at night.
    Good: The pain is often worse at night. [@jama-2020#night-pain]
    """
    for _, page in site.pages():
        for claim in page.claims:
            if not claim.citations:
                yield (
                    Place(claim.file, claim.line, claim.column),
                    f"{_article(claim.kind)} has no source: '{_short(claim.text)}'",
                    _MISPLACED_MARK if "{ .editorial }" in claim.text else _ADD_CITATION,
                )


def unknown_source(site: Site) -> Iterator[tuple[Place, str, str]]:
    """A citation's key has no source file.

    Bad:  [@jama-2002#night-pain]
    Good: [@jama-2020#night-pain]
    """
    sources = site.library.sources
    for citation, place in _citations(site):
        if citation.key in sources:
            continue
        if not citation.key:
            fault = "is never closed" if citation.written.startswith("[") else "names no source"
            yield place, f"the citation '{citation.written}' {fault}", "write [@key#passage]"
            continue
        yield (
            place,
            f"citation '{citation.written}' names the source '{citation.key}', {_NO_FILE}",
            _advice(
                did_you_mean(citation.key, sources), f"sources are {REFERENCES}/<key>.yml in docs"
            ),
        )


def unknown_passage(site: Site) -> Iterator[tuple[Place, str, str]]:
    """A citation names a passage that its source does not have.

    Bad:  [@jama-2020#nightpain]
    Good: [@jama-2020#night-pain]
    """
    for citation, place in _citations(site):
        source = site.library.sources.get(citation.key)
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


def without_passage(site: Site) -> Iterator[tuple[Place, str, str]]:
    """A citation names a source but no passage.

    Bad:  [@jama-2020]
    Good: [@jama-2020#night-pain]
    """
    for citation, place in _citations(site):
        source = site.library.sources.get(citation.key)
        if source and not citation.passage:
            example = next(iter(source.passages), "passage")
            yield (
                place,
                f"citation '{citation.written}' names no passage of '{citation.key}'",
                f"write [@{citation.key}#{example}] or another passage of {source.place.file}",
            )


def _citations(site: Site) -> Iterator[tuple[Citation, Place]]:
    for file, page in site.pages():
        for citation in page.citations:
            yield citation, citation.place or Place(file.path)


def _advice(guess: str, otherwise: str) -> str:
    return f"{guess} {otherwise}" if guess else otherwise


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE].rstrip()}…"
