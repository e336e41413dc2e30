"""What a claim says against its passages: opposites, and words that only one of the two negates."""

from __future__ import annotations

import pytest

from sourced_guide.claims.language.opposites.compare import contradictions


@pytest.mark.parametrize(
    ("claim", "says", "found"),
    [
        ("The pain is worse at night.", "The pain is better at night.", ("worse", "better", "")),
        ("Steroids raise blood sugar.", "Steroids lower blood sugar.", ("raise", "lower", "")),
        ("Take it before surgery.", "Take it after surgery.", ("before", "after", "")),
        ("It is worse lying down.", "It is worse standing.", ("lying down", "standing", "")),
        ("Men get it more often than women.", "Women get it more often than men.", ("more",) * 2),
        ("Sore skin causes the leak.", "The leak makes the skin sore.", ("causes",) * 2),
        ("Low mood is due to pain.", "Pain comes from low mood.", ("due to",) * 2),
        ("It works as well as rest.", "It works better than rest.", ("works as well as",)),
        ("It greatly raises the risk.", "It slightly raises the risk.", ("greatly", "slightly")),
        (
            "Go to the ward the next day.",
            "Go to the ward right away.",
            ("the next day", "right away"),
        ),
        ("Steroids are a last resort.", "Steroids are the first treatment.", ("last resort",)),
        ("Surgery is safe.", "Surgery is not safe.", ("", "not", "safe")),
        ("Surgery is not safe.", "Surgery is safe.", ("not", "", "safe")),
        ("If the scan shows no tumor, wait.", "If it shows a tumor, wait.", ("no", "", "tumor")),
        ("The tumor is untreatable.", "The tumor is treatable.", ("untreatable", "", "treatable")),
        ("The tumor is untreatable.", "The tumor can be treated.", ("untreatable", "", "treated")),
        ("The drug is harmless.", "The drug may harm people.", ("harmless", "", "harm")),
        ("Many can walk after surgery.", "Many cannot walk after surgery.", ("", "cannot", "walk")),
        (
            "There is plenty of space there.",
            "There is little space there.",
            ("plenty of", "little", ""),
        ),
        (
            "It works by speeding up cells.",
            "It works by slowing cells.",
            ("speeding up", "slowing"),
        ),
        (
            "You can stop opioids without talking to your doctor.",
            "Do not stop opioids without talking to the doctor. Stopping suddenly can be harmful.",
            ("", "not", "stop"),
        ),
        (
            "It is fine to get pregnant during chemotherapy.",
            "During chemotherapy, do not become pregnant or get someone pregnant.",
            ("", "not", "pregnant"),
        ),
        (
            "It is a myth that cancer cannot be passed on, and sex will not make it worse.",
            "Cancer cannot be passed on, and sex will not make the cancer worse.",
            ("", "cannot", "passed"),
        ),
    ],
)
def test_an_opposite_is_found_with_both_words(
    claim: str, says: str, found: tuple[str, ...]
) -> None:
    assert [each[: len(found)] for each in contradictions(claim, "", (says,))] == [found]


@pytest.mark.parametrize(
    ("claim", "says"),
    [
        ("The pain is worse at night.", "The pain is worse at night."),
        ("The pain is not worse at night.", "The pain is better at night."),
        ("It is worse standing.", "It is worse lying, sitting or standing."),
        ("Take it before surgery.", "Take it before and after surgery."),
        ("Take it before and after surgery.", "Take it before surgery."),
        (
            "Call right away, even at night or on a weekend.",
            "Call right away, by day or night.",
        ),
        ("It works faster than surgery.", "It works faster than surgery."),
        ("It is better not to swim.", "Swimming is not a good idea."),
        ("It is not routine with no nerve symptoms.", "With no nerve symptoms it is not routine."),
        (
            "A pill with no drug in it, which people are generally not given.",
            "People are generally not given a placebo (a pill with no drug in it).",
        ),
        ("Some of it may not leak out.", "The cement did not leak."),
        (
            "Cement may leak out.",
            "In 24 of every 100, cement leaked out. In the other 76, cement did not leak.",
        ),
        (
            "How well you walk before treatment decides how well you walk after it.",
            "Of 74 people who could not walk before treatment, 21 could walk after it.",
        ),
    ],
)
def test_what_agrees_is_no_opposite(claim: str, says: str) -> None:
    assert contradictions(claim, "", (says,)) == ()


def test_what_leads_to_a_claim_may_negate_it() -> None:
    claim, lead = "stop the drug at once", "Do not:"
    assert contradictions(claim, lead, ("Do not stop the drug at once.",)) == ()
    assert contradictions(claim, lead, ("Stop the drug at once.",)) == (("not", "", "stop"),)
    assert contradictions(claim, "You may:", ("Stop the drug at once.",)) == ()


def test_an_item_of_one_word_is_read_with_what_leads_to_it() -> None:
    lead, says = "Tell your doctor about back pain if:", ("Back pain that is severe: tell them.",)
    assert contradictions("it is severe", lead, says) == ()
    assert [each[:2] for each in contradictions("it is mild", lead, says)] == [("mild", "severe")]
