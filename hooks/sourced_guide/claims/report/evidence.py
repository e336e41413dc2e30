"""Evidence: which kinds of sources the claims rest on, page by page."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sourced_guide.claims.model.statement import PageText, Statement
    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.source_library import Library

# The kinds of sources, from those that a claim should rest on to those that only pass it on.
_PRIMARY = ("guideline", "systematic review", "trial", "study", "review", "law")
_SECONDARY = ("patient page", "reference work")
_KINDS = (*_PRIMARY, *_SECONDARY)
_ALONE = "these two alone"
_COLUMNS = ("claims", *_KINDS, _ALONE)
_EXPLAINED = (
    "What claims rest on: how many of 100 distinct claims have this as the best kind of source "
    "that they cite. Text that several pages include is counted on each, and once in all."
)


def evidence_lines(guide: Guide) -> Iterator[str]:
    """Yield a table: for each page and for all, the shares of its claims by kind of source."""
    rows = [(page.path, _best_kinds(page, guide.references)) for _, page in guide.pages]
    rows = [(path, kinds) for path, kinds in rows if kinds]
    everything = {text: kind for _, kinds in rows for text, kind in kinds.items()}
    rows.append(("all pages", everything))
    width = max(len(name) for name, _ in rows)
    alone = sum(kind in _SECONDARY for kind in everything.values())
    share = round(100 * alone / len(everything)) if everything else 0
    yield (
        f"{alone} of {len(everything)} distinct claims ({share} in 100) rest on "
        f"{' and '.join(f'{kind}s' for kind in _SECONDARY)} alone."
    )
    yield _EXPLAINED
    yield ""
    yield "  ".join([f"{'page':<{width}}", *_COLUMNS])
    for name, kinds in rows:
        cells = zip(_shares(kinds), _COLUMNS, strict=True)
        yield "  ".join(
            [f"{name:<{width}}", *(f"{share:>{len(column)}}" for share, column in cells)]
        )


def _shares(kinds: Mapping[str, str]) -> Iterator[int]:
    """Yield how many claims there are, and in the order of the columns, how many in 100."""
    counts = Counter(kinds.values())
    yield len(kinds)
    for count in (*(counts[kind] for kind in _KINDS), sum(counts[kind] for kind in _SECONDARY)):
        yield round(100 * count / len(kinds)) if kinds else 0


def _best_kinds(page: PageText, library: Library) -> dict[str, str]:
    """Return the best kind of source that each claim of a page cites, by the claim's text."""
    best = ((claim.text, _best_kind(claim, library)) for claim in page.claims)
    return {text: kind for text, kind in best if kind}


def _best_kind(claim: Statement, library: Library) -> str:
    kinds = {
        library.sources[citation.key].kind
        for citation in claim.citations
        if citation.key in library.sources
    }
    return next((kind for kind in _KINDS if kind in kinds), "")
