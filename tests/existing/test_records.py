"""Sources whose records stay where they are: in a file of BibTeX or CSL JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from ..commands import claims, run_here
from .sites import REVIEW, SOURCE, write_site

if TYPE_CHECKING:
    from pathlib import Path

BIBTEX = """\
@book{chain-book,
  title = {The Chain Book},
  author = {Berg, Jo and {The Bicycle Club}},
  publisher = {The Bicycle Club},
  year = 2023
}
@misc{not-cited, title = {Of no page}}
"""
CSL = json.dumps(
    [
        {
            "id": "chain-book",
            "type": "book",
            "title": "The Chain Book",
            "author": [{"family": "Berg", "given": "Jo"}, {"literal": "The Bicycle Club"}],
            "publisher": "The Bicycle Club",
            "issued": {"date-parts": [[2023]]},
        }
    ]
)
OWN = f"kind{SOURCE.partition('kind')[2]}"
PAGE = (
    f"---\ntitle: Home\ndescription: Home\n{REVIEW}---\n\n# Home\n\n"
    "A chain wears as it is used. [@chain-book#wear]\n"
)


def site(folder: Path, name: str, records: str, own: str | None = OWN) -> Path:
    files = {"docs/index.md": PAGE, name: records}
    if own is not None:
        files["docs/references/chain-book.yml"] = own
    extensions = [{"guide.claims": {"sources": [name]}}]
    return write_site(folder, files, markdown_extensions=extensions, nav=None)


@pytest.mark.parametrize(
    ("name", "records"),
    [("references.bib", BIBTEX), ("library.json", CSL)],
    ids=["BibTeX", "CSL JSON"],
)
def test_a_record_completes_a_source_file_and_stays_as_it_is(
    name: str, records: str, tmp_path: Path
) -> None:
    folder = site(tmp_path, name, records)
    checked = claims("check", cwd=folder)
    assert checked.stdout == "no findings: 1 claim checked, 1 source\n"
    assert claims("export", "--format", "csl", "out.json", cwd=folder).returncode == 0
    (exported,) = json.loads((folder / "out.json").read_text("utf-8"))
    assert exported["title"] == "The Chain Book"
    assert [name.get("family") for name in exported["author"]] == ["Berg", None]
    assert (folder / name).read_text("utf-8") == records
    # A record that changes is read again, and a source file goes before it.
    (folder / name).write_text(records.replace("The Chain Book", "On Chains"), "utf-8")
    own = folder / "docs/references/chain-book.yml"
    for title in ("On Chains", "My title"):
        assert claims("export", "--format", "csl", "out.json", cwd=folder).returncode == 0
        assert title in (folder / "out.json").read_text("utf-8")
        own.write_text(f"title: My title\n{OWN}", "utf-8")


def test_a_key_of_a_record_gets_its_source_file_from_a_command(tmp_path: Path) -> None:
    folder = site(tmp_path, "references.bib", BIBTEX, own=None)
    said = claims("check", cwd=folder).stdout
    assert "names the source 'chain-book', which has no source file" in said
    assert "its record is in references.bib: guide source add chain-book" in said
    added = run_here("guide", "source", "add", "chain-book", cwd=folder)
    assert "sources: 1 added, 0 not added" in added.stdout
    written = (folder / "docs/references/chain-book.yml").read_text("utf-8")
    assert written.startswith("# Title, authors and so on are in references.bib.\nkind:")
    again = run_here("guide", "source", "add", "chain-book", cwd=folder)
    assert "chain-book.yml is there already" in again.stdout


@pytest.mark.parametrize(
    ("records", "message"),
    [
        ("", "references.bib:1:1: LIB001 its format is not known; export it as CSL JSON"),
        ("@book{a, title = {A}", "line 1 is not BibTeX"),
        ("@book{a, title = {A}}", "chain-book.yml:1:1: LIB001 the file lacks the field 'type'"),
    ],
    ids=["empty", "broken", "another key"],
)
def test_what_cannot_be_read_is_a_finding(records: str, message: str, tmp_path: Path) -> None:
    said = claims("check", cwd=site(tmp_path, "references.bib", records))
    assert said.returncode == 1
    assert message in said.stdout, said.stdout


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    folder = site(tmp_path, "references.bib", BIBTEX)
    (folder / "references.bib").unlink()
    assert "references.bib:1:1: LIB001 there is no such file" in claims("check", cwd=folder).stdout
