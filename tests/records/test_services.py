"""Records from the services that keep them, which here are hosts of this machine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from sourced_guide.fetch.crawler import Crawler
from sourced_guide.records.add import SourceFolder
from sourced_guide.records.csl import fields_of
from sourced_guide.records.errors import RecordError
from sourced_guide.records.identifiers import Identifier, identify
from sourced_guide.records.services import Services

from ..fetch.conftest import Host, answer, client, host, make_host

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["host", "make_host"]

DOI = Identifier("DOI", "10.1016/S0140-6736(05)66954-1")
RESULT: dict[str, Any] = {
    "pmid": "16112300",
    "doi": "10.1016/S0140-6736(05)66954-1",
    "title": "Direct decompressive surgical resection.",
    "authorList": {
        "author": [
            {"firstName": "Roy A", "lastName": "Patchell"},
            {"collectiveName": "The Trial Group"},
        ]
    },
    "journalInfo": {
        "issue": "9486",
        "volume": "366",
        "dateOfPublication": "2005 Aug",
        "journal": {"title": "Lancet (London, England)"},
    },
    "pageInfo": "643-648",
    "pubTypeList": {"pubType": ["Randomized Controlled Trial", "Journal Article"]},
}
MESSAGE = {
    "DOI": "10.5555/a",
    "type": "journal-article",
    "title": ["On bread"],
    "author": [{"given": "Ann", "family": "Baker"}],
    "issued": {"date-parts": [[2021, 3]]},
    "updated-by": [{"type": "retraction", "DOI": "10.5555/b"}],
}


def services(host: Host) -> Services:
    return Services(
        Crawler(client(host)), host.url("/pmc"), host.url("/pubmed"), host.url("/crossref")
    )


def answer_json(host: Host, start: str, data: Any) -> None:
    """Let every path of a host that begins so answer with JSON."""
    response = answer(json.dumps(data).encode(), "application/json")

    class Answers(dict[str, Any]):
        def get(self, path: str, missing: Any = None) -> Any:
            return next((self[key] for key in self if path.startswith(key)), missing)

    host.answers = Answers({**host.answers, start: response})


def test_a_work_that_europe_pmc_knows(host: Host) -> None:
    answer_json(host, "/pmc/search?query=DOI", {"resultList": {"result": [RESULT]}})
    record = services(host).look_up(DOI)
    fields = fields_of(record.item)
    assert fields["title"] == "Direct decompressive surgical resection"
    assert fields["type"] == "article-journal"
    assert fields["author"] == [
        {"family": "Patchell", "given": "Roy A"},
        {"literal": "The Trial Group"},
    ]
    assert (fields["issued"], fields["page"], fields["PMID"]) == ("2005-08", "643-648", "16112300")
    assert record.notices == ()


def test_a_book_that_europe_pmc_knows(host: Host) -> None:
    result = {**RESULT, "bookOrReportDetails": {"publisher": "An Office"}}
    answer_json(host, "/pmc/", {"resultList": {"result": [result]}})
    fields = fields_of(services(host).look_up(DOI).item)
    assert (fields["type"], fields["publisher"]) == ("book", "An Office")


def test_a_retraction_and_a_newer_version_are_named(host: Host, tmp_path: Path) -> None:
    corrections = [
        {"type": "Retraction in", "reference": "Lancet. 2030;1:1"},
        {"type": "Update in", "reference": "Lancet. 2031;1:1"},
        {"type": "Comment in", "reference": "Lancet. 2006;1:1"},
    ]
    result = {**RESULT, "commentCorrectionList": {"commentCorrection": corrections}}
    answer_json(host, "/pmc/", {"resultList": {"result": [result]}})
    record = services(host).look_up(Identifier("PMID", "16112300"))
    assert record.notices == (
        "retracted: Lancet. 2030;1:1",
        "replaced by a newer version: Lancet. 2031;1:1",
    )
    lines = SourceFolder(tmp_path, {}).add(record)
    assert "  note: retracted: Lancet. 2030;1:1" in lines
    assert "status: retracted" in (tmp_path / "patchell-2005.yml").read_text("utf-8")


def test_crossref_knows_what_is_not_in_europe_pmc(host: Host) -> None:
    answer_json(host, "/pmc/", {"resultList": {"result": []}})
    answer_json(host, "/crossref/works/10.5555%2Fa", {"message": MESSAGE})
    record = services(host).look_up(Identifier("DOI", "10.5555/a"))
    assert fields_of(record.item)["author"] == [{"family": "Baker", "given": "Ann"}]
    assert record.notices == ("retracted: 10.5555/b",)


def test_pubmed_stands_in_for_europe_pmc(host: Host) -> None:
    host.answers["/pmc/"] = answer(status=503)
    item = {"type": "article-journal", "title": "On bread", "PMID": "1"}
    answer_json(host, "/pubmed/pubmed/?format=csl&id=1", item)
    assert services(host).look_up(Identifier("PMID", "1")).item["title"] == "On bread"


def test_an_isbn(host: Host) -> None:
    answer_json(
        host, "/crossref/works?filter=isbn:9781473153059", {"message": {"items": [MESSAGE]}}
    )
    identifier = identify("978-1-4731-5305-9")
    assert identifier
    assert services(host).look_up(identifier).item["title"] == ["On bread"]


def test_a_web_page_says_what_it_is(host: Host) -> None:
    page = b"""<html><head><title>Back pain | A hospital</title>
      <meta property="og:title" content="Back pain">
      <meta property="og:site_name" content="A hospital">
      <meta property="article:modified_time" content="2025-03-01T10:00:00Z"></head></html>"""
    host.answers["/leaflet"] = answer(page)
    fields = fields_of(services(host).look_up(Identifier("URL", host.url("/leaflet"))).item)
    assert fields == {
        "type": "webpage",
        "title": "Back pain",
        "container-title": "A hospital",
        "issued": "2025-03-01",
        "URL": host.url("/leaflet"),
    }


@pytest.mark.parametrize(
    ("status", "body", "says"),
    [
        (200, b"<html>busy</html>", "something other than JSON"),
        (200, b'{"resultList": "none"}', "was found$"),
        (200, b'{"message": []}', "was found$"),
        (429, b"", "429 Too Many Requests"),
        (500, b"", "500 Internal Server Error"),
        (404, b"", "was found$"),
    ],
)
def test_a_service_that_answers_badly(host: Host, status: int, body: bytes, says: str) -> None:
    response = answer(body, "application/json", status)
    answer_json(host, "/pmc/", {})
    host.answers["/pmc/"] = host.answers["/crossref/"] = response
    with pytest.raises(RecordError, match=says):
        services(host).look_up(DOI)
