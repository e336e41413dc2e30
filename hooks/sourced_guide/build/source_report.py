"""What rests on one source: the claims that cite it, and the files that carry them to readers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourced_guide.build.built_site.page import built_name
from sourced_guide.build.built_site.site import BuiltSite
from sourced_guide.build.shown_in import ShownIn, shown_in
from sourced_guide.claims.render.references_page import backlinks_by_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sourced_guide.claims.model.source import Source
    from sourced_guide.claims.model.statement import Statement
    from sourced_guide.claims.project.guide import Guide


@dataclass(frozen=True)
class Resting:
    """The claims that cite a source, each where it was written, and the pages that show them.

    `alone` are those of them that cite no other source.
    """

    claims: tuple[Statement, ...]
    alone: frozenset[str]
    pages: tuple[str, ...]


def source_lines(guide: Guide, source: Source, folder: Path) -> Iterator[str]:
    """Yield what rests on a source as text; `folder` is the built site, where there is one."""
    resting = _resting(guide, source)
    status = f"superseded by {source.superseded_by}" if source.superseded_by else source.status
    yield f"{source.key}: {source.title} ({source.kind}, {status})"
    yield from _list("Claims", [_claim(each, source, resting) for each in resting.claims])
    if not (folder / "index.html").is_file():
        yield from _list("Pages", resting.pages)
        yield ""
        yield (
            f"{folder} holds no built site, so its handouts and copies were not looked at: "
            "build it with make site, or name another folder with --site"
        )
        yield _count(resting, _many(len(resting.pages), "page"))
        return
    built = map(built_name, resting.pages)
    known = [name for name in built if (folder / name).is_file()]
    shown = shown_in(BuiltSite(folder), (claim.text for claim in resting.claims), known)
    yield from _list(f"Pages in {folder}", shown.pages)
    yield from _list("Handouts, booklets and other PDFs", map(_together, shown.pdfs))
    yield from _list("Offline copies", shown.copies)
    yield ""
    for what, pattern in (("PDF", "*.pdf"), ("offline copy", "*.zip")):
        if not any(folder.rglob(pattern)):
            yield f"{folder} has no {what} at all, so it is not complete: run make site"
    yield _count(resting, _files(shown))


def _resting(guide: Guide, source: Source) -> Resting:
    found = backlinks_by_source(guide).get(source.key, ())
    # Text that several pages include is one text to correct.
    claims = {(each.place, each.text): each for _, each in found}
    return Resting(
        claims=tuple(claims[key] for key in sorted(claims)),
        alone=frozenset(
            each.text for each in claims.values() if {c.key for c in each.citations} == {source.key}
        ),
        pages=tuple(sorted({path for path, _ in found})),
    )


def _claim(claim: Statement, source: Source, resting: Resting) -> str:
    passages = dict.fromkeys(c.passage for c in claim.citations if c.key == source.key)
    only = ", no other source" if claim.text in resting.alone else ""
    named = ", ".join(f"#{passage}" for passage in passages)
    return f"{claim.file}:{claim.line}: {claim.text} ({named}{only})"


def _together(layouts: Sequence[str]) -> str:
    """Write the files of a document in one line, as a shell would take them."""
    if len(layouts) == 1:
        return layouts[0]
    document = layouts[0].rpartition("-")[0]
    names = (name.removeprefix(f"{document}-").removesuffix(".pdf") for name in layouts)
    return f"{document}-{{{','.join(names)}}}.pdf"


def _count(resting: Resting, where: str) -> str:
    claims = _many(len(resting.claims), "claim")
    alone = sum(each.text in resting.alone for each in resting.claims)
    return f"{claims} cite it, {alone} of them no other source: {where}"


def _files(shown: ShownIn) -> str:
    pdfs = sum(map(len, shown.pdfs))
    return ", ".join(
        _many(number, noun)
        for number, noun in (
            (len(shown.pages), "page"),
            (pdfs, "PDF"),
            (len(shown.copies), "offline copy"),
        )
    )


def _many(number: int, noun: str) -> str:
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"


def _list(heading: str, lines: Sequence[str] | Iterator[str]) -> Iterator[str]:
    listed = list(lines)
    yield ""
    yield f"{heading}: {len(listed) or 'none'}"
    yield from (f"  {line}" for line in listed)
