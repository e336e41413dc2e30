"""Where a source is used: the claims that cite it, and the published files that show them."""

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
class SourceUse:
    """The claims that cite a source, in the order of their places, and the pages that show them.

    `only_source` has the texts of those that cite no other source.
    """

    claims: tuple[Statement, ...]
    only_source: frozenset[str]
    pages: tuple[str, ...]


def source_lines(guide: Guide, source: Source, folder: Path) -> Iterator[str]:
    """Yield the report on a source as text; `folder` is the built site, where there is one."""
    use = _source_use(guide, source)
    status = f"superseded by {source.superseded_by}" if source.superseded_by else source.status
    yield f"{source.key}: {source.title} ({source.kind}, {status})"
    yield from _list("Claims", [_claim(claim, source, use) for claim in use.claims])
    if not (folder / "index.html").is_file():
        yield from _list("Pages", use.pages)
        yield ""
        yield (
            f"{folder} holds no built site, so its handouts and copies were not searched: "
            "build it with make site, or name another folder with --site"
        )
        yield _count(use, _counted(len(use.pages), "page"))
        return
    built = map(built_name, use.pages)
    known = [name for name in built if (folder / name).is_file()]
    shown = shown_in(BuiltSite(folder), (claim.text for claim in use.claims), known)
    yield from _list(f"Pages in {folder}", shown.pages)
    yield from _list("Handouts, booklets and other PDFs", map(_with_braces, shown.pdfs))
    yield from _list("Offline copies", shown.copies)
    yield ""
    for what, pattern in (("PDF", "*.pdf"), ("offline copy", "*.zip")):
        if not any(folder.rglob(pattern)):
            yield f"{folder} has no {what} at all, so it is not complete: run make site"
    yield _count(use, _files(shown))


def _source_use(guide: Guide, source: Source) -> SourceUse:
    found = backlinks_by_source(guide).get(source.key, ())
    # Text that several pages include is one text to correct.
    claims = {(claim.place, claim.text): claim for _, claim in found}
    return SourceUse(
        claims=tuple(claims[key] for key in sorted(claims)),
        only_source=frozenset(
            claim.text
            for claim in claims.values()
            if {c.key for c in claim.citations} == {source.key}
        ),
        pages=tuple(sorted({path for path, _ in found})),
    )


def _claim(claim: Statement, source: Source, use: SourceUse) -> str:
    passages = dict.fromkeys(c.passage for c in claim.citations if c.key == source.key)
    only = ", no other source" if claim.text in use.only_source else ""
    named = ", ".join(f"#{passage}" for passage in passages)
    return f"{claim.file}:{claim.line}: {claim.text} ({named}{only})"


def _with_braces(layouts: Sequence[str]) -> str:
    """Return the files of a document in one line, with the braces of a shell."""
    if len(layouts) == 1:
        return layouts[0]
    document = layouts[0].rpartition("-")[0]
    names = (name.removeprefix(f"{document}-").removesuffix(".pdf") for name in layouts)
    return f"{document}-{{{','.join(names)}}}.pdf"


def _count(use: SourceUse, where: str) -> str:
    claims = _counted(len(use.claims), "claim")
    only = sum(claim.text in use.only_source for claim in use.claims)
    return f"{claims} cite it, {only} of them no other source: {where}"


def _files(shown: ShownIn) -> str:
    pdfs = sum(map(len, shown.pdfs))
    return ", ".join(
        _counted(number, noun)
        for number, noun in (
            (len(shown.pages), "page"),
            (pdfs, "PDF"),
            (len(shown.copies), "offline copy"),
        )
    )


def _counted(number: int, noun: str) -> str:
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"


def _list(heading: str, lines: Sequence[str] | Iterator[str]) -> Iterator[str]:
    listed = list(lines)
    yield ""
    yield f"{heading}: {len(listed) or 'none'}"
    yield from (f"  {line}" for line in listed)
