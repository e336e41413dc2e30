"""Compiles code with Typst to a tagged PDF (PDF/UA-1), with the guide's fonts only."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.project.io.atomic_write import write_all_atomically

if TYPE_CHECKING:
    from collections.abc import Callable

    from sourced_guide.build.handouts.ward.ward_file import Ward

# What the template tells of a place in a handout: see `<told>` there.
Told = dict[str, Any]

PAPERS = ("a4", "letter")
LARGE = "large"
LAYOUTS = (*PAPERS, LARGE)
# A booklet has layouts of its own; in the last one, it is laid out for folding.
FOLD = "book-fold"
BOOKLETS = (*(f"book-{layout}" for layout in LAYOUTS), FOLD)
_FONTS = ("SourceSansPro-Regular.ttf", "SourceSansPro-Bold.ttf")
# A last sheet with less text than this part of it is one too many.
_LITTLE = 0.34
# The space between lines and blocks, in parts of the usual one, in the order in which it is tried.
_CLOSER = (0.95, 0.9, 0.85, 0.8)
_LOOSER = (1.05, 1.1, 1.15, 1.2)
# What a ward prints may need more room than all of these leave.
_CLOSEST = (0.75, 0.7)
# For how many more documents Typst keeps what it has laid out of one.
_KEPT_FOR = 10
_NO_GLYPH = re.compile(r'the text `"(?P<text>.+?)"` could not be displayed')


class CompileError(Exception):
    """Typst cannot compile the code; the message is Typst's own."""

    def __init__(self, message: str, missing: list[str]) -> None:
        # Both, because exceptions are pickled by their arguments.
        super().__init__(message, missing)
        self.message = message
        # The characters that the font has no glyph for.
        self.missing = missing

    def __str__(self) -> str:
        return self.message


def compile_pdf(code: str, layout: str, fonts: Path, ward: Ward | None = None) -> bytes:
    """Return the PDF of a handout's code, with what a ward prints of its own.

    The output is reproducible: it depends neither on the time nor on installed fonts.

    Raises CompileError where Typst reports an error.
    """
    source = with_template(code).encode()

    def compiler(spaced: float) -> typst.Compiler:
        inputs = {"layout": layout, "spaced": str(spaced)}
        inputs |= {"ward": ward.as_json} if ward else {}
        # Its logo is the one file that a handout reads.
        root = ward.folder if ward else None
        return typst.Compiler(source, root=root, font_paths=_loaded(fonts), sys_inputs=inputs)

    def forget() -> None:
        _forget(fonts)

    try:
        spaced, told = _spacing(compiler, forget)
        compiled = spaced.compile(source, format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as error:
        text = str(error.diagnostic or error.message)
        raise CompileError(error.message, _NO_GLYPH.findall(text)) from error
    finally:
        forget()
    if not isinstance(compiled, bytes):
        raise CompileError("Typst returned no PDF", [])
    finished = _finished(compiled, told, code, fonts, is_booklet=layout in BOOKLETS)
    return to_fold(finished) if layout == FOLD else finished


def _spacing(
    compiler: Callable[[float], typst.Compiler], forget: Callable[[], None]
) -> tuple[typst.Compiler, list[Told]]:
    """Return a compiler that knows how far lines are apart, and what the template tells it.

    What told that has laid the handout out, so the same compiler has it ready: another one would do
    it again, and keep both.

    Lines are closer if that saves a last sheet with little text; if nothing does, they are further
    apart, so that it is worth a sheet. The same is tried where a picture has no room in its part.
    `forget` is called before each other try.
    """
    usual = compiler(1)
    try:
        told_of_usual = _told(usual)
    except RuntimeError:
        # Compiling says more of an error.
        return usual, []
    if not _is_wrong(told_of_usual):
        return usual, told_of_usual
    for spaced in (*_CLOSER, *_LOOSER, *_CLOSEST):
        forget()
        other = compiler(spaced)
        told = _told(other)
        if not _is_wrong(told):
            return other, told
    forget()
    return usual, told_of_usual


def _forget(fonts: Path) -> None:
    """Let Typst forget the documents before.

    It keeps what it has laid out until it has compiled ten others, which may have the same parts;
    our handouts have few in common, and a process that made half of them grew to 2.4 GB.
    """
    empty = typst.Compiler(b"", font_paths=_loaded(fonts))
    for _ in range(_KEPT_FOR + 1):
        empty.compile(b"", format="pdf")


def _told(compiler: typst.Compiler) -> list[Told]:
    told: list[Told] = json.loads(compiler.query("<told>", field="value"))
    return told


def _is_wrong(told: list[Told]) -> bool:
    """Say whether sheets are filled badly.

    The last of several has little text, or is one more than there may be, or a heading comes before
    a picture of the part above it.
    """
    return any(
        each["ends"] > each["most"] or (each["ends"] > 1 and each["full"] < _LITTLE)
        if "ends" in each
        else "blank" in each
        for each in told
    )


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
    compiled = typst.Compiler(font_paths=_loaded(fonts)).compile(code.encode(), format="pdf")
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


@cache
def _loaded(folder: Path) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )
