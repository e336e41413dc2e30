"""The handouts of a ward: those of the site, with its names and numbers in the box for the team.

They are written beside the site, never into it: a number that belongs to one ward is wrong for
everybody else.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from sourced_guide.build.handouts.booklet.chapters import BOOKLET
from sourced_guide.build.handouts.build import (
    Handouts,
    clear,
    compile_findings,
    compile_new,
    wanted_sheets,
)
from sourced_guide.build.handouts.codes import codes_of
from sourced_guide.build.handouts.compile import PAPERS, compile_pdf, gather_fonts
from sourced_guide.build.handouts.page_model import read_site
from sourced_guide.build.handouts.typst_code.typeset import CompileError
from sourced_guide.build.handouts.ward.ward_file import unusable_ward
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.model.place import Place
from sourced_guide.claims.project.io.atomic_write import write_all_atomically
from sourced_guide.claims.project.io.schema import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sourced_guide.build.built_site.site import BuiltSite
    from sourced_guide.build.handouts.build import Watch
    from sourced_guide.build.handouts.ward.ward_file import Ward

# The box alone, to see whether it can be set.
_BOX = """\
set document(title: "The team")
set text(font: "Source Sans Pro", fallback: false, lang: "en")
team-box()
"""


def make_local_handouts(
    site: BuiltSite, cache: Path, watch: Watch, ward: Ward, folder: Path
) -> Handouts:
    """Write the handouts, packs and cards of a site with what a ward prints into a folder.

    The booklet has no box for a team. Raises UnusableProjectError where the ward's values cannot be
    printed, UnusableSiteError where there is no built site.
    """
    model = read_site(site)
    _require_printable(ward, gather_fonts(cache / "fonts"))
    codes, findings = codes_of(site, model)
    wanted = wanted_sheets([code for code in codes if code.name != BOOKLET], cache, ward)
    new, failed = compile_new(wanted, cache, watch)
    done = [sheets for sheets in wanted if sheets.cached not in failed]
    files = {PurePosixPath(sheets.file).name: sheets.cached for sheets in done}
    for sheets in wanted:
        if error := failed.get(sheets.cached):
            findings += compile_findings(site, model, sheets, error)
    changed = {
        folder / name: content
        for name, cached in files.items()
        if not _holds(folder / name, content := cached.read_bytes())
    }
    write_all_atomically(changed)
    clear(cache, wanted)
    return Handouts(
        files=frozenset(files),
        made=new - len(failed),
        unchanged=len({sheets.cached for sheets in wanted}) - new,
        left_out=0,
        findings=[finding for finding in findings if BOOKLET not in Path(finding.place.file).name],
        has_address=all(page.address for page in model.pages),
    )


def require_apart(ward: Path, folder: Path, published: list[Path]) -> None:
    """Raise UnusableProjectError where a ward's file or handouts would be published."""
    for path, what in ((ward, "the ward's file"), (folder, "the folder for the handouts")):
        for place in published:
            if path.resolve().is_relative_to(place.resolve()):
                reason = f"{what}, {path}, is in {place}, whose files are published"
                raise UnusableProjectError(f"{reason}: choose another place")


def _require_printable(ward: Ward, fonts: Path) -> None:
    try:
        compile_pdf(_BOX, PAPERS[0], fonts, ward)
    except CompileError as error:
        raise unusable_ward(ward.folder / ward.file, _problems(ward, error)) from error


def _problems(ward: Ward, error: CompileError) -> Iterator[Problem]:
    for text in error.missing:
        names = [name for name, value in ward.values.items() if text in value]
        for name in names[:1]:
            place = Place(ward.file, ward.lines.get(name, 1))
            message = f"the font of the handouts has no “{text}”"
            yield Problem(place, message, "write it with other letters or digits")
    if not error.missing:
        place = Place(ward.file, ward.lines.get("logo", 1))
        yield Problem(place, f"the logo cannot be read: {error}", "save it as plain SVG or as PNG")


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content
