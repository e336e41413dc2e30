"""The guide itself: its own fixture."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

import pytest

from sourced_guide.claims.markdown.extension import page_reader
from sourced_guide.claims.markdown.glossary_page import read_terms
from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.model.citation import GROUP
from sourced_guide.claims.project.page_file import split_front_matter
from sourced_guide.claims.rules import RULES, check

from .conftest import ROOT
from .few_pages import our_project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sourced_guide.claims.model.finding import Finding
    from sourced_guide.claims.project.guide import Guide

# Every treatment is told the same way.
PARTS = [
    "What it is and how it works",
    "Who may have it, and why",
    "What it is like",
    "Possible benefits",
    "Possible harms and side effects",
    "Without it",
    "Other choices",
    "Questions to ask",
]
# Pages by how many treatments they tell of.
TREATMENTS = {
    "bone-drugs.md": 1,
    "braces.md": 1,
    "cancer-drugs.md": 2,
    "cement.md": 1,
    "clinical-trials.md": 1,
    "pain-relief.md": 1,
    "radiation.md": 1,
    "steroids.md": 1,
    "stereotactic-radiation.md": 1,
    "supportive-care.md": 1,
    "surgery.md": 1,
    "targeted-and-immunotherapy.md": 2,
}
# To look things up in, to carry, or to fill in.
REFERENCE = {
    "alert-card.md",
    "glossary.md",
    "learn-more.md",
    "now-in-pictures.md",
    "sheet-diary.md",
    "sheet-medicines.md",
    "sheet-numbers-australia.md",
    "sheet-numbers-canada.md",
    "sheet-numbers-ireland.md",
    "sheet-numbers-new-zealand.md",
    "sheet-numbers-uk.md",
    "sheet-numbers-us.md",
    "sheet-packing.md",
    "sheet-questions.md",
    "sheet-staff.md",
    "sheet-what-matters.md",
}
# Pages for editors show citations and faults as examples.
PAGES = [page for page in our_project().page_paths if not page.startswith("editors/")]
# All but one are left to `make test-all`.
EVERY_PAGE = [
    pytest.param(page, marks=() if page == "symptoms.md" else pytest.mark.exhaustive)
    for page in PAGES
]
_INVALID = [rule for rule in RULES if rule.code == "LIB001"]
_CITING = [rule for rule in RULES if rule.code in ("SRC001", "SRC002", "SRC003", "SRC004")]


def findings_of(guide: Guide, page: str, content: str) -> list[Finding]:
    """Check one page of the guide as if it held `content`, against the guide's own sources."""
    reader = page_reader(guide.project, guide)
    changed = reader.read(split_front_matter(page, content))
    return check(dataclasses.replace(guide, pages=[changed]), _CITING)


def citations(content: str) -> Iterator[tuple[int, str]]:
    body = split_front_matter("", content)
    for match in GROUP.finditer(content, body.start):
        yield match.start(), match.group()


def written(page: str) -> str:
    return (our_project().docs / page).read_text("utf-8")


def line_of(content: str, offset: int) -> int:
    return content.count("\n", 0, offset) + 1


# `make test` builds the guide first, and there is no site of a guide with a finding.
@pytest.mark.exhaustive
def test_the_guide_has_no_findings_and_no_suppressions(guide: Guide) -> None:
    assert [finding.as_text() for finding in check(guide)] == []


# `make mutate` takes out every citation of every page; here are one page's lists and tables.
def test_a_citation_removed_is_found_where_it_stood(guide: Guide) -> None:
    page = "compare.md"
    content = written(page)
    listed = list(citations(content))
    for offset, group in listed[:: len(listed) // 20 + 1]:
        start, end = offset, offset + len(group)
        removed = ""
        if content[content.rfind("\n", 0, start) + 1] == "|":
            # In a table a citation covers its row, so the row has to lose all of them.
            start, end = content.rfind("\n", 0, start) + 1, content.find("\n", end)
            removed = GROUP.sub("", content[start:end])
        changed = content[:start] + removed + content[end:]
        lines = [
            finding.place.line
            for finding in findings_of(guide, page, changed)
            if finding.rule == "SRC001"
        ]
        assert lines, f"{page}:{line_of(content, offset)} {group}"
        # The sentence that lost its citation may begin some lines above it, or be a list's.
        assert min(abs(line - line_of(content, offset)) for line in lines) <= 4


def without_passages(group: str) -> str:
    items = group[1:-1].split(";")
    return f"[{'; '.join(item.partition('#')[0].strip() for item in items)}]"


MISSPELT: dict[str, Callable[[str], str]] = {
    "SRC002": lambda group: group.replace("#", "x#"),
    "SRC003": lambda group: group.replace("]", "x]").replace(";", "x;"),
    "SRC004": without_passages,
}


@pytest.mark.parametrize("page", EVERY_PAGE)
@pytest.mark.parametrize("rule", MISSPELT)
def test_every_citation_misspelt_is_found_where_it_stands(
    page: str, rule: str, guide: Guide
) -> None:
    content = written(page)
    changed, at, expected = "", 0, set()
    for offset, group in citations(content):
        changed += content[at:offset]
        misspelt = MISSPELT[rule](group)
        for item in re.finditer("@", misspelt):
            where = len(changed) + item.start()
            line_start = (changed + misspelt).rfind("\n", 0, where)
            expected.add((line_of(changed + misspelt, where), where - line_start))
        changed += misspelt
        at = offset + len(group)
    found = [f for f in findings_of(guide, page, changed + content[at:]) if f.rule == rule]
    assert {(f.place.line, f.place.column) for f in found} == expected


@pytest.mark.parametrize(
    # A few: they have one form.
    "path",
    sorted((ROOT / "docs/references").glob("*.yml"))[::50],
    ids=lambda p: p.stem,
)
def test_a_source_file_broken_is_found(path: Path, tmp_path: Path) -> None:
    content = path.read_text("utf-8")
    docs = tmp_path / "docs"
    (docs / "references").mkdir(parents=True)
    broken = docs / "references" / path.name
    for fault in (
        content.replace("kind: ", "kind: x", 1),
        content + "\nsays: twice\n",
        content + "\n- [",
    ):
        broken.write_text(fault, "utf-8")
        project = dataclasses.replace(our_project(), docs=docs, root=tmp_path)
        found = check(read_guide(project), _INVALID)
        assert {f.place.file for f in found} == {f"docs/references/{path.name}"}


def test_every_page_says_when_it_was_checked_and_by_whom(guide: Guide) -> None:
    for page in PAGES:
        meta = guide.page(page).file.meta
        assert meta["title"], page
        assert meta["description"], page
        assert meta["reviewed"] < meta["next-review"], page
        assert meta["reviewer"], page


def test_the_warning_block_is_whole_where_it_is_needed_and_one_line_elsewhere() -> None:
    forms = {
        page: re.findall(r'--8<-- "warning-signs.md:(\w+)"', written(page))
        for page in PAGES
        if not page.startswith(("sheet-", "references/"))
    }
    # The card is made of the whole block.
    assert forms.pop("alert-card.md") == ["line", "full"]
    # All handouts have its short form.
    assert forms["warning-signs.md"].pop() == "short"
    whole = {
        "index.md",
        "warning-signs.md",
        "symptoms.md",
        "pressure-on-the-cord.md",
        "bladder-and-bowels.md",
        "at-the-hospital.md",
        "for-carers.md",
    }
    assert forms == {page: ["full" if page in whole else "line"] for page in forms}
    assert whole <= forms.keys()


def test_the_numbers_of_a_country_are_one_text_on_the_page_of_all_and_on_its_sheet() -> None:
    countries = sorted(path.name for path in (ROOT / "includes/countries").glob("*.md"))
    sheets = [page for page in PAGES if page.startswith("sheet-numbers-")]
    countries.remove("before-you-call.md")
    assert len(countries) == len(sheets) == 6
    for country in countries:
        include = f'--8<-- "countries/{country}"'
        (sheet,) = [page for page in sheets if include in written(page)]
        assert include in written("by-country.md")
        assert f"]({sheet})" in written("by-country.md")
        assert f"]({sheet})" in written("take-away.md")


@pytest.mark.parametrize("page", TREATMENTS)
def test_every_treatment_is_told_in_the_same_eight_parts(page: str) -> None:
    text = written(page)
    headings = re.findall(r"^#{2,3} (.+)$", text, re.MULTILINE)
    parts = [heading for heading in headings if heading in PARTS]
    # Where nothing is known, one line at the end of the page says so instead of a part.
    if "We found no good source on what happens" in text:
        expected = [part for part in PARTS if part != "Without it"]
        parts = [part for part in parts if part != "Without it"]
    else:
        expected = PARTS
    assert parts == expected * TREATMENTS[page]


def test_every_page_has_key_points_and_questions_to_ask(guide: Guide) -> None:
    for page in PAGES:
        if page not in REFERENCE and not guide.page(page).file.meta.get("editorial"):
            text = written(page)
            assert re.search(r'^!!! abstract (?:paper-more )?"Key points"', text, re.MULTILINE), (
                page
            )
            assert "Questions to ask" in text, page


def test_no_term_is_defined_twice() -> None:
    forms = [
        form for term in read_terms(written("glossary.md")) for form in (term.name, *term.aliases)
    ]
    lower = [form.lower() for form in forms]
    assert len(lower) == len(set(lower))
    assert len(read_terms(written("glossary.md"))) >= 80
