"""The `hosting` command: refuses what is not certified, packs the rest, says the headers.

A site is packed by gzip and brotli, which takes a second or two.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import shutil
from pathlib import Path

import brotli
import pytest

from sourced_guide.build.steps.http_headers import SECURITY, headers
from sourced_guide.cli.deprecated import hosting as main
from sourced_guide.cli.deprecated import publish

from ..commands import run_here
from .test_headers import policy_in_page


@pytest.fixture(scope="module")
def prepared(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of two pages, built and published."""
    folder = Path(shutil.copytree(built, tmp_path_factory.mktemp("prepared") / "project"))
    # Files of the theme that take long to pack, and that no page loads.
    shutil.rmtree(folder / "site/assets/javascripts/lunr")
    for path in folder.glob("site/assets/*/*.map"):
        path.unlink()
    assert publish([str(folder / "site")]) == 0
    return folder


@pytest.fixture
def prepared_copy(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "project"))


def hosting(project: Path) -> int:
    return main([str(project / "site"), "--config", str(project / "mkdocs.yml")])


def made(site: Path) -> dict[str, bytes]:
    files = (path for path in sorted(site.rglob("*")) if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


def test_every_twin_unpacks_to_its_file_and_is_smaller(prepared_copy: Path) -> None:
    assert hosting(prepared_copy) == 0
    site = prepared_copy / "site"
    for suffix, unpack in {".gz": gzip.decompress, ".br": brotli.decompress}.items():
        twins = list(site.rglob(f"*{suffix}"))
        assert len(twins) > 5
        for twin in twins:
            original = twin.with_suffix("").read_bytes()
            assert unpack(twin.read_bytes()) == original
            assert twin.stat().st_size <= 0.95 * len(original)


def test_only_text_that_gains_by_it_has_twins(prepared_copy: Path) -> None:
    site = prepared_copy / "site"
    (site / "small.txt").write_text("a" * 900)
    (site / "random.json").write_bytes(random.Random(1).randbytes(5000))
    (site / "sheet.pdf").write_bytes(bytes(5000))
    (site / "large.txt").write_text("a" * 2000)
    assert hosting(prepared_copy) == 0
    names = {name for name in made(site) if name.endswith((".gz", ".br"))}
    assert {"large.txt.br", "large.txt.gz", "index.html.br", "index.html.gz"} <= names
    assert not [each for each in names if each.startswith(("small", "random", "sheet"))]
    assert not [each for each in names if "favicon.png" in each]


def test_the_same_site_gets_the_same_bytes_again(prepared_copy: Path) -> None:
    """Takes more than a second: a site is packed twice."""
    assert hosting(prepared_copy) == 0
    first = made(prepared_copy / "site")
    assert hosting(prepared_copy) == 0
    assert made(prepared_copy / "site") == first


def test_twins_of_what_has_changed_or_is_gone_do_not_stay(prepared_copy: Path) -> None:
    """Takes more than a second: a site is packed twice."""
    script, gone = prepared_copy / "site/scripts/card.js", prepared_copy / "site/scripts/gone.js"
    gone.write_text("// gone\n" * 500)
    assert hosting(prepared_copy) == 0
    gone.unlink()
    script.write_text("// changed\n" * 500)
    assert hosting(prepared_copy) == 0
    assert brotli.decompress(script.with_name("card.js.br").read_bytes()) == script.read_bytes()
    assert not list(gone.parent.glob("gone*"))


def test_a_site_that_shows_what_was_not_checked_is_refused_and_loses_its_twins(
    prepared_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hosting(prepared_copy) == 0
    page = prepared_copy / "site/index.html"
    page.write_text(page.read_text("utf-8").replace("worse at night", "better at night"))
    capsys.readouterr()
    assert hosting(prepared_copy) == 1
    said = capsys.readouterr()
    assert "it shows 'better' where 'worse' was checked" in said.err
    assert said.err.splitlines()[-1] == "hosting: 1 finding"
    assert not said.out
    assert not [
        name for name in made(prepared_copy / "site") if re.search(r"\.(br|gz)$|/_", f"/{name}")
    ]


def test_a_site_without_a_booklet_that_it_links_is_refused(
    prepared_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = prepared_copy / "site"
    (site / "handouts").mkdir()
    (site / "handouts/legs-a4.pdf").write_bytes(b"%PDF-1.7")
    page = site / "legs/index.html"
    link = '<a href="../handouts/guide-a4.pdf"></a></article>'
    page.write_text(page.read_text("utf-8").replace("</article>", link), "utf-8")
    assert hosting(prepared_copy) == 1
    said = capsys.readouterr().err
    assert "BLD008 '../handouts/guide-a4.pdf' has no target in the site" in said
    assert "help: booklets and packs are made by guide build --all" in said


def test_of_many_reasons_the_first_are_named_and_all_are_counted(
    prepared_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(20):
        (prepared_copy / f"site/page{number}.html").write_text(
            "<article>Radiation cures.</article>"
        )
    assert hosting(prepared_copy) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len([line for line in lines if " BLD00" in line]) == 10
    assert "all of them: guide build, or guide certify" in lines[-2]
    assert re.fullmatch(r"hosting: \d\d findings", lines[-1])


def test_a_site_that_was_not_published_is_refused(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # It removes what MkDocs has compressed.
    assert hosting(Path(shutil.copytree(built, tmp_path / "project"))) == 2
    assert "run guide build" in capsys.readouterr().err


def test_a_link_that_leads_out_of_the_site_is_refused(
    prepared_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (prepared_copy / "site/passwords").symlink_to("/etc/passwd")
    assert hosting(prepared_copy) == 1
    assert "site/passwords:1:1: BLD007 a symbolic link" in capsys.readouterr().err


def test_a_site_that_is_not_there_is_no_site(
    prepared_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(prepared_copy / "site")
    assert hosting(prepared_copy) == 2
    assert "there is no folder" in capsys.readouterr().err


def rules(text: str) -> dict[str, dict[str, str]]:
    """Read `_headers` as Netlify and Cloudflare Pages do: a path, then its headers, indented."""
    found: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if line.startswith("/"):
            current = found.setdefault(line, {})
        else:
            name, value = re.fullmatch(r"  ([A-Za-z-]+): (\S.*)", line).groups()  # type: ignore[union-attr]
            assert name not in current
            current[name] = value
    return found


def sent_by_rules(found: dict[str, dict[str, str]], path: str) -> dict[str, list[str]]:
    """Put together what every matching rule sends."""
    sent: dict[str, list[str]] = {}
    for place, named in found.items():
        if path == place or (place.endswith("*") and path.startswith(place[:-1])):
            for name, value in named.items():
                sent.setdefault(name, []).append(value)
    return sent


def test_netlify_and_cloudflare_are_told_the_headers_of_the_table(guide_site: Path) -> None:
    text = (guide_site / "_headers").read_text("utf-8")
    found = rules(text)
    assert len(found) <= 100, "Cloudflare Pages reads no more"
    assert max(map(len, text.splitlines())) <= 2000, "nor longer lines"
    policy = policy_in_page(guide_site)
    for path in ("/", "/tests/", "/editors/rules/SRC001/", "/handouts/guide-a4.pdf"):
        sent, expected = sent_by_rules(found, path), headers(path, policy)
        # Every policy that is sent holds, and no other header is sent twice.
        assert expected["Content-Security-Policy"] in sent.pop("Content-Security-Policy")
        assert sent.pop("Strict-Transport-Security") == ["max-age=31536000"]
        # What is not kept for good is asked for again by these hosts anyway.
        assert "Cache-Control" not in sent
        assert sent == {name: [expected[name]] for name in SECURITY}
    assert not any("'sha256-" in value for value in found["/*"].values())
    for name in made(guide_site):
        sent = sent_by_rules(found, f"/{name}")
        for_good = "immutable" in headers(f"/{name}", policy)["Cache-Control"]
        assert ("immutable" in " ".join(sent.get("Cache-Control", []))) == for_good, name


def test_azure_is_told_the_headers_of_the_table(guide_site: Path) -> None:
    settings = json.loads((guide_site / "staticwebapp.config.json").read_text("utf-8"))
    policy = policy_in_page(guide_site)
    sent = dict(settings["globalHeaders"])
    assert sent.pop("Strict-Transport-Security") == "max-age=31536000"
    assert sent == headers("/index.html", policy)
    for route in settings["routes"]:
        path = route["route"].replace("*", "guide-a4.pdf")
        assert (guide_site / path[1:]).is_file()
        expected = headers(path, policy)
        assert route["headers"].items() <= expected.items()
    assert settings["responseOverrides"]["404"]["rewrite"] == "/404.html"


def test_the_command_is_part_of_the_guide(prepared_copy: Path) -> None:
    result = run_here("hosting", "site", cwd=prepared_copy)
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("certified and ready for a host: ")
    assert result.stderr == (
        "hosting is a step of `guide build` now; this command ends with the next edition\n"
    )
