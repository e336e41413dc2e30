"""What programs write in a way of their own, and files that are broken. All works are invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sourced_guide.records.csl import fields_of
from sourced_guide.records.errors import RecordError
from sourced_guide.records.read import read_records
from sourced_guide.records.source_file import new_key, same_work


def read(tmp_path: Path, text: str) -> list[dict[str, Any]]:
    path = tmp_path / "export"
    path.write_bytes(text.encode())
    return [fields_of(item) for item in read_records(path)]


ODDITIES: dict[str, dict[str, Any]] = {
    # Zotero's BibTeX escapes addresses.
    "zotero.bib": {
        "title": "An Owl",
        "URL": "https://example.org/a_b?x=1&y=2",
        "DOI": "10.5555/a_b",
    },
    # Better BibLaTeX names the parts of a name.
    "better-biblatex.bib": {
        "title": "Owls: A Study",
        "author": [
            {"family": "Owl", "given": "Ann"},
            {"family": "Nest", "given": "Bo", "non-dropping-particle": "van der"},
        ],
        "issued": "2021-03-02",
        "PMID": "12345678",
    },
    # BibLaTeX numbers a report.
    "report.bib": {"type": "report", "number": "12", "publisher": "An Office"},
    # TexMed's key is the PMID.
    "texmed.bib": {
        "title": "Owls",
        "PMID": "12345678",
        "author": [{"family": "Owl", "given": "A."}],
    },
    # Taylor & Francis write a journal in full and abbreviated.
    "taylor-francis.ris": {
        "title": "Owls",
        "container-title": "Journal of Owls",
        "issued": "2021-03-02",
    },
    # EBSCO begins with the database and ends titles.
    "ebsco.ris": {"title": "Owls sleep", "container-title": "Journal of owls", "issued": "2021-03"},
    # Ovid adds the kind of article.
    "ovid.ris": {"title": "Owls", "PMID": "12345678", "issued": "2021"},
    # EndNote splits the date.
    "endnote.ris": {"issued": "2021-03-02", "PMID": "12345678", "PMCID": "PMC1234567"},
    # A chapter from PubMed.
    "chapter.nbib": {
        "type": "chapter",
        "title": "Nests",
        "container-title": "The Book of Owls",
        "editor": [{"family": "Nest", "given": "Bo"}],
        "issued": "2021",
    },
    # A book from PubMed.
    "book.nbib": {
        "type": "book",
        "title": "The Book of Owls",
        "editor": [{"family": "Nest", "given": "Bo"}],
    },
    # Pandoc's YAML has the date in parts.
    "pandoc.yaml": {"issued": "2021-03-02"},
    # An abbreviation keeps its full stop.
    "abbreviation.json": {"title": "Owls in the U.S."},
    # Old Macintosh line ends.
    "old-macintosh.ris": {"title": "Owls", "issued": "2021"},
}


@pytest.mark.parametrize(("name", "expected"), ODDITIES.items(), ids=ODDITIES)
def test_a_program_s_own_way_gives_the_right_fields(name: str, expected: dict[str, Any]) -> None:
    [item] = read_records(Path(__file__).parent / "oddities" / name)
    fields = fields_of(item)
    assert {name: fields.get(name) for name in expected} == expected
    assert "edition" not in fields


def test_a_record_that_begins_with_empty_lines_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, '\n\n [{"type": "book", "title": "Owls"}]')[0]["title"] == "Owls"


def test_a_name_s_suffix_is_no_part_of_its_given_names(tmp_path: Path) -> None:
    [fields] = read(tmp_path, "@book{a, title={Owls}, author={Nest, Jr., Bo}}")
    assert fields["author"] == [{"family": "Nest", "given": "Bo", "suffix": "Jr."}]


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\nTI  - Owls\nTY  - JOUR\nTI  - Nests\nER  - \n",
        "TY  - JOUR\nTI  - Owls\nER  - \nTY  - JOUR\nTI  - Nests\n",
    ],
    ids=["in the middle", "at the end"],
)
def test_a_record_without_its_end_is_not_lost(tmp_path: Path, text: str) -> None:
    assert [fields["title"] for fields in read(tmp_path, text)] == ["Owls", "Nests"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "@article{a,\n title = {Owls,\n year = 2021\n}\n@book{b, title={x}}",
            "line 1 .*Unexpected",
        ),
        ("@book{a, title={x}}\n@book{a, title={y}}", "line 2 .*Duplicate entry key 'a'$"),
        ("@book{a, title={x}, title={y}}", "line 1 .*Duplicate field keys on entry: 'title'$"),
        ('[{"title": "Owls", "id":', "not JSON"),
        ("[" * 100_000, "too deep"),
        ("- " * 10_000, "too deep"),
        ("TI  - Owls\nER  - \n", "format is not known"),
        ('"Key","Title"\n"A","Owls"\n', "format is not known; export it as CSL JSON"),
        ("%0 Journal Article\n%T Owls\n", "format is not known"),
        ('<?xml version="1.0"?><xml><records/></xml>', "format is not known"),
        ("@comment{nothing}", "no record"),
    ],
)
def test_a_broken_file_says_why_in_a_sentence_of_ours(
    tmp_path: Path, text: str, says: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(RecordError, match=says):
        read(tmp_path, text)
    assert capfd.readouterr().err == ""


def test_values_of_the_wrong_type_are_left_out(tmp_path: Path) -> None:
    [fields] = read(
        tmp_path,
        '[{"title": ["梟"], "author": "Owl", "issued": {"date-parts": [[null]]}, "DOI": {"x": 1},'
        ' "page": 12, "accessed": true, "note": ["x"], "type": 7}]',
    )
    assert fields == {"type": "document", "title": "梟", "page": "12"}
    assert new_key(fields, ()) == "source"
    assert new_key(fields, {"source"}) == "source-2"


def test_a_chapter_is_not_its_book(tmp_path: Path) -> None:
    book, chapter = read(
        tmp_path,
        "TY  - BOOK\nTI  - Owls\nSN  - 978-1-4731-5305-9\nER  - \n"
        "TY  - CHAP\nTI  - Nests\nT2  - Owls\nSN  - 978-1-4731-5305-9\nER  - \n",
    )
    assert same_work(chapter, {"owls": book}) == ("", "")
    assert same_work(book, {"owls": book}) == ("owls", "ISBN")
