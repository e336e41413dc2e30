"""Parts of a claim (a clause, an item of a list) that none of its passages has: SRC014."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from sourced_guide.claims.language.clauses.reader import read_clauses
from sourced_guide.claims.language.hedging.tagger import words_of_hedges
from sourced_guide.claims.language.normalize import content_words, general_forms, normal_form, words
from sourced_guide.claims.language.tokens import LONGEST_TEXT, cached_by_text
from sourced_guide.claims.language.topics.reader import (
    circumstances_in,
    mentions_in,
    named_circumstances_in,
)
from sourced_guide.claims.model.source import Passage
from sourced_guide.claims.model.statement import BETWEEN_CELLS
from sourced_guide.claims.project.glossary import FormFinder, Term, term_finder
from sourced_guide.claims.rules.support.relevance import Support, read_support

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sourced_guide.claims.language.clauses.clause import Clause
    from sourced_guide.claims.language.topics.reader import Mention
    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.rules.support.cited_claims import CitedClaim

# Things that a passage has to name, by the same or another name: not only words of the same kind.
_THINGS = frozenset(
    ("medicine", "remedy", "treatment", "symptom", "test", "tool", "food", "activity")
)
# What stands after one of these is asked, and not said: "wait to see if it gets better".
_ASKED = re.compile(r"\b(?:if|whether|what|how|which)\b[^.,;:()]*$", re.IGNORECASE)
# A word that more passages have says what they all are about, and not what one of them adds.
_LEAST_WEIGHT = 2.5
# The share of a part that a passage has, at least: of one with several words that none has, and of
# an item that is joined to others.
_LEAST_OF_A_CLAUSE, _LEAST_OF_AN_ITEM = 0.5, 0.34
# "The nervous system (neuro-oncology)": a term, and the two words before it that explain it.
_BEFORE_BRACKETS = re.compile(r"(?P<gloss>\b[\w'-]+ [\w'-]+) \((?P<term>[\w'-]+)\)")
# What comes after one of these is an exception, which a passage has to make too.
_EXCEPTIVES = frozenset(
    ("except", "except for", "excepting", "apart from", "aside from", "other than", "unless")
)
# What follows one of these says what something is like.
_COMPARISONS = frozenset(("as if", "as though"))
_COUNTRIES = frozenset(("uk", "us", "usa"))
_OPEN_BRACKET = re.compile(r"\((?:the |an? )?$")
# What comes after one of these is not there.
_DENIED = re.compile(r"\b(?:without|no|not) (?:any |a )?$", re.IGNORECASE)
_LONGEST_DENIAL = len("without any ")


_NONE = frozenset[str]()
_Cited = Mapping[tuple[str, str], Passage]


class _Part(NamedTuple):
    """The words of a clause or an item that a passage has to have."""

    words: frozenset[str]
    is_item: bool
    is_exception: bool = False


class PartReader:
    """Reads claims beside what the passages, their sources and the glossary say."""

    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        self._sources = guide.references.sources
        self._records: dict[str, frozenset[str]] = {}

    @cached_property
    def _support(self) -> Support:
        return read_support(self._guide.references, self._guide.terms, self._guide.project.store)

    @cached_property
    def _finder(self) -> FormFinder[Term]:
        return term_finder(tuple(self._guide.terms))

    def without_support(self, each: CitedClaim) -> list[str]:
        """Return what no passage has: a thing by its name, or else the words of a part."""
        text, cited = each.claim.text, each.cited
        told = _NONE.union(*map(self._support.passages.__getitem__, cited))
        # Reading the parts takes longer than all the rest.
        parts = () if self._tells_all(text, told) else _parts_of(text)
        thing, part = self._unnamed(each, told), self._unsupported(parts, told)
        if not (thing or part):
            return []
        # Most claims are told in full by what their passages say, and need no more.
        told = told.union(*(self._record_of(key) for key, _ in cited))
        told = told.union(*(content_words(passage.population) for passage in cited.values()))
        if thing := thing and self._unnamed(each, told):
            return [thing]
        if self._unsupported(parts, told) and (
            # "Drugs that bring down swelling (steroids)" needs no passage that explains steroids.
            missing := self._unsupported(
                parts, told.union(self._explained_in(text), _explained_by(text, told, cited))
            )
        ):
            return [_as_written(missing, text)]
        return []

    def _tells_all(self, text: str, told: frozenset[str]) -> bool:
        """Say quickly whether no part of a text can miss a word; a part has no other words."""
        if len(text) > LONGEST_TEXT or "’" in text:
            return False
        missing = filter(_is_specific, content_words(text) - told)
        return not any(f"un{word}" not in told for word in missing)

    def _unsupported(self, parts: Iterable[_Part], told: frozenset[str]) -> frozenset[str]:
        """Return what is missing of the first part of which too little is told, or nothing."""
        missing = ((part, self._missing(part, told)) for part in parts)
        return next(
            (words for part, words in missing if self._is_too_little(part, words, told)), _NONE
        )

    def _unnamed(self, each: CitedClaim, told: frozenset[str]) -> str:
        """Return the first thing or circumstance of a claim that no passage names, or nothing."""
        if things := _things_in(each.claim.text):
            named = _named_by(each.cited)
            for written, groups in things:
                if named.isdisjoint(groups) and not content_words(written) <= told:
                    return written
        if circumstances := _circumstances_in(each.claim.text):
            # A whole source may be about night pain, or compare with radiation alone.
            texts = {self._sources[key].title for key, _ in each.cited}
            texts.update(*((passage.says, passage.population) for passage in each.cited.values()))
            named = frozenset[tuple[str, str]]().union(*map(_groups_of_circumstances, texts))
            return next((each for each, of in circumstances if named.isdisjoint(of)), "")
        return ""

    def _record_of(self, key: str) -> frozenset[str]:
        if key not in self._records:
            fields = map(str, self._sources[key].csl.values())
            self._records[key] = content_words(" ".join(fields))
        return self._records[key]

    def _explained_in(self, text: str) -> frozenset[str]:
        """Return the words by which the glossary explains the terms that a text explains, too."""
        terms = (
            term
            for start, end, term in self._finder.find(text)
            if _OPEN_BRACKET.search(text, 0, start) or text.startswith(" (", end)
        )
        return frozenset().union(*(content_words(term.definition) for term in terms))

    def _missing(self, part: _Part, told: frozenset[str]) -> frozenset[str]:
        weights = self._support.weights
        least = 0 if part.is_exception else _LEAST_WEIGHT
        return frozenset(
            word
            for word in part.words - told
            # "Not stable" is told by "unstable"; which of them it is, other rules ask.
            if weights.get(word, _LEAST_WEIGHT) >= least and f"un{word}" not in told
        )

    def _is_too_little(self, part: _Part, missing: frozenset[str], told: frozenset[str]) -> bool:
        if not missing:
            return False
        share = self._support.weigh(part.words & told) / self._support.weigh(part.words)
        if len(missing) > 1:
            return share < _LEAST_OF_A_CLAUSE
        return part.is_item and share < _LEAST_OF_AN_ITEM


def _explained_by(text: str, told: frozenset[str], cited: _Cited) -> frozenset[str]:
    """Return the words of `text` that say what is told, or how often, in other words."""
    glossed = (
        content_words(match["gloss"])
        for match in _BEFORE_BRACKETS.finditer(text)
        if content_words(match["term"]) <= told
    )
    return words_of_hedges(text).union(_named_otherwise(text, cited), *glossed)


def _named_otherwise(text: str, cited: _Cited) -> frozenset[str]:
    """Return the words of what a claim names and its passages name by another word."""
    named = _named_by(cited).union(
        *(_groups_of_circumstances(passage.says) for passage in cited.values())
    )
    return frozenset[str]().union(
        *(
            content_words(mention.written)
            for mention in (*mentions_in(text), *named_circumstances_in(text))
            if not named.isdisjoint((mention.facet, group) for group in mention.groups)
        )
    )


def _named_by(cited: _Cited) -> frozenset[tuple[str, str]]:
    return frozenset().union(*(_groups_in(passage.says) for passage in cited.values()))


def _as_written(missing: Iterable[str], text: str) -> str:
    forms = frozenset(missing)
    return " ".join(dict.fromkeys(word for word in words(text) if normal_form(word) in forms))


@cached_by_text
def _parts_of(text: str) -> tuple[_Part, ...]:
    return tuple(
        part
        for cell in text.split(BETWEEN_CELLS)
        for clause in read_clauses(cell)
        if clause.opener not in _COMPARISONS
        for part in _parts_of_clause(clause)
        if part.words
    )


def _parts_of_clause(clause: Clause) -> Iterator[_Part]:
    is_joined = len(clause.items) > 1
    for item in clause.items if is_joined else (clause.forms,):
        yield _Part(frozenset(filter(_is_specific, item)), is_joined or clause.in_brackets)
    # "Pain, mood and memory to get moving": what follows the last item may be of all of them.
    for head in clause.heads[1:]:
        yield _Part(frozenset(filter(_is_specific, head)), is_item=True)

    excepted = frozenset(word.form for word in clause.words if word.cue in _EXCEPTIVES)
    yield _Part(frozenset(filter(_is_specific, excepted)), is_item=True, is_exception=True)


def _is_specific(word: str) -> bool:
    """Say whether a passage has to have a word; figures are SRC005's, and countries SRC013's."""
    return (
        len(word) > 1 and word.isalpha() and word not in general_forms() and word not in _COUNTRIES
    )


def _things_in(text: str) -> tuple[tuple[str, frozenset[tuple[str, str]]], ...]:
    mentions = mentions_in(text)
    return tuple(
        (mention.written, frozenset((mention.facet, group) for group in mention.groups))
        for mention in mentions
        if mention.facet in _THINGS
        and mention.named
        and not _is_denied(text, mention)
        # "Pain" in "pain medicine" is no thing of its own.
        and not any(_is_inside(mention, other) for other in mentions)
    )


def _circumstances_in(text: str) -> tuple[tuple[str, frozenset[tuple[str, str]]], ...]:
    return tuple(
        (mention.written, frozenset((mention.facet, group) for group in mention.groups))
        for mention in named_circumstances_in(text)
        if not _is_denied(text, mention) and not _ASKED.search(text, 0, mention.start)
    )


def _is_denied(text: str, mention: Mention) -> bool:
    start = max(0, mention.start - _LONGEST_DENIAL)
    return bool(_DENIED.search(text, start, mention.start))


def _is_inside(mention: Mention, other: Mention) -> bool:
    is_longer = other.end - other.start > mention.end - mention.start
    return is_longer and other.start <= mention.start and mention.end <= other.end


@cache
def _groups_in(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(
        (mention.facet, group) for mention in mentions_in(text) for group in mention.groups
    )


@cache
def _groups_of_circumstances(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(
        (mention.facet, group) for mention in circumstances_in(text) for group in mention.groups
    )
