"""LIB001 to LIB003, LIB006 and LIB008: source files are complete, used, and one for each work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.model.place import Place
from sourced_guide.claims.model.suggest import did_you_mean
from sourced_guide.claims.project.source_library import REFERENCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sourced_guide.claims.model.source import Source
    from sourced_guide.claims.project.guide import Guide

_IDENTIFIERS = ("DOI", "PMID", "URL")
# CSL types of works that are not part of another one.
_STANDALONE_TYPES = ("book", "document", "pamphlet", "report", "standard", "thesis")
_MISSING = {"who": "who wrote it", "when": "when it appeared", "where": "where it appeared"}
# What a reason explains; `seen-in-part` explains everything.
_REASONS = {"no-author-given": "who", "no-date-given": "when"}


def invalid_file(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A source file breaks the schema.

    Why:  Other checks cannot rely on a field that is missing or misspelt.
    Bad:  kind: leaflet
    Good: kind: patient page
    Fix:  Follow the help of the finding; the other files in `docs/references/` are examples.
    """
    for problem in guide.references.problems:
        yield problem.place, problem.message, problem.help
    sources = guide.references.sources
    for source in sources.values():
        newer = source.superseded_by
        if newer and newer not in sources:
            yield (
                source.place,
                f"'superseded-by' names '{newer}', which has no source file",
                did_you_mean(newer, sources) or "add the source that replaces it",
            )
    files = (guide.project.docs / REFERENCES).glob("*.y*ml")
    for path in sorted(path for path in files if path.suffix != ".yml"):
        yield (
            Place(guide.project.shown(path)),
            f"'{path.name}' is not read: source files end in .yml",
            f"rename it to {path.stem}.yml",
        )


def unused_source(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A source that no page cites.

    Why:  The list of sources would name a work that supports nothing in the guide.
    Bad:  docs/references/smith-2012.yml, and no page has [@smith-2012#...]
    Good: a page cites it, or the file is removed
    Fix:  Cite the source where it supports a claim, or remove its file.
    """
    cited = {citation.key for _, page in guide.pages for citation in page.citations}
    for source in guide.references.sources.values():
        if source.key not in cited:
            yield source.place, f"no page cites the source '{source.key}'", "cite it or remove it"


def unused_passage(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A passage that no claim cites.

    Why:  An unused passage still has to be maintained, and often means that a citation was lost.
    Bad:  a passage `night-pain`, and no page has [@jama-2020#night-pain]
    Good: a claim cites it, or it is removed
    Fix:  Check whether a claim has lost its citation, and restore it. Otherwise remove the passage.
    """
    cited = {(c.key, c.passage) for _, page in guide.pages for c in page.citations}
    keys = {key for key, _ in cited}
    for source in guide.references.sources.values():
        for passage in source.passages.values():
            # A source that nobody cites is one finding, not one for each of its passages.
            if source.key in keys and (source.key, passage.id) not in cited:
                yield (
                    passage.place,
                    f"no claim cites the passage '{passage.id}' of '{source.key}'",
                    "cite it or remove it",
                )


def duplicate_source(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """Two source files have one DOI, PMID or URL.

    Why:  The list of sources would show the work twice, as if two works agreed.
    Bad:  a.yml and b.yml with DOI 10.1001/jama.2020.0716
    Good: one file, cited by one key
    Fix:  Move all passages to one file, cite its key everywhere, and remove the other file.
    """
    seen: dict[tuple[str, str], str] = {}
    for source in guide.references.sources.values():
        reported = False
        for name in _IDENTIFIERS:
            value = _canonical(str(source.csl.get(name, "")))
            first = seen.setdefault((name, value), source.key) if value else source.key
            if first != source.key and not reported:
                reported = True
                yield (
                    source.place,
                    f"'{source.key}' has the same {name} as '{first}'",
                    f"keep one file and cite it as [@{first}#passage]",
                )


def incomplete_source(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A source file does not say who wrote the work, when, or where it appeared.

    Why:  Readers judge a source by its author and its age, and find it by where it appeared. A
          record that lacks one of these looks careless, or hides that the work is old.
    Bad:  a journal article without `author`
    Good: author: [{family: Patchell, given: Roy A}]
          or incomplete: [no-author-given], if the work names nobody
    Fix:  Add what is missing. If it cannot be known, say why in `incomplete`: `no-author-given` and
          `no-date-given` for a work that does not say, `seen-in-part` for one that was not seen in
          full.
    """
    for source in guide.references.sources.values():
        if source.broken:
            continue
        required = _required_fields(str(source.csl.get("type", "")))
        missing = [name for name, fields in required.items() if not _has(source, fields)]
        unexplained = [name for name in missing if not _is_explained(name, source.incomplete)]
        for name in unexplained:
            yield (
                source.place,
                f"'{source.key}' does not say {_MISSING[name]}",
                f"add `{required[name][0]}`, or say in `incomplete` why it cannot be known",
            )
        for reason in source.incomplete:
            if not missing or (reason in _REASONS and _REASONS[reason] not in missing):
                yield (
                    source.place,
                    f"'{source.key}' gives the reason '{reason}' for nothing that is missing",
                    "remove the reason",
                )


def _required_fields(type_: str) -> dict[str, tuple[str, ...]]:
    """Return the fields that a work of a CSL type needs; any one of a tuple is enough."""
    where = ("publisher", "container-title") if type_ in _STANDALONE_TYPES else ("container-title",)
    return {"who": ("author", "editor"), "when": ("issued",), "where": where}


def _has(source: Source, fields: tuple[str, ...]) -> bool:
    return any(source.csl.get(field) for field in fields)


def _is_explained(name: str, reasons: tuple[str, ...]) -> bool:
    return any(_REASONS.get(reason, name) == name for reason in reasons)


def _canonical(value: str) -> str:
    """Return an identifier in a form in which its spellings are equal."""
    value = value.lower().strip().rstrip("/")
    for prefix in ("https://", "http://", "www.", "dx.doi.org/", "doi.org/"):
        value = value.removeprefix(prefix)
    return value
