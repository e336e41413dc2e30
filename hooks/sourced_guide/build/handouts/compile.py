"""Compiles code with Typst to a tagged PDF (PDF/UA-1), with the guide's fonts only."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import typst

from sourced_guide.build.handouts.booklet.fold import to_fold
from sourced_guide.build.handouts.forms.acroform import make_form
from sourced_guide.build.handouts.forms.fields import FIELD
from sourced_guide.build.handouts.forms.font import LETTERS
from sourced_guide.build.handouts.forms.writer import FORM_TABLE
from sourced_guide.build.handouts.row_headers import tag_row_heads
from sourced_guide.build.handouts.source_links import lead_to_sources
from sourced_guide.build.handouts.template.parts import with_template
from sourced_guide.build.handouts.typst_code.block_writer import TABLE
from sourced_guide.build.handouts.typst_code.literal import string
from sourced_guide.build.handouts.typst_code.typeset import (
    CompileError,
    Document,
    Told,
    loaded_fonts,
    typeset,
    typeset_alone,
)
from sourced_guide.build.workers import in_a_process
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.io.atomic_write import write_all_atomically

if TYPE_CHECKING:
    from sourced_guide.build.handouts.ward.ward_file import Ward

PAPERS = ("a4", "letter")
LARGE = "large"
LAYOUTS = (*PAPERS, LARGE)
# A booklet has layouts of its own; in the last one, it is laid out for folding.
FOLD = "book-fold"
BOOKLETS = (*(f"book-{layout}" for layout in LAYOUTS), FOLD)
_FONTS = ("SourceSansPro-Regular.ttf", "SourceSansPro-Bold.ttf")


def compile_pdf(code: str, layout: str, fonts: Path, ward: Ward | None = None) -> bytes:
    """Return the PDF of a handout's code, with what a ward prints of its own.

    Raises CompileError where Typst reports an error.
    """
    inputs = {"layout": layout} | ({"ward": ward.as_json} if ward else {})
    # Its logo is the one file that a handout reads.
    document = Document(with_template(code), inputs, fonts, ward.folder if ward else None)
    if layout in BOOKLETS:
        compiled, told = in_a_process(typeset_alone, document)
    else:
        compiled, told = typeset(document)
    finished = _finished(compiled, told, code, fonts, is_booklet=layout in BOOKLETS)
    return to_fold(finished) if layout == FOLD else finished


def _finished(pdf: bytes, told: list[Told], code: str, fonts: Path, *, is_booklet: bool) -> bytes:
    """Return a PDF with its row heads, its links to sources and its fields, at half its size.

    Most of a PDF are its tags, which Typst does not compress: object streams (ISO 32000-1, 7.5.7)
    do.
    """
    output = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        lead_to_sources(document, told)
        if any(name in code for name in (TABLE, FORM_TABLE)):
            tag_row_heads(document)
        if is_booklet:
            # Readers of many pages find their way by the bookmarks.
            document.Root.PageMode = pikepdf.Name.UseOutlines
        if FIELD in code:
            with pikepdf.open(BytesIO(_letters(fonts))) as letters:
                make_form(document, letters)
        document.save(
            output,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )
    return output.getvalue()


@cache
def _letters(fonts: Path) -> bytes:
    """Return a PDF of the letters that can be typed into a form, for the form's font."""
    code = f'#set text(font: "Source Sans Pro")\n#{{\n{string(LETTERS)}\n}}'
    compiled = typst.Compiler(font_paths=loaded_fonts(fonts)).compile(code.encode(), format="pdf")
    if not isinstance(compiled, bytes):
        raise CompileError("Typst returned no PDF", [])
    return compiled


def font_files() -> list[Path]:
    """Return the files of the guide's fonts.

    Raises UnusableProjectError where one is missing.
    """
    folder = Path(str(files("font_source_sans_pro").joinpath("files")))
    found = [folder / name for name in _FONTS]
    for file in found:
        if not file.is_file():
            raise UnusableProjectError(
                f"the font {file} is missing; reinstall it: "
                "python -m pip install --force-reinstall --no-deps font-source-sans-pro"
            )
    return found


def gather_fonts(folder: Path) -> Path:
    """Copy the fonts into a folder.

    Typst loads folders only. The package's own folder has every font as .otf and as .ttf, and Typst
    would load whichever the file system lists first.
    """
    write_all_atomically({folder / file.name: file.read_bytes() for file in font_files()})
    return folder
