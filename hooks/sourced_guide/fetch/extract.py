"""Plain text of a response: of HTML, PDF, JATS and text files, in reading order.

This runs in a process of its own (`sourced_guide.fetch.worker`): an untrusted file can be made to
keep a parser busy forever, or to fill the memory.
"""

from __future__ import annotations

import io
import re

from inscriptis import Inscriptis
from inscriptis.css_profiles import STRICT_CSS_PROFILE
from inscriptis.model.config import ParserConfig
from lxml.etree import (
    Comment,
    Entity,
    XMLParser,
    XMLSyntaxError,
    fromstring,
    iterwalk,
    strip_elements,
)
from lxml.html import HTMLParser, document_fromstring
from pypdf import PdfReader
from w3lib.encoding import html_to_unicode

from sourced_guide.fetch.errors import UnreachableError

_PDF, _HTML, _JATS, _PLAIN = "a PDF", "a page", "an article in XML", "a text"
_TYPES = {
    "application/pdf": _PDF,
    "application/xhtml+xml": _HTML,
    "application/xml": _JATS,
    "text/xml": _JATS,
    "text/html": _HTML,
    "text/plain": _PLAIN,
}
# A PDF says so within its first kibibyte (ISO 32000-2, 7.5.2 and annex I), whatever its host says.
_PDF_HEAD = re.compile(rb"%PDF-\d")
_HTML_HEAD = re.compile(rb"\s*<(?:!doctype html|html)\b", re.IGNORECASE)
# Journal Article Tag Suite (ANSI/NISO Z39.96), in which open archives keep articles. References and
# the marks that lead to them are left out: a passage is the article's own words.
_JATS_SKIPPED = ("ref-list", "journal-meta", "permissions", "contrib-group", "tex-math")
_JATS_BLOCKS = frozenset(
    (
        "article-title",
        "title",
        "p",
        "list-item",
        "td",
        "th",
        "caption",
        "sec",
        "abstract",
        "disp-quote",
    )
)
_SPACES = re.compile(r"\s+")
# What a page does not show.
_UNSEEN = (
    "//script | //style | //template | //noscript | //iframe | //svg/title | //svg/desc"
    " | //*[@hidden and not(@hidden='until-found')]"
)
_UNSEEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# Inscriptis lays out table cells side by side, which cuts their sentences up, puts marks before
# list items, and treats the rest as inline.
_BLOCKS = (
    *("dd", "dl", "dt", "li", "ol", "ul"),
    *("caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"),
    *("button", "fieldset", "form", "label", "legend", "option", "textarea"),
    *("details", "main", "section", "summary"),
)
# The encoding of Western pages that name none (WHATWG Encoding Standard, and HTML 13.2.3.2).
_WESTERN = "cp1252"


def extract_text(body: bytes, content_type: str, most: int) -> str:
    """Return the visible text, one line per paragraph, without empty lines.

    `content_type` is the header field. Raises UnreachableError where there is no text, or more than
    `most` characters.
    """
    kind = _kind(body, content_type)
    if kind == _PDF:
        text = _pdf_text(body)
    elif kind == _JATS:
        text = _jats_text(body)
    else:
        text = _decoded(body, content_type)
        text = _html_text(text) if kind == _HTML else text
    lines = (" ".join(line.split()) for line in text.replace("\0", "").splitlines())
    text = "".join(f"{line}\n" for line in lines if line)
    if not text:
        raise UnreachableError(f"{kind} without text (images only, or filled in by a script)")
    if len(text) > most:
        raise UnreachableError(f"its text has more than {most:,} characters")
    return text


def _kind(body: bytes, content_type: str) -> str:
    named = content_type.partition(";")[0].strip().lower()
    if _PDF_HEAD.search(body, 0, 1024):
        return _PDF
    if kind := _TYPES.get(named):
        return kind
    if not named and _HTML_HEAD.match(body):
        return _HTML
    raise UnreachableError(f"unsupported content type '{named or 'none'}'")


def _decoded(body: bytes, content_type: str) -> str:
    """Decode as browsers do: by byte order mark, header field or `meta`.

    But bytes that are not ASCII and yet valid UTF-8 are UTF-8, whatever was declared. Where most of
    them are invalid in the declared encoding, the declaration was wrong, too.
    """
    if not body.isascii() and b"\0" not in body:
        try:
            return body.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
    text = html_to_unicode(content_type, body, _WESTERN)[1]
    if text.count("\ufffd") * 2 > sum(byte > 0x7F for byte in body):
        return body.decode(_WESTERN, errors="replace")
    return text


def _html_text(markup: str) -> str:
    parser = HTMLParser(encoding="utf-8")
    if not markup.strip():
        return ""
    tree = document_fromstring(markup.encode("utf-8", errors="replace"), parser=parser)
    unseen = [
        *tree.xpath(_UNSEEN),
        *(part for part in tree.xpath("//*[@style]") if _UNSEEN_STYLE.search(part.get("style"))),
    ]
    for part in unseen:
        # Its parent may have been removed already; its tail stays.
        if part.getparent() is not None:
            part.drop_tree()
    for part in tree.iter(*_BLOCKS):
        part.tag = "div"
    text: str = Inscriptis(tree, ParserConfig(css=STRICT_CSS_PROFILE)).get_text()
    return text


def _jats_text(body: bytes) -> str:
    # No entity is expanded and nothing is loaded: a file could grow without bounds (CWE-776).
    parser = XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        article = fromstring(body, parser)
    except XMLSyntaxError as error:
        raise UnreachableError(f"it is not well-formed XML: {error}") from error
    if article.tag != "article":
        raise UnreachableError(f"XML of an unsupported type, '{article.tag!s}'")
    strip_elements(article, *_JATS_SKIPPED, Comment, Entity, with_tail=False)
    for reference in article.iterfind(".//xref[@ref-type='bibr']"):
        # The space that the number leaves behind is taken out with the others.
        reference.clear(keep_tail=True)
    pieces: list[str] = []
    for event, element in iterwalk(article, events=("start", "end")):
        text = (element.text if event == "start" else element.tail) or ""
        pieces += ("\n" if element.tag in _JATS_BLOCKS else "", _SPACES.sub(" ", text))
    return "".join(pieces)


def _pdf_text(body: bytes) -> str:
    reader = PdfReader(io.BytesIO(body))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreachableError("a password-protected PDF")
    return "\n".join(page.extract_text() for page in reader.pages)
