"""`guide fetch` as an editor runs it, and `claims verify` on what it fetched."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import typst

from sourced_guide.claims.model.place import Place
from sourced_guide.claims.model.source import Source
from sourced_guide.cli.main import claims as main
from sourced_guide.fetch.snapshot import url_of

from ..commands import claims
from .conftest import PINNED, Host, answer, leading_to, put

if TYPE_CHECKING:
    from pathlib import Path

# What the network and the reading of PDFs need, and a check does not.
HEAVY = ("certifi", "inscriptis", "protego", "pypdf", "urllib3", "w3lib")


def test_fetch_then_verify(
    two_sources: Path, reachable: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    reachable.answers |= {
        "/spine": answer(
            b"<p>The pain is <b>often</b>\n worse at&nbsp;night.<p>Legs may feel weak or heavy."
        ),
        "/legs": leading_to("/spine", 301),
    }
    put(two_sources, "spine", URL=reachable.url("/spine"), snapshot=PINNED)
    put(two_sources, "legs", URL=reachable.url("/legs"))
    assert main(["fetch", "--snapshots", "../copies/new"]) == 0
    legs, spine, count = capsys.readouterr().out.splitlines()
    assert legs.startswith("legs: fetched: 63 characters, sha256 ")
    assert legs.endswith(f"; {reachable.url('/legs')} redirects to {reachable.url('/spine')}")
    assert spine.startswith("spine: changed: 63 characters, sha256 ")
    assert count == "sources: 1 fetched, 0 unchanged, 1 changed, 0 gone, 0 unreachable"
    assert "sourced-guide/" in next(iter(reachable.agents))

    main(["verify", "--snapshots", "../copies/new"])
    said = capsys.readouterr().out
    assert "spine: the snapshot is not the one that its source file pins" in said
    assert said.endswith(
        "passages: 4 found, 0 not found, 0 unchecked\nclaims: 0 found, 0 not found, 0 unchecked\n"
    )


def test_every_source_is_told_and_then_counted(
    two_sources: Path, reachable: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    reachable.answers |= {"/gone": answer(status=410), "/no": answer(status=403)}
    put(two_sources, "spine", URL=reachable.url("/gone"))
    put(two_sources, "legs", URL=reachable.url("/no"))
    assert main(["fetch", "spine", "legs", "spine", "--snapshots", "copies"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "spine: gone: 410 Gone",
        "legs: unreachable: 403 Forbidden",
        "sources: 0 fetched, 0 unchanged, 0 changed, 1 gone, 1 unreachable",
    ]
    assert list((two_sources / "copies").iterdir()) == []


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"DOI": "10.1000/a<b>(1)"}, "doi.org: robots.txt is unavailable"),
        ({"URL": "http://127.0.0.1:9/"}, "'127.0.0.1:9' is not on the public network"),
        ({}, "its source file has neither a URL nor a DOI"),
        ({"kind": "rumor"}, "its source file is invalid: run `guide check`"),
    ],
)
def test_what_has_no_address_to_ask(
    two_sources: Path,
    fields: dict[str, object],
    says: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nowhere(*_: object, **__: object) -> list[object]:
        raise OSError

    if "DOI" in fields:
        # A machine with a network would ask a host that is none of a test's business.
        monkeypatch.setattr("socket.getaddrinfo", nowhere)
    put(two_sources, "spine", **fields)
    assert main(["fetch", "spine", "--snapshots", "copies"]) == 1
    assert says in capsys.readouterr().out


@pytest.mark.parametrize(
    ("csl", "url"),
    [
        ({"URL": "https://spine.example/a", "DOI": "10.1000/a"}, "https://spine.example/a"),
        ({"DOI": "10.1000/a<b>(1)"}, "https://doi.org/10.1000/a%3Cb%3E%281%29"),
    ],
)
def test_a_source_is_asked_for_by_its_address_or_its_doi(csl: dict[str, str], url: str) -> None:
    assert url_of(Source("spine", Place("spine.yml"), csl)) == url


def test_what_a_host_says_cannot_speak_to_the_terminal(
    two_sources: Path, reachable: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    reachable.answers["/page"] = answer(status=429, Retry_After="\x1b[31m ##[error]x")
    put(two_sources, "spine", URL=reachable.url("/page"))
    main(["fetch", "spine", "--snapshots", "copies"])
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert "##[" not in said


IN_THE_WAY = "a file is in the place of a folder: move it, or choose another path"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["spin"], "there is no source 'spin'; did you mean 'spine'?"),
        (["spine", "--snapshots", "mkdocs.yml"], f"mkdocs.yml: File exists; {IN_THE_WAY}"),
    ],
)
def test_two_when_it_could_not_run(two_sources: Path, arguments: list[str], says: str) -> None:
    result = claims("fetch", "--snapshots", "copies", *arguments, cwd=two_sources)
    assert (result.returncode, result.stderr) == (2, f"claims: {says}\n")


def test_a_copy_that_cannot_be_written(
    two_sources: Path, reachable: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    (two_sources / "copies/spine.txt").mkdir(parents=True)
    reachable.answers["/page"] = answer(b"<p>It may hurt.")
    put(two_sources, "spine", URL=reachable.url("/page"))
    assert main(["fetch", "spine", "--snapshots", "copies"]) == 2
    assert "copies/spine.txt cannot be written" in capsys.readouterr().err
    assert [path.name for path in (two_sources / "copies").iterdir()] == ["spine.txt"]


def test_a_check_loads_nothing_of_it(two_sources: Path) -> None:
    script = "import sys, sourced_guide.cli.main; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert not {name.partition(".")[0] for name in loaded.stdout.split()} & set(HEAVY)


@pytest.mark.parametrize(
    ("locator", "copy"),
    [
        ("high-energy radiotherapy", "high-\nenergy radio-\ntherapy"),
        ("high-energy radiotherapy", "high\xadenergy radio\xad\ntherapy"),
        ("high-energy radiotherapy", "high\u2011energy radio\u200btherapy"),
        ("about 5-30% of people", "about 5–\n30% of\xa0people"),
        ("don't say \"it's fine\"", "don’t say “it’s fine”"),
        ("back pain • Weak legs", "back pain\nWeak legs"),
        ("difficult to find", "diﬃcult to ﬁnd"),
    ],
)
def test_a_locator_leads_to_its_passage_in_whatever_the_copy_makes_of_it(
    two_sources: Path, locator: str, copy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    passages = {"a": {"start": locator, "end": locator, "says": "x", "figures": []}}
    put(two_sources, "spine", passages=passages)
    (two_sources / "copies").mkdir()
    (two_sources / "copies/spine.txt").write_text(f"Before.\n{copy}. After.")
    main(["verify", "--snapshots", "copies"])
    assert "passages: 1 found, 0 not found" in capsys.readouterr().out


def test_a_passage_is_found_in_a_pdf_whose_lines_end_in_hyphens(
    two_sources: Path, reachable: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "Self-administered radiotherapy rehabilitation is internationally recommended"
    setting = (
        '#set page(width: 5cm)\n#set text(lang: "en", hyphenate: true)\n#set par(justify: true)'
    )
    pdf = typst.compile(f"{setting}\nBefore. {words} for 5–30% of people.".encode())
    reachable.answers["/page"] = answer(pdf, "application/pdf")
    passages = {"a": {"start": words, "end": words, "says": "x", "figures": []}}
    put(two_sources, "spine", URL=reachable.url("/page"), passages=passages)
    assert main(["fetch", "spine", "--snapshots", "copies"]) == 0
    assert words not in " ".join((two_sources / "copies/spine.txt").read_text().split())
    capsys.readouterr()
    main(["verify", "--snapshots", "copies"])
    assert "passages: 1 found, 0 not found" in capsys.readouterr().out
