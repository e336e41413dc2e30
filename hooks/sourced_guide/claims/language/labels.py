"""Whether a label states something, and so is a claim.

A heading, a title, a tab's name, a table head or a question is a label: it names what follows. But
"Radiation cures cancer" or "9 in 10 people" states something wherever it is. A label states
something if it has a figure, or a finite verb outside an interrogative clause ("How it spreads")
and outside a relative clause ("Cancers that respond"). A label that is taken for a statement by
mistake can be reworded as a topic or a question.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from sourced_guide.claims.language.medical_words import command_in, praise_in, presupposed_effect_in
from sourced_guide.claims.language.phrases import PhraseTable
from sourced_guide.claims.language.quantities.parse import figures_in

if TYPE_CHECKING:
    from collections.abc import Sequence

# LibYAML, where it is installed, reads the lists in a tenth of the time.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CLAUSE = re.compile(r"[.,;:!?–—()\[\]“”\"]+|\s-\s")
_TAG_QUESTION = re.compile(
    r",\s*(?:right|(?:is|are|do|does|can|will|has|have|was|were)n['’]t\s\w+)\?"
)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)[\s\d–,-]*", re.IGNORECASE)


def _words(group: str) -> frozenset[str]:
    return _lists()[group]


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = files(__package__).joinpath("labels.yml").read_text("utf-8")
    lists = yaml.load(text, Loader=_LOADER)  # noqa: S506 (a safe loader)
    return {group: frozenset(words) for group, words in lists.items()}


def stated_in_label(text: str) -> str:
    """Return the figure or word by which a label states something, or nothing where it does not."""
    # The pattern would be tried at each letter.
    if "©" in text or "c" in text.lower():
        text = _COPYRIGHT.sub(" ", text)
    if figures := figures_in(text):
        return figures[0].written
    words = _lower_words(text)
    for opening in (" ".join(words[:1]), " ".join(words[:2])):
        if opening in _words("advice"):
            return opening
    opener = words[0] if words else ""
    stated = ""
    if opener in _words("presupposing"):
        stated = presupposed_effect_in(text) or _urged(words)
    elif opener not in _words("interrogatives"):
        stated = _promise(words) or command_in(text) or praise_in(text)
    if stated:
        return stated
    return next(filter(None, map(_finite_verb, _clauses(text))), "")


def _urged(words: Sequence[str]) -> str:
    """Return the word by which a label presupposes advice, or nothing: "Why you should rest".

    "Why should I rest" asks, and "How you should sit" names a topic.
    """
    urging = (word for word in words[2:] if word in _words("urging"))
    return next(urging, "") if words[0] == "why" else ""


def _promise(words: Sequence[str]) -> str:
    """Return the words by which a label promises or rules out something, or nothing."""
    return min(_promises().among(words), default="")


@cache
def _promises() -> PhraseTable[str]:
    return PhraseTable((tuple(phrase.split()), phrase) for phrase in _words("promises"))


def stated_in_question(text: str) -> str:
    """Return the figure or words by which a question states something, or nothing.

    "Did you know that ...?" and "It is safe, isn't it?" state something; "Is it safe?" asks.
    """
    if figures := figures_in(text):
        return figures[0].written
    plain = " ".join(_lower_words(text))
    for phrase in _words("rhetorical"):
        if phrase in plain:
            return phrase
    opening = plain.partition(" ")[0]
    if opening in _words("presupposing") and (presupposed := presupposed_effect_in(text)):
        return presupposed
    if opening == "why" and (promise := _promise(plain.split())):
        return promise
    if tag := _TAG_QUESTION.search(text):
        return tag.group().strip(", ?")
    clauses = _clauses(text)
    asks = any(words[0] in _words("auxiliaries") for words in clauses) or any(
        word in _words("interrogatives") for words in clauses for word in words
    )
    return "" if asks else stated_in_label(text.rstrip("? \"'”’)]"))


def _clauses(text: str) -> list[list[str]]:
    return [words for part in _CLAUSE.split(text) if (words := _lower_words(part))]


def _lower_words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def _finite_verb(words: Sequence[str]) -> str:
    """Return the word that makes a clause a statement: its first finite verb."""
    if words[0] in _words("interrogatives"):
        return ""
    in_relative = False
    for at, word in enumerate(words):
        if word in _words("subordinators") or word in _words("interrogatives"):
            in_relative = True
        elif at and _is_verb(words, at):
            if not in_relative:
                return word
            in_relative = False
    return ""


def _is_verb(words: Sequence[str], at: int) -> bool:
    word, before = words[at], words[at - 1]
    if before == "to":
        return False
    following = words[at + 1] if at + 1 < len(words) else ""
    if word in _words("finite_verbs") or word in _words("verbs_in_s"):
        return True
    if word in _words("noun_or_verb"):
        has_object = bool(following) and following not in _words("after_nouns")
        return has_object or before in _words("adverbs")
    return word in _words("plural_verbs") and _is_plural(before)


def _is_plural(word: str) -> bool:
    if word in _words("finite_verbs") or word in _words("not_plurals"):
        return False
    return word in _words("plurals") or (word.endswith("s") and not word.endswith("ss"))
