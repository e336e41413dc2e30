"""Whatever bytes a file holds, the check ends with findings or with a sentence.

Hypothesis tries dozens of texts or projects a test, which takes a second or two.
"""

from __future__ import annotations

import contextlib
import io

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from sourced_guide.cli.main import claims as main

from .few_pages import our_project
from .written_pages import few, folder_of

# Any bytes

pieces = st.sampled_from(
    [
        *(
            b"---\n",
            b"- ",
            b"    ",
            b"> ",
            b"# ",
            b"!!! ",
            b"||",
            b"```",
            b"<div>",
            b"<!--",
            b"&#0;",
        ),
        *(b"[@spine#pain]", b"[@", b"]", b"[", b"](", b"**", b"\n\n", b"\r", b"\t", b"\0", b"\xff"),
        *(
            b"title: ",
            b"passages:\n  a:\n",
            b": [",
            b"{",
            b"*a",
            b"&a ",
            b"!!x ",
            b'"',
            b"\xed\xa0\x80",
        ),
        *(b"--8<-- ", b"{ .editorial }", b"\x02wzxhzdk:0\x03", b"\xe2\x80\xae", b"\xef\xbb\xbf"),
        *(
            b"markdown_extensions:\n",
            b"  - toc: ",
            b"docs_dir: ",
            b"INHERIT: ",
            b"!ENV ",
            b"9" * 400,
        ),
    ]
)


anything = st.lists(st.one_of(pieces, pieces, st.binary(max_size=6)), max_size=12).map(b"".join)


OUR_EXTENSIONS = yaml.safe_dump({"markdown_extensions": list(our_project().extensions)}).encode()


def run_on(page: bytes = b"", source: bytes | None = None, config: bytes = b"") -> None:
    """Run `guide check`; it says what it found, or in one sentence why it could not run."""
    with folder_of({"page.md": page}) as docs:
        if source is not None:
            (docs / "references/other.yml").write_bytes(source)
        settings_file = docs.parent / "mkdocs.yml"
        settings_file.write_bytes(config or OUR_EXTENSIONS)
        (docs.parent / "includes").mkdir()
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main(["check", "--config", str(settings_file)])
        printed, errors = (_bytes(each) for each in (out, err))
    assert code in (0, 1, 2)
    if code == 2:
        assert (printed, len(errors.splitlines())) == (b"", 1)
    else:
        assert errors == b""
        assert b"finding" in printed.splitlines()[-1]


def _bytes(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue()


@few
@given(anything)
@example(b"\xff")
@example(b"> " * 300)
@example("Many lack vitamin D\u00a0. See a doctor.".encode())
def test_any_bytes_can_be_a_page(content: bytes) -> None:
    run_on(page=content)


@few
@given(anything)
def test_any_bytes_can_be_front_matter(content: bytes) -> None:
    run_on(page=b"---\n" + content + b"\n---\n\n# Road\n")


@few
@given(anything)
def test_any_bytes_can_be_a_source_file(content: bytes) -> None:
    run_on(source=content)


@few
@given(anything)
@example(b"markdown_extensions:\n  - toc: 5\n")
@example(b"INHERIT: mkdocs.yml\n")
def test_any_bytes_can_be_the_settings(content: bytes) -> None:
    run_on(config=content)
    run_on(config=b"docs_dir: docs\n" + content)
