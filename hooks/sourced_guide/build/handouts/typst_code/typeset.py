"""Typesets a document with Typst, to a tagged PDF (PDF/UA-1).

A booklet is typeset in a process of its own, so this module loads little else.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import typst

from sourced_guide.claims.project.io.atomic_write import UNFINISHED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# What the template tells of a place in a handout: see `<told>` there.
Told = dict[str, Any]
_Source = TypeVar("_Source", bytes, Path)

# A last sheet with less text than this part of it is one too many.
_LITTLE = 0.34
# The space between lines and blocks, in parts of the usual one, in the order in which it is tried.
_CLOSER = (0.95, 0.9, 0.85, 0.8)
_LOOSER = (1.05, 1.1, 1.15, 1.2)
# What a ward prints may need more room than all of these leave.
_CLOSEST = (0.75, 0.7)
# For how many more documents Typst keeps what it has laid out of one.
_KEPT_FOR = 10
# See mallopt(3).
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
_KEPT_FREE = 128 * 1024
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


class Document(NamedTuple):
    """The code of a whole document, what it is given as `sys.inputs`, and the folder of its fonts.

    `root` is the folder of the files that it may read.
    """

    source: str
    inputs: Mapping[str, str]
    fonts: Path
    root: Path | None = None


def typeset(document: Document) -> tuple[bytes, list[Told]]:
    """Return the PDF of a document, and what its template tells of places in it.

    The output is reproducible: it depends neither on the time nor on installed fonts.

    Raises CompileError where Typst reports an error.
    """
    fonts = loaded_fonts(document.fonts)
    forget = partial(_forget, fonts)
    try:
        return _typeset(document, document.source.encode(), forget)
    finally:
        forget()


def typeset_alone(document: Document) -> tuple[bytes, list[Told]]:
    """Do the same with less memory, in a process that does nothing else and ends with it."""
    # The C library of Linux would keep much of what Typst frees between its steps.
    with suppress(AttributeError, OSError, TypeError):
        for setting in (_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD):
            ctypes.CDLL(None).mallopt(setting, _KEPT_FREE)
    # Of a file, Typst keeps what it has parsed. What is no file is parsed each time, and kept too.
    main = document.fonts.with_name(f"{UNFINISHED}{os.getpid()}.typ")
    try:
        main.write_text(document.source, "utf-8")
        return _typeset(document, main, lambda: None)
    finally:
        main.unlink(missing_ok=True)


def _typeset(
    document: Document, source: _Source, forget: Callable[[], None]
) -> tuple[bytes, list[Told]]:
    fonts, root = loaded_fonts(document.fonts), document.root

    def compiler(spaced: float) -> typst.Compiler:
        inputs = {**document.inputs, "spaced": str(spaced)}
        return typst.Compiler(source, root=root, font_paths=fonts, sys_inputs=inputs)

    try:
        spaced, told = _spacing(compiler, forget)
        compiled = spaced.compile(source, format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as error:
        text = str(error.diagnostic or error.message)
        raise CompileError(error.message, _NO_GLYPH.findall(text)) from error
    if not isinstance(compiled, bytes):
        raise CompileError("Typst returned no PDF", [])
    return compiled, told


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


def _forget(fonts: typst.Fonts) -> None:
    """Let Typst forget the documents before.

    It keeps what it has laid out until it has compiled ten others, which may have the same parts;
    our handouts have few in common, and a process that made half of them grew to 2.4 GB.
    """
    empty = typst.Compiler(b"", font_paths=fonts)
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


@cache
def loaded_fonts(folder: Path) -> typst.Fonts:
    """Return the fonts in a folder, and no others."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )
