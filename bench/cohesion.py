"""How well the sentences of readers' pages hang together: `python -m bench.cohesion`.

Of the sentences that follow another in a paragraph, it counts those that take it up: with a link
word ("but", "so", "also"), with a word that refers back ("it", "this", "the other"), or by naming
again what the one before named. `link_words.yml` has the words. Lists, tables, captions, headings
and titles do not count; a text that several pages include counts once, as a page of its own.

Beside it stand what makes a text hard to follow: sentences of over 20 words, sentences in the
passive voice, and lists of over 7 items. Targets are shown, never enforced.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from sourced_guide.claims.language.normalize import content_words, words
from sourced_guide.claims.language.readability import words_of
from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.model.statement import Role
from sourced_guide.claims.project.mkdocs_config import load_project

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sourced_guide.claims.model.statement import Statement
    from sourced_guide.claims.project.guide import Guide

_LISTS = Path(__file__).with_name("link_words.yml")
# What a sentence is about stands among its first words.
_OPENING = 3
_LONG_SENTENCE = 20
_LONG_LIST = 7
_MOST_NAMED = 8
# "It is not known how ...": this "it" refers to nothing.
_EMPTY_IT = re.compile(r"^it (?:is|was|may be|can be)(?: \w+){1,3} (?:how|if|that|to|whether)\b")
# A form of "be" and a participle, with an adverb between them at most.
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|am)(?: (?:not|also|often|then|still|\w+ly))?"
    r" (?:\w{2,}ed|\w+(?:ung|ought)|born|broken|chosen|done|drawn|eaten|felt|found|given|held|hit|"
    r"hurt|kept|known|left|lost|made|met|paid|put|read|said|seen|sent|set|shown|taken|told|"
    r"understood|used|weighed|worn|written)\b"
)
# Participles that describe: nobody does what they say.
_ADJECTIVES = re.compile(
    r"\b(?:advanced|allowed|confused|involved|limited|needed|supposed|tired|worried)$"
)
_ITEM = re.compile(r"^( *)(?:[-*]|\d+\.) ")
_HEAD = "| page | follow another | take it up | over 20 words | passive | longer lists |"


@dataclass
class Count:
    """What was counted in a text; counts can be added.

    `following` are the sentences that follow another, `tied` those that take it up. `link_words`
    has each link word of these with its number. `sentences` are those of lists too.
    """

    following: int = 0
    tied: int = 0
    sentences: int = 0
    long_sentences: int = 0
    passives: int = 0
    long_lists: int = 0
    link_words: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Count) -> Count:
        return Count(
            self.following + other.following,
            self.tied + other.tied,
            self.sentences + other.sentences,
            self.long_sentences + other.long_sentences,
            self.passives + other.passives,
            self.long_lists + other.long_lists,
            self.link_words + other.link_words,
        )


@dataclass(frozen=True)
class Words:
    """The lists of `link_words.yml`; phrases as their words."""

    conjunctions: Sequence[tuple[str, ...]]
    adverbs: Sequence[tuple[str, ...]]
    references: frozenset[str]


@cache
def word_lists() -> Words:
    """Return the lists, read once."""
    lists: dict[str, dict[str, str]] = yaml.safe_load(_LISTS.read_text("utf-8"))
    return Words(
        _phrases(lists["conjunctions"]),
        _phrases(lists["adverbs"]),
        frozenset(word for (word,) in _phrases(lists["references"])),
    )


def _phrases(group: Mapping[str, str]) -> list[tuple[str, ...]]:
    listed = [tuple(phrase.split()) for names in group.values() for phrase in names.split(", ")]
    return sorted(listed, key=lambda phrase: -len(phrase))


def link_word(sentence: str) -> str | None:
    """Return the word or phrase that links a sentence to the one before it, if it has one."""
    lists, found = word_lists(), tuple(words(sentence))
    for phrase in lists.conjunctions:
        if found[: len(phrase)] == phrase:
            return " ".join(phrase)
    for phrase in lists.adverbs:
        if any(found[at : at + len(phrase)] == phrase for at in range(len(found))):
            return " ".join(phrase)
    return None


def takes_up(sentence: str, before: str) -> bool:
    """Say whether a sentence takes up the one before it."""
    if link_word(sentence):
        return True
    opening = words(sentence)[:_OPENING]
    refers = word_lists().references.intersection(opening)
    if refers and not _EMPTY_IT.match(sentence.lower()):
        return True
    return bool(content_words(" ".join(opening)) & content_words(before))


def is_passive(sentence: str) -> bool:
    """Say whether a sentence has a verb in the passive voice."""
    return any(not _ADJECTIVES.search(found[0]) for found in _PASSIVE.finditer(sentence.lower()))


def count_guide(guide: Guide) -> dict[str, Count]:
    """Return the count of each text that readers see, by its file."""
    statements: dict[str, dict[tuple[int, int], Statement]] = defaultdict(dict)
    for page in guide.pages:
        if not page.file.is_editorial:
            for found in page.text.statements:
                is_text = found.role in (Role.CLAIM, Role.EDITORIAL, Role.LABEL)
                if is_text and found.kind in ("sentence", "list item"):
                    statements[found.file].setdefault((found.line, found.column), found)
    counts = {}
    for file, by_place in sorted(statements.items()):
        text = (guide.project.root / file).read_text("utf-8")
        counts[file] = _count(text.split("\n"), [by_place[place] for place in sorted(by_place)])
    return counts


def _count(lines: Sequence[str], statements: Sequence[Statement]) -> Count:
    count = Count(long_lists=sum(size > _LONG_LIST for size in _list_sizes(lines)))
    for found in statements:
        count.sentences += 1
        count.long_sentences += len(words_of(found.text)) > _LONG_SENTENCE
        count.passives += is_passive(found.text)
    paragraphs = _paragraphs(lines)
    in_paragraphs = [found for found in statements if found.kind == "sentence"]
    for before, found in pairwise(in_paragraphs):
        if paragraphs[before.line - 1] == paragraphs[found.line - 1]:
            count.following += 1
            if takes_up(found.text, before.text):
                count.tied += 1
                if link := link_word(found.text):
                    count.link_words[link] += 1
    return count


def _paragraphs(lines: Iterable[str]) -> list[int]:
    """Return the number of the paragraph that each line is in; blank lines part them."""
    numbers, number = [], 0
    for line in lines:
        number += not line.strip()
        numbers.append(number)
    return numbers


def _list_sizes(lines: Iterable[str]) -> Iterator[int]:
    """Yield how many items each list has; blank lines may be between them."""
    sizes: dict[int, int] = {}
    for line in lines:
        if not line.strip():
            continue
        item = _ITEM.match(line)
        indent = len(item[1]) if item else len(line) - len(line.lstrip())
        for ended in [own for own in sizes if own > indent or (own == indent and not item)]:
            yield sizes.pop(ended)
        if item:
            sizes[indent] = sizes.get(indent, 0) + 1
    yield from sizes.values()


def table(counts: Mapping[str, Count]) -> Iterator[str]:
    """Yield a Markdown table, the least tied text first, and a line on the link words."""
    yield _HEAD
    yield "| --- " * (_HEAD.count("|") - 1) + "|"
    whole = sum(counts.values(), Count())
    for file, count in sorted(counts.items(), key=lambda named: _share(named[1])):
        yield _row(file, count)
    yield _row("**whole** (aim: 60, 3, 6, 0)", whole)
    links = whole.link_words.total()
    named = (
        f"{word} {_of_100(number, links)}"
        for word, number in whole.link_words.most_common(_MOST_NAMED)
    )
    yield f"\nOf 100 link words: {', '.join(named)} (aim: at most 30)"


def _share(count: Count) -> float:
    return count.tied / count.following if count.following else 1


def _row(name: str, count: Count) -> str:
    cells = (
        count.following,
        _of_100(count.tied, count.following),
        _of_100(count.long_sentences, count.sentences),
        _of_100(count.passives, count.sentences),
        count.long_lists,
    )
    return f"| {name} | {' | '.join(map(str, cells))} |"


def _of_100(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}" if whole else "-"


def main() -> None:
    """Count the guide of mkdocs.yml and print the table."""
    argparse.ArgumentParser(description="Counts how well sentences hang together.").parse_args()
    for line in table(count_guide(read_guide(load_project(Path("mkdocs.yml"))))):
        print(line)


if __name__ == "__main__":
    main()
