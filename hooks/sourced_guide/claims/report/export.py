"""Claims as data: `claims.json`, described by claims.schema.json beside this file."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.project.front_matter import REVIEW
from sourced_guide.claims.project.io.atomic_write import write_all_atomically, write_atomically
from sourced_guide.claims.project.lookups import UNCHECKED, overall, read_lookups
from sourced_guide.claims.project.options import LOOKUPS
from sourced_guide.claims.report.bibliography import reference_words
from sourced_guide.claims.report.claims_file import (
    FILE,
    LINES_FILE,
    PAGE_FILE_MARK,
    PAGES_FOLDER,
    claims_files,
)
from sourced_guide.claims.review.changes import last_changes
from sourced_guide.claims.review.levels import Level, levels_of, log_heads
from sourced_guide.claims.review.reviews import confirmed_links
from sourced_guide.claims.review.summary import level_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sourced_guide.claims.model.citation import Citation
    from sourced_guide.claims.model.confirmation import Confirmation
    from sourced_guide.claims.model.source import Source
    from sourced_guide.claims.model.statement import Statement
    from sourced_guide.claims.project.guide import Guide, Page
    from sourced_guide.claims.project.lookups import PassageLookup
    from sourced_guide.claims.project.project import Project
    from sourced_guide.claims.project.store.store import Store
from sourced_guide.claims.review.changes import LastChange

VERSION = 1
# Drawings are files of their own, and belong to the page that shows them.
_DRAWING = ".svg"


def claims_data(guide: Guide) -> dict[str, Any]:
    """Return every claim and every source as plain values, with digests of what was checked."""
    checked = {page.path: _digest(_content(page.statements)) for _, page in guide.pages}
    store = guide.project.store
    sources = [_source_data(source, store) for source in guide.references.sources.values()]
    checked |= {data["key"]: _digest(data) for data in sources}
    confirmed = {
        (statement.id, review.link.reference): confirmation
        for review, confirmation in confirmed_links(guide)
        for statement in review.link.statements
    }
    lookups = read_lookups(guide.project.folder / LOOKUPS, guide.references)
    changed = last_changes(guide)
    levels, whole = levels_of(guide)
    nobody = Level(site=guide.project.site)
    return {
        "version": VERSION,
        "digest": _digest(checked),
        "checked": checked,
        "site": guide.project.site.as_data(),
        "ignored": list(guide.project.options.ignored),
        "review": level_data(whole),
        "reviews": log_heads(guide),
        "pages": [
            {
                **_page_data(page, guide.project, changed.get(page.file.path)),
                "review": level_data(levels.get(page.file.path, nobody)),
            }
            for page in guide.pages
        ],
        "claims": [
            {
                "id": claim.id,
                "page": page.path,
                "file": claim.file,
                "line": claim.line,
                "text": claim.text,
                "kind": claim.kind,
                "anchor": claim.anchor,
                "lookup": overall(
                    lookups[name].result if (name := _reference(cited)) in lookups else UNCHECKED
                    for cited in claim.citations
                ),
                "citations": [
                    _citation_data(
                        cited,
                        confirmed.get((claim.id, _reference(cited))),
                        lookups.get(_reference(cited)),
                    )
                    for cited in claim.citations
                ],
            }
            for _, page in guide.pages
            for claim in page.claims
        ],
        "sources": sources,
    }


def _content(statements: Iterable[Statement]) -> list[list[Any]]:
    """Return a page's statements with their citations, in reading order."""
    return [
        [
            statement.role.value,
            statement.kind,
            statement.text,
            [[c.key, c.passage] for c in statement.citations],
        ]
        for statement in statements
    ]


def _digest(value: Any) -> str:
    """Return the SHA-256 of a value's canonical JSON (sorted keys, no spaces), in hex."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def write_claims(guide: Guide, path: Path) -> None:
    """Write `claims.json`, atomically; beside it what a large site has, too.

    Files that have not changed are left as they are, and those of pages that are gone are removed.
    """
    data = claims_data(guide)
    if path.name != FILE:
        _, text = next(claims_files(data))
        write_atomically(path, text)
        return
    current: set[Path] = set()
    write_all_atomically(_changed(path.parent, data, current))
    lines = {path.parent / LINES_FILE}
    for outdated in {*lines, *(path.parent / PAGES_FOLDER).rglob("*.json")} - current:
        # A site may have files of its own in a folder of that name.
        if outdated in lines or _read(outdated).startswith(PAGE_FILE_MARK):
            outdated.unlink(missing_ok=True)


def _changed(
    folder: Path, data: Mapping[str, Any], current: set[Path]
) -> Iterator[tuple[Path, str]]:
    """Yield the files of claims that a folder does not have as they are; `current` gets all."""
    for name, text in claims_files(data):
        path = folder / name
        current.add(path)
        if _read(path) != text:
            yield path, text
        # Each may be as large as all claims, and the next one is made now.
        del text


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, ValueError):
        return ""


def _page_data(page: Page, project: Project, changed: LastChange | None) -> dict[str, Any]:
    file, text = page
    own = project.shown(project.docs / file.path)

    def is_inserted(statement: Statement) -> bool:
        return statement.file != own and not statement.file.endswith(_DRAWING)

    fields = {name: file.meta.get(name) for name in ("description", *REVIEW)}
    data = {
        "path": file.path,
        "title": file.title,
        "editorial": file.is_editorial,
        **{name: value for name, value in fields.items() if isinstance(value, str)},
    }
    if changed:
        data["changed-since" if changed.is_after else "changed"] = changed.day
    if inserted := [statement for statement in text.statements if is_inserted(statement)]:
        data["inserted"] = _digest(_content(inserted))
    return data


def _reference(citation: Citation) -> str:
    return f"{citation.key}#{citation.passage}"


def _citation_data(
    citation: Citation, confirmation: Confirmation | None, lookup: PassageLookup | None
) -> dict[str, Any]:
    data: dict[str, Any] = {"source": citation.key, "passage": citation.passage}
    if confirmation:
        data["confirmed"] = {"by": confirmation.by, "on": confirmation.on.isoformat()}
    if lookup:
        data["lookup"] = {"result": lookup.result, "on": lookup.on.isoformat()}
    return data


def _source_data(source: Source, store: Store) -> dict[str, Any]:
    return {
        "key": source.key,
        "kind": source.kind,
        "read": source.read,
        "status": source.status,
        "checked": source.checked,
        "reference": reference_words(source, store),
        "csl": dict(source.csl),
        "passages": {
            passage.id: {
                "section": passage.section,
                "start": passage.start,
                "end": passage.end,
                "says": passage.says,
                "figures": list(passage.figures),
            }
            for passage in source.passages.values()
        },
    }
