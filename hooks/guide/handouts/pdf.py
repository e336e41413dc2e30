"""Code set by Typst as a tagged PDF (PDF/UA-1), with no font but the guide's own."""

from __future__ import annotations

import re
import shutil
from functools import cache
from importlib.resources import files
from pathlib import Path

import typst

LAYOUTS = ("a4", "letter", "large")
TEMPLATE = files("guide.handouts").joinpath("template.typ").read_text("utf-8")
_FONTS = ("SourceSansPro-Regular.ttf", "SourceSansPro-Bold.ttf")
_NO_GLYPH = re.compile(r'the text `"(?P<text>.+?)"` could not be displayed')


class UnsettableError(Exception):
    """Typst cannot set the code; the message is Typst's own."""

    def __init__(self, message: str, missing: list[str]) -> None:
        # Both, for an error goes from process to process as what it was made from.
        super().__init__(message, missing)
        self.message = message
        # The characters that the font has no glyph for.
        self.missing = missing

    def __str__(self) -> str:
        return self.message


def set_pdf(code: str, layout: str, fonts: Path) -> bytes:
    """Return the PDF of a handout's code.

    The same code and layout give the same bytes: no clock, and no font of the machine.

    Raises UnsettableError where Typst finds something to be wrong.
    """
    source = f"{TEMPLATE}\n#{{\n{code}\n}}\n".encode()
    compiler = typst.Compiler(font_paths=_loaded(fonts), sys_inputs={"layout": layout})
    try:
        made = compiler.compile(source, format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as error:
        text = str(error.diagnostic or error.message)
        raise UnsettableError(error.message, _NO_GLYPH.findall(text)) from error
    if not isinstance(made, bytes):
        raise UnsettableError("Typst made no PDF", [])
    return made


def font_files() -> list[Path]:
    """Return the files of the guide's fonts."""
    folder = Path(str(files("font_source_sans_pro").joinpath("files")))
    return [folder / name for name in _FONTS]


def gather_fonts(folder: Path) -> Path:
    """Copy the fonts into a folder.

    Typst takes folders only, and from the package's own, which has each font as .otf and as .ttf,
    it would take whichever the disk names first.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for file in font_files():
        shutil.copyfile(file, folder / file.name)
    return folder


@cache
def _loaded(folder: Path) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )
