"""All handouts of a built site: new ones are compiled in parallel, others are cached."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version
from inspect import getsource
from typing import TYPE_CHECKING, NamedTuple

from sourced_guide.build.built_site.page import built_name
from sourced_guide.build.handouts import compile as pdf
from sourced_guide.build.handouts import row_headers, source_links
from sourced_guide.build.handouts.aside import is_aside
from sourced_guide.build.handouts.booklet import fold
from sourced_guide.build.handouts.booklet.chapters import BOOKLET
from sourced_guide.build.handouts.codes import Code, codes_of
from sourced_guide.build.handouts.compile import compile_pdf, font_files, gather_fonts
from sourced_guide.build.handouts.errors import described
from sourced_guide.build.handouts.forms import acroform, fields, font
from sourced_guide.build.handouts.page_model import SiteModel, innermost_with, read_site
from sourced_guide.build.handouts.second_handout import handouts_of
from sourced_guide.build.handouts.typst_code import typeset
from sourced_guide.build.handouts.typst_code.typeset import CompileError
from sourced_guide.build.rules import build_finding, built_place
from sourced_guide.build.workers import in_processes, in_threads
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.io.atomic_write import remove_unfinished, write_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from sourced_guide.build.built_site.site import BuiltSite
    from sourced_guide.build.handouts.ward.ward_file import Ward
    from sourced_guide.claims.model.finding import Finding

# Processes take longer to start than so many handouts to compile, as after a change of one page.
_FEW = 4
Watch = Callable[[Iterable[Future[None]], int], Iterable[Future[None]]]


@dataclass(frozen=True)
class Sheets:
    """One handout in one layout, and its file in the cache, named by a digest of its inputs."""

    code: Code
    layout: str
    cached: Path
    ward: Ward | None = None

    @property
    def name(self) -> str:
        """The name of the handout."""
        return self.code.name

    @property
    def file(self) -> str:
        """The name of its file in the site."""
        return self.code.file(self.layout)


class _Work(NamedTuple):
    """What a process is given to compile."""

    text: str
    layout: str
    cached: Path
    ward: Ward | None


@dataclass(frozen=True)
class Handouts:
    """The handouts' files, how many are new and how many unchanged, and what went wrong.

    `left_out` booklets and packs are outdated, and were not made.
    """

    files: frozenset[str]
    made: int
    unchanged: int
    left_out: int
    findings: list[Finding]
    has_address: bool


def make_handouts(
    site: BuiltSite, cache: Path, watch: Watch, *, with_aside: bool = True
) -> Handouts:
    """Write the handouts of a built site into it; `cache` stores them for the next build.

    Booklets and packs are made `with_aside`; otherwise, outdated ones are removed from the site.
    `watch` is given the running tasks and their number, and yields them as they finish.

    Raises UnusableSiteError where there is no built site, UnwritableFileError where a file cannot
    be written: then all handouts are left unchanged.
    """
    model = read_site(site)
    # Of a booklet or a pack that is not in the cache, none can be right.
    there = {_name_of_aside(file) for file in cache.glob("*.pdf")}
    codes, findings = codes_of(site, model, lambda name: with_aside or name in there)
    wanted = wanted_sheets([code for code in codes if not code.left_out], cache)
    left_out = {code.file(layout) for code in codes if code.left_out for layout in code.layouts}
    left_out |= {
        sheets.file
        for sheets in wanted
        if is_aside(sheets.file) and not with_aside and not sheets.cached.exists()
    }
    site.remove(left_out)
    wanted = [sheets for sheets in wanted if sheets.file not in left_out]
    new, failed = compile_new(wanted, cache, watch)
    for sheets in wanted:
        if error := failed.get(sheets.cached):
            findings += compile_findings(site, model, sheets, error)
    done = [sheets for sheets in wanted if sheets.cached not in failed]
    site.write({sheets.file: sheets.cached.read_bytes() for sheets in done})
    # Handouts of an earlier run would be outdated.
    site.remove(sheets.file for sheets in wanted if sheets.cached in failed)
    clear(cache, wanted)
    return Handouts(
        files=frozenset(sheets.file for sheets in done),
        made=new - len(failed),
        unchanged=len({sheets.cached for sheets in wanted}) - new,
        left_out=len(left_out),
        findings=findings,
        has_address=all(page.address for page in model.pages),
    )


def wanted_sheets(codes: Iterable[Code], cache: Path, ward: Ward | None = None) -> list[Sheets]:
    """Return handouts in all their layouts, with what a ward prints of its own."""
    return [
        Sheets(code, layout, cache / f"{_prefix(code, layout)}{digest}.pdf", ward)
        for code in codes
        for layout in code.layouts
        for digest in [_digest(code, layout, ward)]
    ]


def _prefix(code: Code, layout: str) -> str:
    """Return what the name of a file in the cache begins with: that of a booklet or a pack."""
    return f"{code.name}-" if is_aside(code.file(layout)) else ""


def _name_of_aside(cached: Path) -> str:
    return cached.name.rpartition("-")[0]


def compile_new(
    wanted: Iterable[Sheets], cache: Path, watch: Watch
) -> tuple[int, dict[Path, CompileError]]:
    """Compile what is not in the cache; return how many these are, and the errors by their files.

    Equal handouts share a file in the cache, which is compiled once.
    """
    new = list({sheets.cached: sheets for sheets in wanted if not sheets.cached.exists()}.values())
    try:
        failed = _compile_all(new, gather_fonts(cache / "fonts"), watch) if new else {}
    finally:
        # A process that was killed leaves temporary files.
        remove_unfinished(cache)
    return len(new), failed


def _digest(code: Code, layout: str, ward: Ward | None) -> str:
    printed = [ward.digest] if ward else []
    inputs = [*_shared(), *printed, layout, code.digest]
    return hashlib.sha256("\0".join(inputs).encode()).hexdigest()


@cache
def _shared() -> tuple[str, ...]:
    """Return the inputs that all handouts share."""
    fonts = [hashlib.sha256(file.read_bytes()).hexdigest() for file in font_files()]
    libraries = map(version, ("typst", "pikepdf"))
    finishing = map(
        getsource, (row_headers, source_links, acroform, fields, font, fold, pdf, typeset)
    )
    return (*libraries, *finishing, *fonts)


def _compile_all(sheets: list[Sheets], fonts: Path, watch: Watch) -> dict[Path, CompileError]:
    """Compile new handouts in parallel; return the errors by their files in the cache."""
    failed: dict[Path, CompileError] = {}
    start = in_processes if len(sheets) > _FEW else in_threads
    work = [_Work(each.code.text, each.layout, each.cached, each.ward) for each in sheets]
    try:
        with start(partial(_compile, fonts=fonts), work) as begun:
            for done in watch(as_completed(begun), len(begun)):
                try:
                    done.result()
                except CompileError as error:
                    failed[begun[done].cached] = error
    except BrokenProcessPool as error:
        raise UnusableProjectError(
            "a process that compiles pages was killed, perhaps for lack of memory; run it again"
        ) from error
    return failed


def _compile(work: _Work, fonts: Path) -> None:
    write_atomically(work.cached, compile_pdf(work.text, work.layout, fonts, work.ward))


def compile_findings(
    site: BuiltSite, model: SiteModel, sheets: Sheets, error: CompileError
) -> Iterator[Finding]:
    """Yield the findings of a handout that cannot be compiled, with the element if it is known."""
    if not error.missing:
        yield build_finding("BLD013", built_place(site, sheets.file), str(error))
    for text in error.missing:
        pages = [
            page
            for page in model.pages
            if sheets.name in (BOOKLET, *(part.name for part in handouts_of(page)))
        ]
        found = next((page for page in pages if text in page.body.text_content()), None)
        message, place = f"the font has no “{text}”", built_place(site, sheets.file)
        if found:
            element = innermost_with(found.body, text)
            place = built_place(site, built_name(found.path), element.sourceline or 1)
            message = f"{message}: {described(element)}"
        yield build_finding("BLD012", place, message)


def clear(cache: Path, wanted: list[Sheets]) -> None:
    """Remove from the cache what is no longer a handout of the site."""
    cached = {sheets.cached for sheets in wanted}
    for file in cache.glob("*.pdf"):
        if file not in cached:
            file.unlink(missing_ok=True)
