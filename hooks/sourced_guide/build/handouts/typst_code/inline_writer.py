"""Inline content as Typst code: text, emphasis, links, citations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from sourced_guide.build.built_site.links import place
from sourced_guide.build.handouts.errors import UnprintableElementError
from sourced_guide.build.handouts.typst_code.elements import LONGEST_WORD, ON_PAPER
from sourced_guide.build.handouts.typst_code.literal import call, content, string
from sourced_guide.claims.language.markup.telephone import TELEPHONE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lxml.html import HtmlElement

    from sourced_guide.build.handouts.page_model import Page
    from sourced_guide.build.handouts.typst_code.reference_numbers import Numbers

# Typst itself breaks addresses.
_LONG = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_ADDRESS = re.compile(r"^\W*(https?://|www\.)")
_EXTERNAL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
# White space in HTML, which does not include the no-break space.
_SPACE = re.compile(r"[ \t\n\r\f]+")


class InlineWriter:
    """Writes the inline content of one page."""

    def __init__(self, page: Page, numbers: Numbers) -> None:
        self._page = page
        self._numbers = numbers
        # Whether a space here would be the second one.
        self._spaced = True

    def line(self, element: HtmlElement) -> str:
        """Return the content of an element without blocks."""
        self._spaced = True
        return content(self._inline(element))

    def _inline(self, element: HtmlElement) -> list[str]:
        pieces = self._text(element.text)
        for child in element:
            pieces += self._inline_element(child)
            pieces += self._text(child.tail)
        return pieces

    def _inline_element(self, child: HtmlElement) -> list[str]:
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
        return [string(_LONG.sub(_breakable, text))] if text else []

    def _unwritable(self, element: HtmlElement, fault: str) -> UnprintableElementError:
        return UnprintableElementError(self._page.path, element, fault)

    def _plain(self, element: HtmlElement) -> list[str]:
        return self._inline(element) + self._cited(element.get(ON_PAPER, ""))

    def _bold(self, element: HtmlElement) -> list[str]:
        # A cell that says that something is missing is in italics on screens only.
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
        return self._cited(element.get(ON_PAPER, ""))

    def _cited(self, written: str) -> list[str]:
        """Return the mark of sources at the end of a claim; nothing where there are none."""
        keys = written.split()
        if not keys:
            return []
        self._spaced = False
        return [call("cited", *(str(self._numbers.source(key)) for key in keys))]

    def _link(self, element: HtmlElement) -> list[str]:
        kinds = element.get("class", "")
        href = element.get("href", "")
        if "footnote-backref" in kinds:
            return []
        if "footnote-ref" in kinds:
            return ['"note "', *self._inline(element)]
        body = self._inline(element)
        if href.startswith(TELEPHONE):
            # A telephone number must not be broken across lines.
            return [call("box", content(body))]
        if _EXTERNAL.match(href):
            return self._external_link(href, content(body))
        # On paper, links within the guide can only refer to chapters of the same booklet.
        target, _, part = place(self._page.path, href), *href.partition("#")[1:]
        chapters = self._numbers.chapters
        name = chapters.get(f"{target}#{part}") if part else chapters.get(target)
        if not name:
            return body
        self._spaced = False
        return [call("see", string(name), content(body))]

    def _external_link(self, href: str, body: str) -> list[str]:
        """Return an external link, with the number of its address in the list at the end."""
        linked = call("link", string(href), body)
        self._spaced = False
        if href in self._numbers.known:
            return [linked, call("cited", str(self._numbers.source(self._numbers.known[href])))]
        return [linked, string(f" (web address {self._numbers.address(href)})")]

    _INLINE: ClassVar[Mapping[str, Callable[[InlineWriter, HtmlElement], list[str]]]] = {
        "a": _link,
        "abbr": _abbreviation,
        "br": _break,
        "code": _code,
        "del": _struck,
        "em": _bold,
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


def _breakable(word: re.Match[str]) -> str:
    text = word.group()
    # A line may end at a hyphen as it is.
    if _ADDRESS.match(text) or all(len(part) <= LONGEST_WORD for part in text.split("-")):
        return text
    # A zero-width space allows a break without a hyphen.
    return "\u200b".join(text[at : at + LONGEST_WORD] for at in range(0, len(text), LONGEST_WORD))
