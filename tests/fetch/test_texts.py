"""The text of pages, PDFs and texts, as a person reads it, whatever they say of themselves."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
import typst

from sourced_guide.fetch.errors import UnreachableError
from sourced_guide.fetch.extract import extract_text
from sourced_guide.fetch.snapshot import Outcome

from .conftest import Answer, Fetch, Host, answer

SENTENCE = "It’s “worse” at night – for about 30% of people."
MARKUP = f"<!doctype html><title>Spine</title><p>{SENTENCE}</p>"


def text(host: Host, fetch: Fetch, body: bytes, content_type: str) -> str:
    host.answers["/page"] = answer(body, content_type)
    copied = fetch(host.url("/page"))
    assert copied.outcome is Outcome.FETCHED, copied.says
    return fetch.text


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (MARKUP.encode(), "text/html; charset=iso-8859-1"),
        (MARKUP.replace("<title>", "<meta charset=latin1><title>").encode(), "text/html"),
        (MARKUP.encode("cp1252"), "text/html"),
        (MARKUP.encode("cp1252"), "text/html; charset=iso-8859-1"),
        (MARKUP.encode("cp1252"), "text/html; charset=utf-8"),
        (MARKUP.encode("cp1252"), "text/html; charset=no-such-thing"),
        (MARKUP.replace("<title>", "<meta charset=cp1252><title>").encode("cp1252"), "text/html"),
        (MARKUP.encode("utf-16"), "text/html"),
        (MARKUP.encode("utf-16"), "text/html; charset=utf-8"),
        (MARKUP.encode("utf-16-be"), "text/html; charset=utf-16be"),
        (MARKUP.encode("utf-8-sig"), "text/html; charset=windows-1252"),
        (b'<?xml version="1.0" encoding="utf-8"?>' + MARKUP.encode(), "application/xhtml+xml"),
        (MARKUP.encode(), ""),
        (SENTENCE.encode("cp1252"), "text/plain"),
        (SENTENCE.encode("utf-16"), "text/plain"),
    ],
)
def test_whatever_the_encoding_is_said_to_be(body: bytes, content_type: str) -> None:
    assert extract_text(body, content_type, 100) == f"{SENTENCE}\n"


def test_a_host_that_says_the_wrong_encoding(host: Host, fetch: Fetch) -> None:
    for content_type in ("text/html; charset=iso-8859-1", "text/html; charset=\0\xff"):
        assert text(host, fetch, MARKUP.encode(), content_type) == f"{SENTENCE}\n"


def test_one_broken_byte_breaks_one_letter() -> None:
    body = MARKUP.encode().replace(b"night", b"n\xffght")
    expected = SENTENCE.replace("night", "n\ufffdght") + "\n"
    assert extract_text(body, "text/html; charset=utf-8", 100) == expected


def test_what_a_page_shows_in_the_order_of_reading() -> None:
    page = """<!doctype html><html><head><title>Tab</title><style>p {color: red}</style></head>
    <body><script>let script = "no";</script><!-- comment --><noscript>no script</noscript>
    <h1><span>B</span>ack p<b>ai</b>n</h1><p>It may   hurt
    more<br>at night.</p><template>template</template><p hidden>hidden</p>
    <div style="display: none"><p hidden>twice</p></div><p style="VISIBILITY:hidden">unseen</p>tail
    <ul><li>Legs<ul><li>weak</li></ul></li><li>Arms</li></ul><dl><dt>Spine<dd>Bones</dl>
    <table><tr><th>Sign<th>Call</tr><tr><td><p>Pain</p><p>at night</p></td>
    <td><p>Your</p><p>team</p></td></tr></table>
    <details><summary>More</summary>Folded<section>Apart</section></details>
    <svg><title>drawing</title><text>Drawn</text></svg><p hidden="until-found">Found</p>
    <p>H<sub>2</sub>O at 5&nbsp;&lt;&nbsp;6</p></body></html>"""
    assert extract_text(page.encode(), "text/html", 1000).splitlines() == [
        *("Back pain", "It may hurt more", "at night.", "tail", "Legs", "weak", "Arms", "Spine"),
        *("Bones", "Sign", "Call", "Pain", "at night", "Your", "team", "More", "Folded", "Apart"),
        *("Drawn", "Found", "H2O at 5 < 6"),
    ]


@pytest.mark.parametrize("content_type", ["application/pdf", "application/octet-stream", ""])
def test_a_pdf_whatever_its_type_is_said_to_be(host: Host, fetch: Fetch, content_type: str) -> None:
    pdf = typst.compile(b"= Back pain\n\nIt may hurt more at night.\n#pagebreak()\nCall now.")
    assert text(host, fetch, pdf, content_type) == (
        "Back pain\nIt may hurt more at night.\nCall now.\n"
    )


def _without_text(**saved_as: Any) -> bytes:
    pdf, file = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.save(file, **saved_as)
    return file.getvalue()


def _with_password() -> bytes:
    return _without_text(
        encryption=pikepdf.Encryption(owner="a", user="b", R=3, aes=False, metadata=False)
    )


@pytest.mark.parametrize(
    ("body", "content_type", "says"),
    [
        (b"", "text/html", "a page without text (images only, or filled in by a script)"),
        (b"<script>1</script>", "text/html", "a page without text (images only, or filled in by "),
        (
            _without_text(),
            "application/pdf",
            "a PDF without text (images only, or",
        ),
        (_with_password(), "application/pdf", "a password-protected PDF"),
        (b"GIF89a", "image/gif", "unsupported content type 'image/gif'"),
        (b"a b " * 999, "text/plain", "its text has more than 100 characters"),
        (b"<b>" * 100_000, "text/html", "a page without text"),
    ],
)
def test_what_has_no_text(body: bytes, content_type: str, says: str) -> None:
    with pytest.raises(UnreachableError) as error:
        extract_text(body, content_type, 100)
    assert str(error.value).startswith(says)


def test_what_has_no_text_or_is_broken_leaves_no_file(host: Host, fetch: Fetch) -> None:
    for body, says in {
        _without_text(): "a PDF without text (images only, or filled in by a script)",
        b"%PDF-1.7 and no more": "text extraction failed: pypdf.errors.",
    }.items():
        host.answers["/page"] = answer(body, "application/pdf")
        copied = fetch(host.url("/page"))
        assert copied.outcome is Outcome.UNREACHABLE
        assert copied.says.startswith(says)
        assert fetch.files == []


def test_reading_ends_where_it_takes_too_long_or_too_much(host: Host, fetch: Fetch) -> None:
    host.answers["/page"] = answer(MARKUP.encode(), "text/html")
    assert (
        fetch(host.url("/page"), extraction_timeout=0.01).says
        == "text extraction timed out after 0.01 s"
    )
    host.answers["/page"] = answer(MARKUP.encode() * 9999, "text/html")
    assert "text extraction failed: " in fetch(host.url("/page"), memory=2**20).says
    assert fetch.files == []


JATS = b"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) 1.3//EN" "JATS-archivearticle1-3.dtd">
<article><front><article-meta><title-group><article-title>Pain in the spine</article-title>
</title-group><contrib-group><contrib>A. Writer</contrib></contrib-group>
<abstract><p>It is <italic>worse</italic> at night.</p></abstract></article-meta></front>
<body><sec><title>Results</title><p>Most had pain
<xref ref-type="bibr" rid="r1">1</xref>, it is said.</p><table-wrap><table><tbody><tr>
<td>9 of 10</td><td>pain</td></tr></tbody></table></table-wrap></sec></body>
<back><ref-list><ref id="r1">Somebody else</ref></ref-list></back></article>"""


def test_an_open_full_text_is_preferred_to_a_page(host: Host, fetch: Fetch) -> None:
    host.answers["/page"] = answer(MARKUP.encode())
    host.answers["/europepmc/PMC1/fullTextXML"] = answer(JATS, "application/xml")
    fetched = fetch(host.url("/page"), pmcid="PMC1")
    assert fetched.says.endswith(f"; full text at {host.url('/europepmc/PMC1/fullTextXML')}")
    assert fetch.text.splitlines() == [
        *("Pain in the spine", "It is worse at night."),
        *("Results", "Most had pain , it is said.", "9 of 10", "pain"),
    ]
    assert "/page" not in host.asked


@pytest.mark.parametrize(
    "reply",
    [
        answer(status=404),
        answer(b"<html>", "application/xml"),
        answer(b"<collection/>", "application/xml"),
        answer(
            b'<!DOCTYPE article [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><article>&c;</article>',
            "application/xml",
        ),
    ],
    ids=["closed", "broken", "another type", "entities only"],
)
def test_without_an_open_full_text_the_page_is_fetched(
    host: Host, fetch: Fetch, reply: Answer
) -> None:
    host.answers["/page"] = answer(MARKUP.encode())
    host.answers["/europepmc/PMC1/fullTextXML"] = reply
    assert fetch(host.url("/page"), pmcid="PMC1").outcome is Outcome.FETCHED
    assert fetch.text == f"{SENTENCE}\n"
