"""What stands in a line, as Typst code: text, emphasis, links, citations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from sourced_guide.build.handouts.errors import UnwritableError
from sourced_guide.build.handouts.page_model import Page, place
from sourced_guide.build.handouts.typst_code.literal import call, content, string
from sourced_guide.claims.language.markup.telephone import TELEPHONE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lxml.html import HtmlElement

    from sourced_guide.build.handouts.typst_code.reference_numbers import Numbers

# A longer word would run out of its column. Addresses are broken by Typst itself.
LONGEST_WORD = 24
LONGEST_IN_CELL = 15
_LONG = {
    longest: re.compile(rf"\S{{{longest + 1},}}") for longest in (LONGEST_WORD, LONGEST_IN_CELL)
}
_ADDRESS = re.compile(r"^\W*(https?://|www\.)")
_OUTSIDE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
# What HTML takes as space between words; a no-break space is not among it.
_SPACE = re.compile(r"[ \t\n\r\f]+")


class LineWriter:
    """Writes what stands in the lines of one page."""

    def __init__(self, page: Page, numbers: Numbers) -> None:
        self._page = page
        self._numbers = numbers
        self._longest = LONGEST_WORD
        # In the list of sources addresses are told in full.
        self._tells_addresses = False
        # Whether a space here would be the second one.
        self._spaced = True

    def line(self, element: HtmlElement) -> str:
        """Return what stands in an element that may hold no block."""
        self._spaced = True
        return content(self._inline(element))

    def _inline(self, element: HtmlElement) -> list[str]:
        pieces = self._text(element.text)
        for child in element:
            pieces += self._one(child)
            pieces += self._text(child.tail)
        return pieces

    def _one(self, child: HtmlElement) -> list[str]:
        # A comment is for editors.
        if not isinstance(child.tag, str):
            return []
        if child.tag not in self._INLINE:
            raise self._unwritable(child, f"handouts have no way to show <{child.tag}> here")
        return self._INLINE[child.tag](self, child)

    def _text(self, text: str | None) -> list[str]:
        if not text:
            return []
        text = _SPACE.sub(" ", text)
        if self._spaced:
            text = text.lstrip(" ")
        if text:
            self._spaced = text.endswith(" ")
        return [string(_LONG[self._longest].sub(self._breakable, text))] if text else []

    def _breakable(self, word: re.Match[str]) -> str:
        text = word.group()
        if _ADDRESS.match(text):
            return text
        # A space of no width: the word breaks there where it has to, without a hyphen.
        return "\u200b".join(
            text[at : at + self._longest] for at in range(0, len(text), self._longest)
        )

    def _unwritable(self, element: HtmlElement, fault: str) -> UnwritableError:
        return UnwritableError(self._page.path, element, fault)

    def _plain(self, element: HtmlElement) -> list[str]:
        return self._inline(element)

    def _bold(self, element: HtmlElement) -> list[str]:
        # A cell that tells readers what we lack is slanted on screen only.
        if "editorial" in element.get("class", ""):
            return self._inline(element)
        return [call("strong", content(self._inline(element)))]

    def _lower(self, element: HtmlElement) -> list[str]:
        return [call("sub", content(self._inline(element)))]

    def _struck(self, element: HtmlElement) -> list[str]:
        return [call("strike", content(self._inline(element)))]

    def _marked(self, element: HtmlElement) -> list[str]:
        return [call("underline", content(self._inline(element)))]

    def _code(self, element: HtmlElement) -> list[str]:
        self._spaced = False
        return [call("raw", string(element.text_content()))]

    def _break(self, element: HtmlElement) -> list[str]:  # noqa: ARG002 (one call for all elements)
        self._spaced = True
        return ["linebreak()"]

    def _abbreviation(self, element: HtmlElement) -> list[str]:
        meaning = element.get("title")
        return self._inline(element) + self._text(f" ({meaning})" if meaning else None)

    def _raised(self, element: HtmlElement) -> list[str]:
        if "cs-citation" not in element.get("class", ""):
            return [call("super", content(self._inline(element)))]
        keys = [link.get("href", "").removeprefix("#source-") for link in element.xpath(".//a")]
        self._spaced = False
        return [call("cited", *(str(self._numbers.source(key)) for key in dict.fromkeys(keys)))]

    def _link(self, element: HtmlElement) -> list[str]:
        kinds = element.get("class", "")
        href = element.get("href", "")
        if "footnote-backref" in kinds:
            return []
        if "footnote-ref" in kinds:
            return ['"note "', *self._inline(element)]
        said = self._inline(element)
        if href.startswith(TELEPHONE):
            # A number to read and dial, on one line.
            return [call("box", content(said))]
        if _OUTSIDE.match(href):
            return self._outside(href, content(said))
        # On paper there is nowhere to go within the guide but to a chapter of the same booklet.
        chapter = self._numbers.chapters.get(place(self._page.path, href))
        if not chapter or href.startswith("#"):
            return said
        return [call("link", f"label({string(chapter)})", content(said))]

    def _outside(self, href: str, said: str) -> list[str]:
        """Return a link to elsewhere, followed by where its address stands at the end."""
        linked = call("link", string(href), said)
        self._spaced = False
        if self._tells_addresses:
            return [linked]
        if href in self._numbers.known:
            return [linked, call("cited", str(self._numbers.source(self._numbers.known[href])))]
        return [linked, string(f" (web address {self._numbers.address(href)})")]

    _INLINE: ClassVar[Mapping[str, Callable[[LineWriter, HtmlElement], list[str]]]] = {
        "a": _link,
        "abbr": _abbreviation,
        "br": _break,
        "code": _code,
        "del": _struck,
        "em": _bold,
        # In a reference it is the name of a journal, which is read as well upright.
        "i": _plain,
        "ins": _marked,
        "kbd": _plain,
        "mark": _marked,
        "small": _plain,
        "span": _plain,
        "strong": _bold,
        "b": _bold,
        "sub": _lower,
        "sup": _raised,
    }
