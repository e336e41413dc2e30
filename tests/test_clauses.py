"""A text is read in clauses: what each affirms and denies, and what it joins."""

from __future__ import annotations

import pytest

from sourced_guide.claims.language.clauses.clause import AFFIRMED, NEGATED
from sourced_guide.claims.language.clauses.reader import may_negate, read_clauses
from sourced_guide.claims.language.normalize import content_form
from sourced_guide.claims.language.phrases import PhraseTable
from sourced_guide.claims.language.tokens import WordFilter


def _polarity(text: str, word: str) -> int:
    form = content_form(word)
    return next(w.polarity for clause in read_clauses(text) for w in clause.words if w.form == form)


@pytest.mark.parametrize(
    ("text", "word", "polarity"),
    [
        ("The scan is not urgent.", "urgent", NEGATED),
        ("The scan is far from urgent.", "urgent", NEGATED),
        ("It is a myth that the scan hurts.", "hurts", NEGATED),
        ("The scan is never without a risk.", "risk", AFFIRMED),
        ("Not only the scan is urgent.", "urgent", AFFIRMED),
        ("It does not hurt, but it takes time.", "time", AFFIRMED),
        ("It does not hurt and takes time.", "time", AFFIRMED),
        ("It does not hurt or burn.", "burn", NEGATED),
        ("Do not stop steroids.", "stop", NEGATED),
    ],
)
def test_a_denial_is_of_what_follows_it_in_its_clause(text: str, word: str, polarity: int) -> None:
    assert _polarity(text, word) == polarity


def test_a_sentence_is_read_in_clauses_and_items() -> None:
    clauses = read_clauses("Cement may leak out and reach the lungs (rarely), because it is soft.")

    assert [clause.opener for clause in clauses] == ["", "", "because"]
    assert len(clauses[0].items) == 2
    assert clauses[1].in_brackets


def test_all_phrases_that_begin_at_a_word_are_found_the_longest_first() -> None:
    phrases = "no", "no longer", "no longer than", "not"
    table = PhraseTable([(tuple(phrase.split()), phrase) for phrase in phrases])
    assert [value for _, value in table.at(["no", "longer", "than"], 0)] == [
        *("no longer than", "no longer", "no")
    ]
    assert table.among(["not", "a", "day,", "no", "longer"]) == ["not", "no longer", "no"]
    assert table.at(["longer", "no"], 1) == ((1, "no"),)


def test_a_table_says_quickly_which_phrases_a_text_may_have() -> None:
    phrases = "no", "no longer", "no longer than", "far from"
    table = PhraseTable([(tuple(phrase.split()), phrase) for phrase in phrases])
    assert table.is_among(["not", "far", "from", "it"])
    assert not table.is_among(["far", "away", "from", "longer"])
    assert sorted(table.within(frozenset(("it", "is", "from", "longer", "no", "far")))) == [
        *("far from", "no", "no longer")
    ]


@pytest.mark.parametrize(
    ("text", "negates"),
    [
        ("The scan is far from urgent.", True),
        ("Stop it unless a doctor says so.", True),
        ("The scan is from far away.", False),
    ],
)
def test_a_text_without_words_that_negate_is_known_before_it_is_read(
    text: str, negates: bool
) -> None:
    assert may_negate(text) == negates
    assert any(word.cue for clause in read_clauses(text) for word in clause.words) == negates


def test_each_word_is_tested_once_for_all_texts() -> None:
    tested: list[str] = []

    def is_long(word: str) -> bool:
        tested.append(word)
        return len(word) > 3

    words = WordFilter(is_long)
    assert words.among(frozenset(("a", "drug", "scan"))) == {"drug", "scan"}
    assert words.among(frozenset(("a", "scan", "of", "bone"))) == {"scan", "bone"}
    assert sorted(tested) == ["a", "bone", "drug", "of", "scan"]
