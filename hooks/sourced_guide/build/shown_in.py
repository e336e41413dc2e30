"""Which files of a built site show given texts: its pages, its PDFs and its offline copies.

A text may be in places other than its own page: a definition on every page that uses the term, the
warning signs on every handout, a page in the booklet. So the files themselves are searched.
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

# Digits, too: citation numbers are in the middle of sentences.
_NO_LETTER = re.compile(r"[\W\d_]+")
# All layouts of a handout have the same words.
_LAYOUT = re.compile(r"-(?:a3|a4|letter|large|fold)\Z")
# A sentence may continue on the next sheet, so its beginning or its end is enough.
_PREFIX_LENGTH = 40
# Shorter texts, such as labels of drawings, occur in many places.
_SHORTEST_TEXT = 12


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

    `pages` are built pages that are known to show one: these and their handouts are always
    included, even if a text is too short to search for. Pages for editors are not. An offline copy
    has every page, so it is included if any page is.

    Raises UnusableProjectError where a PDF cannot be read.
    """
    search_texts = _SearchTexts(texts)
    found = set(pages)
    for name in site.page_names:
        if name not in found and not name.startswith(FOR_EDITORS):
            shown = site.shown(name)
            around = (text for text, _ in shown.around)
            if search_texts.in_any([" ".join([*shown.article, *around])]):
                found.add(name)
    stems = {_handout(name) for name in pages}
    pdfs = [
        layouts
        for stem, layouts in _documents(site)
        if stem in stems or search_texts.in_any(_sheets(site.path(layouts[0])))
    ]
    copies = sorted(name for name in site.names if name.endswith(".zip"))
    return ShownIn(tuple(sorted(found)), tuple(pdfs), tuple(copies if found else ()))


class _SearchTexts:
    """The texts to search for, by their beginnings and ends.

    The cells of a row are separate texts on paper and on phones.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        parts = {_letters_of(part) for text in texts for part in text.split(BETWEEN_CELLS)}
        long = [part for part in parts if len(part) >= _SHORTEST_TEXT]
        self._ends = {
            end for part in long for end in (part[:_PREFIX_LENGTH], part[-_PREFIX_LENGTH:])
        }

    def in_any(self, sheets: Iterable[str]) -> bool:
        """Say whether any sheet shows one of the texts; stops at the first."""
        return any(end in letters for letters in map(_letters_of, sheets) for end in self._ends)


def _letters_of(text: str) -> str:
    """Return the letters of a text: a PDF has other line breaks and hyphens."""
    return _NO_LETTER.sub("", text).lower()


def _handout(page: str) -> str:
    """Return the base name of a built page's handouts."""
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
    # Imported here, because it is slow to load and most commands do not need it.
    from pypdf import PdfReader  # noqa: PLC0415
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        for sheet in PdfReader(path).pages:
            yield sheet.extract_text()
    except PyPdfError as error:
        raise UnusableProjectError(
            f"{path} is no PDF that can be read ({error}): build the site again, with make site"
        ) from error
