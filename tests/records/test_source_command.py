"""`guide source` and `guide export --format`, as an editor uses them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sourced_guide.cli.main import main
from sourced_guide.records.read import read_records

EXPORTS = Path(__file__).parent / "exports"
COPY = (
    "Pain is common. Most people, 9 of 10, had pain at night. Pain in the leg was rare.\n"
    "Pain at night may wake people. It was seen in 3 to 4 people a week.\n"
)


def source(project: Path, *arguments: str) -> int:
    return main(["source", *arguments, "--config", str(project / "mkdocs.yml")])


def test_a_record_becomes_a_source_file(
    bare_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert source(bare_project, "add", str(EXPORTS / "zotero.ris")) == 0
    written = bare_project / "docs/references/patchell-2005.yml"
    assert written.read_text("utf-8").startswith("type: article-journal\ntitle: ")
    assert f"{written}: Direct decompressive" in capsys.readouterr().out
    # The check says what is still to be filled in, at its line.
    assert main(["check", "--config", str(bare_project / "mkdocs.yml")]) == 1
    out = capsys.readouterr().out
    assert "patchell-2005.yml:15" in out
    assert "LIB001" in out


def test_a_work_that_is_there_is_not_added_again(
    bare_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source(bare_project, "add", str(EXPORTS / "zotero.json"))
    before = set((bare_project / "docs/references").iterdir())
    assert source(bare_project, "add", str(EXPORTS / "scholar.bib"), "--key", "other") == 1
    assert "patchell-2005.yml is the same work (DOI " in capsys.readouterr().out
    assert set((bare_project / "docs/references").iterdir()) == before


def test_records_that_cannot_be_used_are_all_named(
    bare_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = bare_project / "bad.bib"
    bad.write_text("@article{a, title = {x")
    assert source(bare_project, "add", str(bad), "nothing", str(EXPORTS / "pubmed.nbib")) == 1
    out = capsys.readouterr().out
    assert f"{bad}: line 1 is not BibTeX" in out
    assert "nothing: neither a file nor a DOI" in out
    assert out.endswith("sources: 1 added, 2 not added\n")


def test_a_passage_is_offered_with_words_that_are_found_once(
    bare_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = bare_project / "spine.txt"
    copy.write_text(COPY)
    assert source(bare_project, "passage", "spine", "--text", str(copy), "--find", "9 of 10") == 0
    out = capsys.readouterr().out
    assert "    start: Most people, 9 of\n    end: had pain at night\n" in out
    assert "figures: [9 of 10]" in out


def test_a_copy_cannot_speak_to_the_terminal_and_may_begin_with_a_mark(
    bare_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = bare_project / "spine.txt"
    copy.write_text("\ufeffMost \x1b[31mpeople \x9bhad \u202epain at night.", "utf-8")
    assert source(bare_project, "passage", "spine", "--text", str(copy), "--find", "Most") == 0
    out = capsys.readouterr().out
    assert '    start: "Most ' in out
    assert not {"\x1b", "\x9b", "\u202e"} & set(out)


@pytest.mark.parametrize(
    ("words", "says"),
    [("pain at night", "2 times"), ("nobody wrote this", "has no"), ("", "no words")],
)
def test_a_passage_that_is_not_found_once_says_so(
    bare_project: Path, capsys: pytest.CaptureFixture[str], words: str, says: str
) -> None:
    copy = bare_project / "spine.txt"
    copy.write_text(COPY)
    assert source(bare_project, "passage", "spine", "--text", str(copy), "--find", words) == 2
    assert says in capsys.readouterr().err


def test_sources_are_listed_by_age_and_kind(
    bare_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source(bare_project, "add", str(EXPORTS / "pubmed.nbib"))
    capsys.readouterr()
    assert source(bare_project, "list", "--kind", "trial", "--older-than", "2010") == 0
    out = capsys.readouterr().out
    assert out == "patchell-2005: 2005, trial, current, read: , 0 claims\nsources: 1\n"
    source(bare_project, "list", "--older-than", "2005", "--kind", "trial")
    assert capsys.readouterr().out == "sources: 0\n"


@pytest.mark.parametrize("form", ["csl", "bibtex", "ris"])
def test_what_is_exported_can_be_read_back(bare_project: Path, form: str) -> None:
    source(bare_project, "add", str(EXPORTS / "zotero.json"))
    written = bare_project / "sources"
    config = str(bare_project / "mkdocs.yml")
    assert main(["export", "--format", form, str(written), "--config", config]) == 0
    titles = {str(record["title"]).lower() for record in read_records(written)}
    original = json.loads((EXPORTS / "zotero.json").read_text("utf-8"))[0]["title"].lower()
    assert original in titles
    assert len(titles) == len(list((bare_project / "docs/references").glob("*.yml")))
