"""The font of what is typed into a form: a simple TrueType font, as viewers need it.

Typst subsets the guide's font to the letters of Western European languages, but as a composite
font, which viewers do not type in. What a simple one needs beside is a table that says which letter
each glyph is (`cmap`).
"""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIRST, _LAST = 32, 255
# WinAnsiEncoding of PDF is Windows' code page 1252, in which five codes are not used.
_LETTERS = {
    code: letter
    for code in range(_FIRST, _LAST + 1)
    if (letter := bytes([code]).decode("cp1252", "ignore")) and letter != "\x7f"
}
# The no-break space and the soft hyphen, which look as a space and a hyphen.
_LOOKS_AS = {0xA0: " ", 0xAD: "-"}
# In the order of the code, so that it is the same each time.
LETTERS = "".join(_LETTERS[code] for code in _LETTERS if code not in _LOOKS_AS)
_GLYPH = re.compile(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]{4})>")
_TRUE_TYPE, _HEAD_CHECKSUM = 0x00010000, 0xB1B0AFBA
_NOT_NEEDED = (b"name",)


def form_font(document: pikepdf.Pdf, letters: pikepdf.Pdf) -> Dictionary:
    """Return the font of a form, as a new object of a document.

    `letters` is a PDF of all LETTERS in one font, as Typst makes it.
    """
    [composite] = letters.pages[0].Resources.Font.values()
    descendant = composite.DescendantFonts[0]
    glyphs = _glyphs(composite.ToUnicode.read_bytes())
    tables = _tables(descendant.FontDescriptor.FontFile2.read_bytes())
    tables[b"cmap"] = _cmap(glyphs)
    file = document.make_stream(_font_file(tables))
    file.Length1 = len(file.read_bytes())
    descriptor = descendant.FontDescriptor
    widths = _widths(tables)
    return document.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=descriptor.FontName,
            Encoding=Name.WinAnsiEncoding,
            FirstChar=_FIRST,
            LastChar=_LAST,
            Widths=Array(
                widths[glyphs[_seen(code)]] if code in _LETTERS else 0
                for code in range(_FIRST, _LAST + 1)
            ),
            FontDescriptor=document.make_indirect(
                Dictionary(
                    Type=Name.FontDescriptor,
                    FontName=descriptor.FontName,
                    # Not symbolic: its letters are those of the encoding.
                    Flags=32,
                    FontBBox=Array(list(descriptor.FontBBox)),
                    ItalicAngle=0,
                    Ascent=descriptor.Ascent,
                    Descent=descriptor.Descent,
                    CapHeight=descriptor.CapHeight,
                    StemV=descriptor.StemV,
                    FontFile2=file,
                )
            ),
        )
    )


def _seen(code: int) -> str:
    return _LOOKS_AS.get(code, _LETTERS.get(code, ""))


def _glyphs(to_unicode: bytes) -> Mapping[str, int]:
    found = {chr(int(letter, 16)): int(glyph, 16) for glyph, letter in _GLYPH.findall(to_unicode)}
    return {letter: found[letter] for letter in LETTERS}


def _tables(font: bytes) -> dict[bytes, bytes]:
    """Return the tables of a font file by their names."""
    (count,) = struct.unpack_from(">H", font, 4)
    entries = (struct.unpack_from(">4sIII", font, 12 + 16 * number) for number in range(count))
    return {
        name: font[start : start + length]
        for name, _, start, length in entries
        if name not in _NOT_NEEDED
    }


def _cmap(glyphs: Mapping[str, int]) -> bytes:
    """Return a table of the glyph of each letter, in format 4: one segment for each letter."""
    codes = {ord(letter): glyph for letter, glyph in glyphs.items()}
    for code, looks_as in _LOOKS_AS.items():
        codes[code] = glyphs[looks_as]
    letters = sorted(codes)
    ends = [*letters, 0xFFFF]
    deltas = [*((codes[letter] - letter) % 0x10000 for letter in letters), 1]
    count = len(ends)
    power = 1 << (count.bit_length() - 1)
    body = struct.pack(
        f">4H{count}HH{count}H{count}H{count}H",
        *(2 * count, 2 * power, power.bit_length() - 1, 2 * (count - power)),
        *(*ends, 0, *ends, *deltas, *([0] * count)),
    )
    subtable = struct.pack(">3H", 4, 6 + len(body), 0) + body
    # One table, of Unicode for Windows, as PDF/UA asks of a font that is not symbolic.
    return struct.pack(">2H2HI", 0, 1, 3, 1, 12) + subtable


def _widths(tables: Mapping[bytes, bytes]) -> list[int]:
    """Return the width of each glyph in thousandths of the font's size."""
    (units,) = struct.unpack_from(">H", tables[b"head"], 18)
    (count,) = struct.unpack_from(">H", tables[b"hhea"], 34)
    advances = [struct.unpack_from(">H", tables[b"hmtx"], 4 * number)[0] for number in range(count)]
    (glyphs,) = struct.unpack_from(">H", tables[b"maxp"], 4)
    advances += advances[-1:] * (glyphs - count)
    return [round(advance * 1000 / units) for advance in advances]


def _font_file(tables: dict[bytes, bytes]) -> bytes:
    """Return a font file of tables (OpenType 1.9, "Organization of an OpenType font")."""
    tables[b"head"] = tables[b"head"][:8] + bytes(4) + tables[b"head"][12:]
    power = 1 << (len(tables).bit_length() - 1)
    file = struct.pack(
        ">I4H", _TRUE_TYPE, len(tables), 16 * power, power.bit_length() - 1,
        16 * (len(tables) - power),
    )  # fmt: skip
    start = len(file) + 16 * len(tables)
    body = b""
    for name in sorted(tables):
        table = tables[name]
        file += struct.pack(">4sIII", name, _checksum(table), start + len(body), len(table))
        body += _padded(table)
    whole = file + body
    at = whole.index(tables[b"head"]) + 8
    total = (_HEAD_CHECKSUM - _checksum(whole)) % 0x100000000
    return whole[:at] + struct.pack(">I", total) + whole[at + 4 :]


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def _checksum(data: bytes) -> int:
    data = _padded(data)
    words: tuple[int, ...] = struct.unpack(f">{len(data) // 4}I", data)
    return sum(words) % 0x100000000
