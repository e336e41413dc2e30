"""Claims about other people, another illness, part of the body or country: SRC013."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from sourced_guide.claims.language.tokens import cached_by_text
from sourced_guide.claims.language.topics.reader import Mention, mentions_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sourced_guide.claims.model.source import Passage, Source
    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.rules.support.cited_claims import CitedClaim

_ADVICE = "name those whom it is about, or put them into its `population` or `says`"
_COUNTED, _COUNTRY = "counted", "country"
# What stands after a number, and the groups that need not.
_COUNTED_BY_NUMBER = "counted by a number"
_PEOPLE, _WORKS = "people", "studies"
# How a message names what a word stands for.
_FACETS = {
    "age": "of another age",
    "sex": "of one sex or state",
    "helper": "somebody else who helps",
    "persons": "another group of people, or animals",
    "part": "another part of the body",
    "cancer": "another kind of cancer",
    "illness": "another illness",
    "stage": "another stage of cancer",
    "severity": "another degree of pain",
    _COUNTRY: "another country",
    _COUNTED: "something else that is counted",
}
# A number, and what may stand between it and what it counts: "91 out of 100 guided biopsies".
_AFTER_A_NUMBER = re.compile(
    r"(?:\d|%|\b(?:percent|hundred|dozen|half|third|quarter|two|three|four|five|six|seven|eight|nine|ten))"
    r"(?: of)?(?: (?:the|these|those|all))?(?: [a-z-]{1,30})? $",
    re.IGNORECASE,
)
# No match is longer.
_LONGEST_BEFORE = 48
_COUNTRY_OF_A_SITE = re.compile(
    r"https?://[^/\s]*\.(?:co|org|ac|nhs|gov)?\.?(uk|ie|au|ca|nz|gov)(?:/|$)"
)
_COUNTRIES = {
    "uk": "uk",
    "ie": "ireland",
    "au": "australia",
    "ca": "canada",
    "nz": "new zealand",
    "gov": "us",
}


def finder(guide: Guide) -> Callable[[CitedClaim], Iterator[tuple[str, str]]]:
    """Return what yields the faults of a claim, and what to do."""
    return partial(_faults, _Groups(guide.references.sources))


def _faults(groups: _Groups, each: CitedClaim) -> Iterator[tuple[str, str]]:
    if named := _named_in(each.claim.text):
        names_country = any(mention.facet == _COUNTRY for mention in named)
        spoken_of = groups.of(each.cited, with_countries=names_country)
        for mention in _not_spoken_of(named, spoken_of):
            what = f"'{mention.written}' is {_FACETS[mention.facet]}"
            message = f"{what}, which no passage speaks of: '{each.quote}'"
            yield message, f"{each.quoted_passage}: {_ADVICE}"


def _not_spoken_of(named: Iterable[Mention], groups: set[tuple[str, str]]) -> Iterator[Mention]:
    for mention in named:
        of_mention = {(mention.facet, group) for group in mention.groups}
        # Where a passage does not say what its numbers count, they count people.
        is_default = (_COUNTED, _PEOPLE) in of_mention and not any(
            facet == _COUNTED_BY_NUMBER for facet, _ in groups
        )
        if not is_default and groups.isdisjoint(of_mention):
            yield mention


def _named_in(text: str) -> tuple[Mention, ...]:
    """Return the mentions of a claim that a passage has to have as well."""
    return tuple(
        mention
        for mention in mentions_in(text)
        if mention.facet in _FACETS
        and mention.named
        and (mention.facet != _COUNTED or _is_counted(text, mention))
    )


def _is_counted(text: str, mention: Mention) -> bool:
    """Say whether a number of a claim counts what is mentioned; works it may count by itself."""
    return _WORKS not in mention.groups and _is_after_a_number(text, mention)


def _is_after_a_number(text: str, mention: Mention) -> bool:
    start = max(0, mention.start - _LONGEST_BEFORE)
    return bool(_AFTER_A_NUMBER.search(text, start, mention.start))


class _Groups:
    """The groups, with their facets, that passages and their sources speak of, found once."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._countries: dict[str, set[tuple[str, str]]] = {}

    def of(
        self, cited: Mapping[tuple[str, str], Passage], *, with_countries: bool
    ) -> set[tuple[str, str]]:
        """Return what all of the passages speak of together.

        The countries that their sources' records name are looked for `with_countries` only.
        """
        found: set[tuple[str, str]] = set()
        for (key, _), passage in cited.items():
            texts = (passage.says, passage.population, passage.section, *passage.figures)
            found |= _groups_in(texts)
            found |= _groups_in((self._sources[key].title,))
            if with_countries:
                if key not in self._countries:
                    self._countries[key] = _countries_of(self._sources[key])
                found |= self._countries[key]
        return found


def _countries_of(source: Source) -> set[tuple[str, str]]:
    """Return the countries that a source's record names."""
    record = _groups_in(tuple(map(str, source.csl.values())))
    found = {group for group in record if group[0] == _COUNTRY}
    address = f"{source.csl.get('URL', '')}/"
    found |= {(_COUNTRY, _COUNTRIES[match[1]]) for match in _COUNTRY_OF_A_SITE.finditer(address)}
    return found


@cached_by_text
def _groups_in(texts: tuple[str, ...]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for text in texts:
        for mention in mentions_in(text):
            found |= {(mention.facet, group) for group in mention.groups}
            if mention.facet == _COUNTED and _is_after_a_number(text, mention):
                found |= {(_COUNTED_BY_NUMBER, group) for group in mention.groups}
    return found
