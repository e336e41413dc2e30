"""One built page as the steps of a build need it, but for the text that it shows."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import html as lxml_html

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.html import HtmlElement

INDEX = "index.html"
_CODE = ("script", "style")
# Elements that load a file, and the attribute that names it.
_LOADS = {"link": "href", "script": "src", "img": "src"}
_NAMES = ("name", "property", "http-equiv")
_WORDS = ".//div[@class='cs-words']/dl/*"
_UNREADABLE = "\0"


@dataclass(frozen=True)
class CodeElement:
    """A `<script>` or `<style>` of a page.

    `kind` is its `type` attribute. `text` is its content, and `digest` the SHA-256 of that in
    Base64, as a Content Security Policy writes it.
    """

    tag: str
    line: int
    kind: str
    source: str
    text: str
    digest: str

    @property
    def is_data(self) -> bool:
        """Whether it holds data, which no browser runs."""
        return self.kind.startswith("application/")


@dataclass(frozen=True)
class BuiltPage:
    """One page of a built site.

    `name` is its file, from the site's folder. `metadata` holds the contents of `<meta>` elements
    by their names, `relations` the addresses of `<link>` elements by their relations. `loads` are
    the URLs of files that a browser requests to show the page, `links` those that a reader can
    follow. `words` are the terms that the page explains at its end, with their definitions. What
    else a reader sees is its VisibleText.
    """

    name: str
    title: str
    language: str
    metadata: Mapping[str, str]
    relations: Mapping[str, str]
    loads: tuple[str, ...]
    links: frozenset[str]
    code: tuple[CodeElement, ...]
    words: tuple[str, ...]

    @property
    def address(self) -> str:
        """The page's own address on the web, or empty where the site has none."""
        return self.relations.get("canonical", "")

    @property
    def leads_to(self) -> str:
        """The address that the page leads to by itself, or empty: see `redirects.py`."""
        return self.metadata.get("refresh", "").partition("url=")[2]

    @classmethod
    def restored(cls, name: str, data: Sequence[Any]) -> BuiltPage:
        """Return the page of that name whose `as_data` was kept."""
        title, language, metadata, relations, loads, links, code, words = data
        return cls(
            name=name,
            title=title,
            language=language,
            metadata=metadata,
            relations=relations,
            loads=tuple(loads),
            links=frozenset(links),
            code=tuple(CodeElement(*each) for each in code),
            words=tuple(words),
        )

    def as_data(self) -> list[Any]:
        """Return all but the name as JSON values."""
        facts = [self.title, self.language, dict(self.metadata), dict(self.relations)]
        code = [list(vars(each).values()) for each in self.code]
        return [*facts, list(self.loads), sorted(self.links), code, list(self.words)]


def parse_html(text: str) -> HtmlElement:
    """Return the root element of a page.

    lxml would end a page at a NUL, and stop at 256 nested elements.
    """
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
    source = text.replace(_UNREADABLE, "\ufffd").encode("utf-8", errors="replace")
    root: HtmlElement = lxml_html.document_fromstring(source or b"<html></html>", parser=parser)
    return root


def read_page(name: str, text: str) -> BuiltPage:
    """Return what a page holds, given its HTML. Its tree is not retained."""
    root = parse_html(text)
    return BuiltPage(
        name=name,
        title=" ".join((root.findtext(".//title") or "").split()),
        language=root.get("lang", ""),
        metadata=dict(_metadata(root)),
        relations=dict(_relations(root)),
        loads=tuple(_loads(root)),
        links=frozenset(str(link) for link in root.xpath("//a/@href")),
        code=tuple(_code(root)),
        words=tuple(" ".join(part.itertext()) for part in root.iterfind(_WORDS)),
    )


def _metadata(root: HtmlElement) -> Iterator[tuple[str, str]]:
    for element in reversed(root.findall(".//meta")):
        for attribute in _NAMES:
            if name := element.get(attribute):
                yield name, element.get("content", "")


def _relations(root: HtmlElement) -> Iterator[tuple[str, str]]:
    for element in reversed(root.findall(".//link")):
        yield element.get("rel", ""), element.get("href", "")


def _loads(root: HtmlElement) -> Iterator[str]:
    for element in root.iter(*_LOADS):
        if address := element.get(_LOADS[str(element.tag)]):
            yield address


def _code(root: HtmlElement) -> Iterator[CodeElement]:
    for element in root.iter(*_CODE):
        text = element.text or ""
        digest = b64encode(hashlib.sha256(text.encode()).digest()).decode()
        yield CodeElement(
            tag=str(element.tag),
            line=element.sourceline or 1,
            kind=element.get("type", ""),
            source=element.get("src", ""),
            text=text,
            digest=digest,
        )


def built_name(page: str) -> str:
    """Return the file that a page is built into: `tests.md` becomes `tests/index.html`."""
    stem = page.rpartition(".")[0]
    folder, _, name = stem.rpartition("/")
    if name in ("index", "README"):
        return f"{folder}/{INDEX}" if folder else INDEX
    return f"{stem}/{INDEX}"
