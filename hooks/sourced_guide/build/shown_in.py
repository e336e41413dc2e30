"""Which files of a built site show given texts: its pages, its PDFs and its offline copies.

A text may stand where nobody wrote it: a definition on every page that uses the term, the warning
signs on every handout, a page in the booklet. So the files themselves are read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePath
from typing import TYPE_CHECKING

from sourced_guide.build.built_site.site import FOR_EDITORS
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.model.statement import BETWEEN_CELLS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from sourced_guide.build.built_site.site import BuiltSite

# Digits, too: the numbers of citations stand in the middle of sentences.
_NO_LETTER = re.compile(r"[\W\d_]+")
# The same sheets on another paper or in another size hold the same words.
_LAYOUT = re.compile(r"-(?:a4|letter|large)\Z")
# A sentence may run over to the next sheet, so its beginning or its end is enough.
_ENOUGH = 40
# What is shorter, such as the label of a drawing, stands in many places for other reasons.
_LEAST = 12


@dataclass(frozen=True)
class ShownIn:
    """Files of a built site, named from its folder.

    `pdfs` holds a group of names for each document: its layouts.
    """

    pages: tuple[str, ...]
    pdfs: tuple[tuple[str, ...], ...]
    copies: tuple[str, ...]


def shown_in(site: BuiltSite, texts: Iterable[str], pages: Collection[str]) -> ShownIn:
    """Return the files of a built site that show one of `texts`.

    `pages` are built pages that are known to: they count, and so do the PDFs that are named after
    them, even where a text is too short to be looked for. Editors' pages do not count. An offline
    copy holds every page, so it counts as soon as one page does.

    Raises UnusableProjectError where a PDF cannot be read.
    """
    wanted = _Wanted(texts)
    found = set(pages)
    for page in site.pages():
        if page.name not in found and not page.name.startswith(FOR_EDITORS):
            around = (text for text, _ in page.around)
            if wanted.in_any([" ".join([*page.article, *around])]):
                found.add(page.name)
    stems = {_handout(name) for name in pages}
    pdfs = [
        layouts
        for stem, layouts in _documents(site)
        if stem in stems or wanted.in_any(_sheets(site.path(layouts[0])))
    ]
    copies = sorted(name for name in site.names if name.endswith(".zip"))
    return ShownIn(tuple(sorted(found)), tuple(pdfs), tuple(copies if found else ()))


class _Wanted:
    """The texts that are looked for, by what of them is enough to know them by.

    The cells of a row stand apart on paper and on a phone.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        parts = {_squeezed(part) for text in texts for part in text.split(BETWEEN_CELLS)}
        long = [part for part in parts if len(part) >= _LEAST]
        self._ends = {end for part in long for end in (part[:_ENOUGH], part[-_ENOUGH:])}

    def in_any(self, sheets: Iterable[str]) -> bool:
        """Say whether a sheet shows one of the texts; the rest is not read then."""
        return any(end in squeezed for squeezed in map(_squeezed, sheets) for end in self._ends)


def _squeezed(text: str) -> str:
    """Return the letters of a text: a PDF breaks its lines and divides its words elsewhere."""
    return _NO_LETTER.sub("", text).lower()


def _handout(page: str) -> str:
    """Return what the handouts of a built page are called."""
    place = page.removesuffix("index.html").strip("/")
    return place.replace("/", "-") or "start"


def _documents(site: BuiltSite) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every PDF document's name with the files of its layouts."""

    def document(name: str) -> PurePath:
        path = PurePath(name)
        return path.with_name(_LAYOUT.sub("", path.stem))

    names = sorted((name for name in site.names if name.endswith(".pdf")), key=document)
    for path, layouts in groupby(names, key=document):
        yield path.name, tuple(sorted(layouts))


def _sheets(path: Path) -> Iterator[str]:
    # Most commands need none of it, and it takes longer to load than a small site to check.
    from pypdf import PdfReader  # noqa: PLC0415
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        for sheet in PdfReader(path).pages:
            yield sheet.extract_text()
    except PyPdfError as error:
        raise UnusableProjectError(
            f"{path} is no PDF that can be read ({error}): build the site again, with make site"
        ) from error
