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
from sourced_guide.build.handouts.alert_card import CARD, card, card_page
from sourced_guide.build.handouts.aside import is_aside
from sourced_guide.build.handouts.booklet import fold
from sourced_guide.build.handouts.booklet.chapters import BOOKLET, booklet
from sourced_guide.build.handouts.compile import (
    BOOKLETS,
    LARGE,
    LAYOUTS,
    PAPERS,
    CompileError,
    compile_pdf,
    font_files,
    gather_fonts,
)
from sourced_guide.build.handouts.document import handout
from sourced_guide.build.handouts.errors import UnprintableElementError, described
from sourced_guide.build.handouts.forms import acroform, fields, font
from sourced_guide.build.handouts.forms.sheet import is_sheet, sheet
from sourced_guide.build.handouts.packs.declared import declared_packs, faults_of
from sourced_guide.build.handouts.packs.document import pack_code
from sourced_guide.build.handouts.page_model import Page, SiteModel, innermost_with, read_site
from sourced_guide.build.handouts.posters.document import (
    POSTER,
    POSTERS,
    in_pictures,
    pictures_page,
    poster,
)
from sourced_guide.build.handouts.second_handout import handouts_of
from sourced_guide.build.handouts.template.parts import with_template
from sourced_guide.build.rules import build_finding, built_place
from sourced_guide.build.workers import in_processes, in_threads
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.io.atomic_write import remove_unfinished, write_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from sourced_guide.build.built_site.site import BuiltSite
    from sourced_guide.build.handouts.ward.ward_file import Ward
    from sourced_guide.claims.model.finding import Finding

FOLDER = "handouts"
# Processes take longer to start than so many handouts to compile, as after a change of one page.
_FEW = 4
Watch = Callable[[Iterable[Future[None]], int], Iterable[Future[None]]]


class Code(NamedTuple):
    """A handout as code: its name, and the layouts that it is set in."""

    name: str
    layouts: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Sheets:
    """One handout in one layout, and its file in the cache, named by a digest of its inputs."""

    name: str
    layout: str
    code: str
    cached: Path
    ward: Ward | None = None

    @property
    def file(self) -> str:
        """The name of its file in the site."""
        return f"{FOLDER}/{self.name}-{self.layout.rpartition('-')[2]}.pdf"


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
    codes, findings = codes_of(site, model)
    wanted = wanted_sheets(codes, cache)
    left_out = {
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


def codes_of(site: BuiltSite, model: SiteModel) -> tuple[list[Code], list[Finding]]:
    """Return the booklet and every handout as code, and what cannot be written."""
    codes: list[Code] = []
    findings: list[Finding] = []
    with_card, with_pictures = card_page(model), pictures_page(model)
    for page in model.pages:
        # The handout of this page is the card. In large print it is the page: a card of this size
        # has no room for large letters.
        layouts = (LARGE,) if page is with_card else LAYOUTS
        try:
            if page is with_pictures:
                codes.append(Code(page.name, layouts, in_pictures(model, page)))
                codes.append(Code(POSTER, POSTERS, poster(model, page)))
            else:
                codes += _handouts(model, page, layouts)
        except UnprintableElementError as error:
            findings.append(_unwritable(site, error))
    if findings:
        place = built_place(site, f"{FOLDER}/{BOOKLET}-{LAYOUTS[0]}.pdf")
        message = "the booklet is not made, because a page of it cannot be printed"
        findings.append(build_finding("BLD013", place, message))
    else:
        # It takes longest, so it is started first.
        codes.insert(0, Code(BOOKLET, BOOKLETS, booklet(model)))
    for pack in declared_packs(site):
        faults = list(faults_of(pack, site, model))
        findings += faults
        if not faults:
            try:
                codes.append(Code(pack.name, LAYOUTS, pack_code(model, pack)))
            except UnprintableElementError as error:
                findings.append(_unwritable(site, error))
    if with_card:
        try:
            text = card(model, with_card)
            codes += [Code(CARD, PAPERS, text), Code(with_card.name, PAPERS, text)]
        except UnprintableElementError as error:
            findings.append(_unwritable(site, error))
    return codes, findings


def wanted_sheets(codes: Iterable[Code], cache: Path, ward: Ward | None = None) -> list[Sheets]:
    """Return handouts in all their layouts, with what a ward prints of its own."""
    return [
        Sheets(code.name, layout, code.text, cache / f"{digest}.pdf", ward)
        for code in codes
        for layout in code.layouts
        for digest in [_digest(code.text, layout, ward)]
    ]


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


def _handouts(model: SiteModel, page: Page, layouts: tuple[str, ...]) -> Iterator[Code]:
    for part in handouts_of(page):
        text = sheet(model, part) if is_sheet(part) else handout(model, part)
        yield Code(part.name, layouts, text)


def _unwritable(site: BuiltSite, error: UnprintableElementError) -> Finding:
    place = built_place(site, built_name(error.page), error.line)
    return build_finding("BLD011", place, str(error))


def _digest(code: str, layout: str, ward: Ward | None) -> str:
    printed = [ward.digest] if ward else []
    inputs = [*_shared(), *printed, layout, with_template(code)]
    return hashlib.sha256("\0".join(inputs).encode()).hexdigest()


@cache
def _shared() -> tuple[str, ...]:
    """Return the inputs that all handouts share."""
    fonts = [hashlib.sha256(file.read_bytes()).hexdigest() for file in font_files()]
    libraries = map(version, ("typst", "pikepdf"))
    finishing = map(getsource, (row_headers, source_links, acroform, fields, font, fold, pdf))
    return (*libraries, *finishing, *fonts)


def _compile_all(sheets: list[Sheets], fonts: Path, watch: Watch) -> dict[Path, CompileError]:
    """Compile new handouts in parallel; return the errors by their files in the cache."""
    failed: dict[Path, CompileError] = {}
    start = in_processes if len(sheets) > _FEW else in_threads
    try:
        with start(partial(_compile, fonts=fonts), sheets) as begun:
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


def _compile(sheets: Sheets, fonts: Path) -> None:
    write_atomically(sheets.cached, compile_pdf(sheets.code, sheets.layout, fonts, sheets.ward))


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
