"""Whether a sentence explains a medical word, by its form alone."""

from __future__ import annotations

import pytest

from sourced_guide.claims.language.gloss import label_explains, sentence_explains

LONG = "which many people who have it in the neck or lower back do not feel at all for a long time"


def explains(text: str, word: str = "dura") -> bool:
    at = text.index(word)
    return sentence_explains(text, at, at + len(word))


@pytest.mark.parametrize(
    "text",
    [
        "The cover of the cord (the dura) can hurt.",
        f"The cover of the cord ({LONG}, the dura) can hurt.",
        "The dura (the cover of the cord) can hurt.",
        f"The dura (a cover, {LONG}) can hurt.",
        "The dura mater (the cover of the cord) can hurt.",
        "The cover is called the dura.",
        "It is also known as dura.",
        "The name for it is dura.",
        "The dura is a cover.",
        "The dura means the cover.",
        "The dura are thin sheets that cover the cord.",
        "The dura stands for much.",
        "The dura, a tough cover, can hurt.",
        "The dura – the tough cover – can hurt.",
        "The dura: the tough cover.",
        "A tough cover, the dura, can hurt.",
        "The cover, or dura, can hurt.",
        "The dura, or cover, can hurt.",
        "The cover of the cord | dura",
    ],
)
def test_a_word_is_explained(text: str) -> None:
    assert explains(text)


@pytest.mark.parametrize(
    "text",
    [
        "The dura can hurt.",
        "The dura (DM) can hurt.",
        "The cover of the cord (it is tough). The dura can hurt.",
        "They call for help. The dura can hurt.",
        "The dura is tough.",
        "The dura are thin.",
        "The dura, bones and nerves can hurt.",
        "Nerves, bones, or dura can hurt.",
        "Nerves, the dura, or bones can hurt.",
        "A scan, the dura can hurt.",
    ],
)
def test_a_word_is_not_explained(text: str) -> None:
    assert not explains(text)


def test_a_heading_explains_by_brackets_only() -> None:
    for text, explained in {
        "The cover (dura)": True,
        "The dura (a cover)": True,
        "The dura, a cover": False,
    }.items():
        at = text.index("dura")
        assert label_explains(text, at, at + 4) is explained, text
