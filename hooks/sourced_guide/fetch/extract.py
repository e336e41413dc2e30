"""From what a host sent to plain text: pages, PDFs and texts, in reading order.

This runs in a process of its own (`sourced_guide.fetch.worker`): a stranger's file can be made to
keep a reader busy for ever, or to fill the memory.
"""

from __future__ import annotations

import io
import re

from inscriptis import Inscriptis
from inscriptis.css_profiles import STRICT_CSS_PROFILE
from inscriptis.model.config import ParserConfig
from lxml.html import HTMLParser, document_fromstring
from pypdf import PdfReader
from w3lib.encoding import html_to_unicode

from sourced_guide.fetch.errors import CouldNotLookError

_PDF, _HTML, _PLAIN = "a PDF", "a page", "a text"
_TYPES = {
    "application/pdf": _PDF,
    "application/xhtml+xml": _HTML,
    "text/html": _HTML,
    "text/plain": _PLAIN,
}
# A PDF says so within its first kibibyte (ISO 32000-2, 7.5.2 and annex I), whatever its host says.
_PDF_HEAD = re.compile(rb"%PDF-\d")
_HTML_HEAD = re.compile(rb"\s*<(?:!doctype html|html)\b", re.IGNORECASE)
# What a page shows nobody.
_UNSEEN = (
    "//script | //style | //template | //noscript | //iframe | //svg/title | //svg/desc"
    " | //*[@hidden and not(@hidden='until-found')]"
)
_UNSEEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# Inscriptis sets the cells of a table side by side, which cuts their sentences up, marks list
# items, and takes the other ones for words in a line.
_ON_LINES_OF_THEIR_OWN = (
    *("dd", "dl", "dt", "li", "ol", "ul"),
    *("caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"),
    *("button", "fieldset", "form", "label", "legend", "option", "textarea"),
    *("details", "main", "section", "summary"),
)
# The encoding of Western pages that name none (WHATWG Encoding Standard, and HTML 13.2.3.2).
_WESTERN = "cp1252"


def text_of(body: bytes, content_type: str, most: int) -> str:
    """Return the text that a reader sees, a line for a paragraph, without empty lines.

    `content_type` is the header field. Raises CouldNotLookError where there is no text to be had,
    or where it has more than `most` characters.
    """
    kind = _kind(body, content_type)
    if kind == _PDF:
        text = _pdf_text(body)
    else:
        text = _decoded(body, content_type)
        text = _html_text(text) if kind == _HTML else text
    lines = (" ".join(line.split()) for line in text.replace("\0", "").splitlines())
    text = "".join(f"{line}\n" for line in lines if line)
    if not text:
        raise CouldNotLookError(f"{kind} without text: of images, or filled in by a script")
    if len(text) > most:
        raise CouldNotLookError(f"its text has more than {most:,} characters")
    return text


def _kind(body: bytes, content_type: str) -> str:
    named = content_type.partition(";")[0].strip().lower()
    if _PDF_HEAD.search(body, 0, 1024):
        return _PDF
    if kind := _TYPES.get(named):
        return kind
    if not named and _HTML_HEAD.match(body):
        return _HTML
    raise CouldNotLookError(f"neither a page, a text nor a PDF, but '{named or 'of no type'}'")


def _decoded(body: bytes, content_type: str) -> str:
    """Decode as browsers do: by byte order mark, header field, or `meta`.

    But bytes that are not plain ASCII and yet valid UTF-8 are UTF-8, whatever was declared. And
    where most of them are not valid in what was declared, that was wrong, too.
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
        *(each for each in tree.xpath("//*[@style]") if _UNSEEN_STYLE.search(each.get("style"))),
    ]
    for each in unseen:
        # What holds it may have gone already, and what follows it stays.
        if each.getparent() is not None:
            each.drop_tree()
    for each in tree.iter(*_ON_LINES_OF_THEIR_OWN):
        each.tag = "div"
    text: str = Inscriptis(tree, ParserConfig(css=STRICT_CSS_PROFILE)).get_text()
    return text


def _pdf_text(body: bytes) -> str:
    reader = PdfReader(io.BytesIO(body))
    if reader.is_encrypted and not reader.decrypt(""):
        raise CouldNotLookError("a PDF with a password")
    return "\n".join(page.extract_text() for page in reader.pages)
