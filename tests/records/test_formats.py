"""Records of one work, as ten programs and databases export them, make one and the same source."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from sourced_guide.claims.model.place import Place
from sourced_guide.claims.model.source import Source
from sourced_guide.records.csl import fields_of, partial_date
from sourced_guide.records.errors import RecordError
from sourced_guide.records.export import bibliography
from sourced_guide.records.identifiers import identify
from sourced_guide.records.read import read_records
from sourced_guide.records.source_file import new_key, source_text

EXPORTS = Path(__file__).parent / "exports"
FILES = sorted(path for path in EXPORTS.iterdir() if path.suffix != ".md")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_export_gives_the_same_work(path: Path) -> None:
    [item] = read_records(path)
    fields = fields_of(item)
    assert fields["type"] == "article-journal"
    assert fields["title"].lower().startswith("direct decompressive surgical resection in the")
    assert fields["title"].lower().endswith("a randomised trial")
    assert [name.get("family") for name in fields["author"]][:2] == ["Patchell", "Tibbs"]
    assert fields["issued"][:4] == "2005"
    assert "Lancet" in fields["container-title"]
    assert (fields["volume"], fields["issue"]) == ("366", "9486")
    assert fields["page"] in ("643-648", "643-8")
    assert fields["DOI"].lower() == "10.1016/s0140-6736(05)66954-1"
    assert fields.get("PMID", "16112300") == "16112300"
    assert "abstract" not in fields


def test_a_source_file_holds_what_is_known_and_marks_the_rest() -> None:
    [item] = read_records(EXPORTS / "pubmed.nbib")
    text = source_text(item)
    written = yaml.load(text, Loader=yaml.BaseLoader)
    assert written["kind"] == "trial"
    assert written["status"] == "current"
    assert written["author"][0] == {"family": "Patchell", "given": "Roy A"}
    assert {name for name, value in written.items() if not value} == {"read", "checked", "passages"}
    assert text.count("# to fill in") == 3


def test_dates_are_exported_in_parts() -> None:
    csl = {"title": "Owls", "issued": "2021-03", "accessed": "2026-11-21"}
    [item] = json.loads(bibliography({"owl": Source("owl", Place("owl.yml"), csl)}, "csl"))
    assert item["issued"] == {"date-parts": [[2021, 3]]}
    assert item["accessed"] == {"date-parts": [[2026, 11, 21]]}


def test_what_has_no_author_and_no_date_is_marked() -> None:
    text = source_text({"type": "webpage", "title": "Back pain", "URL": "https://example.org/a"})
    assert "# author: no record of it" in text
    assert "# issued: no record of it" in text


@pytest.mark.parametrize(
    ("type_", "kind"), [("regulation", "law"), ("legislation", "law"), ("report", None)]
)
def test_a_statute_is_a_law(type_: str, kind: str | None) -> None:
    text = source_text({"type": type_, "title": "45 CFR 46.116"})
    assert yaml.safe_load(text)["kind"] == kind


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("10.1001/jama.2020.0716", "DOI", "10.1001/jama.2020.0716"),
        ("https://doi.org/10.1001/jama.2020.0716", "DOI", "10.1001/jama.2020.0716"),
        ("doi: 10.1016/S0140-6736(05)66954-1", "DOI", "10.1016/S0140-6736(05)66954-1"),
        ("16112300", "PMID", "16112300"),
        ("https://pubmed.ncbi.nlm.nih.gov/16112300/", "PMID", "16112300"),
        ("PMC5551391", "PMCID", "PMC5551391"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC5551391/", "PMCID", "PMC5551391"),
        ("978-1-4731-5305-9", "ISBN", "9781473153059"),
        ("0-306-40615-2", "ISBN", "0306406152"),
        ("https://example.org/leaflet.html", "URL", "https://example.org/leaflet.html"),
    ],
)
def test_an_identifier_is_recognized(text: str, kind: str, value: str) -> None:
    assert identify(text) == (kind, value)


@pytest.mark.parametrize("text", ["", "patchell-2005", "978-1-4731-5305-8", "ftp://example.org/a"])
def test_what_is_no_identifier_is_none(text: str) -> None:
    assert identify(text) is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2020-06-16", "2020-06-16"),
        ("2020/6/16/", "2020-06-16"),
        ("2020 Jun 16", "2020-06-16"),
        ("2020 Jun 16-22", "2020-06"),
        ("2020 Jan-Feb", "2020-01"),
        ("June 2020", "2020-06"),
        ("16 June 2020", "2020-06"),
        ("2020-02-31", "2020-02"),
        ("2020 Spring", "2020"),
        ("2020-06-16T10:00:00Z", "2020-06-16"),
        ("in press", ""),
    ],
)
def test_a_date_is_read_as_far_as_it_is_one(text: str, date: str) -> None:
    assert partial_date(text) == date


def test_a_key_is_free_and_says_who_and_when() -> None:
    fields = {
        "author": [{"family": "Ménière", "given": "P"}],
        "issued": "2020-06",
        "title": "On the ear",
    }
    assert new_key(fields, ()) == "meniere-2020"
    assert new_key(fields, {"meniere-2020"}) == "meniere-2020-ear"
    assert new_key(fields, {"meniere-2020", "meniere-2020-ear"}) == "meniere-2020-ear-2"
    body = {"author": [{"literal": "National Institute for Health"}], "title": "Pain"}
    assert new_key(body, ()) == "national-institute"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"", "format is not known"),
        (b"Dear editor,\nplease find", "format is not known"),
        (b"{not json", "not JSON"),
        (b"[1, 2]", "no list of CSL items"),
        (b"@article{a, title = {x", "not BibTeX"),
        (b"\xff\xfe", "not UTF-8"),
    ],
    ids=["empty", "prose", "broken JSON", "numbers", "open entry", "UTF-16"],
)
def test_a_file_that_is_no_record_says_why(tmp_path: Path, text: bytes, says: str) -> None:
    path = tmp_path / "export.txt"
    path.write_bytes(text)
    with pytest.raises(RecordError, match=says):
        read_records(path)
