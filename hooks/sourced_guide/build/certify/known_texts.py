"""Texts that may be around a page's article, and words that templates combine."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import yaml

from sourced_guide.build.built_site.page import parse_html
from sourced_guide.build.built_site.visible_text import HIDDEN_MARKER
from sourced_guide.claims.project.clock import MONTHS
from sourced_guide.claims.project.front_matter import REVIEW
from sourced_guide.claims.render.page import SOURCES_HEADING
from sourced_guide.claims.report.claims_file import EDITION_DIGITS
from sourced_guide.claims.review.levels import levels_of
from sourced_guide.claims.rules.visibility.non_page_text import template_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sourced_guide.claims.project.guide import Guide

_WORD = re.compile(r"\w+")
_SEPARATOR = re.compile(r"\s[-–|]\s|:\s")


@dataclass(frozen=True)
class KnownTexts:
    """Texts that may be around an article, and words that templates combine."""

    texts: frozenset[str]
    words: frozenset[str]
    # Titles of pages, which our templates repeat in links to them.
    in_titles: frozenset[str]
    # Texts of themes, as words, the longest first, by their first word.
    phrases: Mapping[str, Sequence[tuple[str, ...]]] = field(default_factory=dict)
    # Whether a text is known: most texts around an article are around all of them.
    _known: dict[str, bool] = field(default_factory=dict, compare=False)

    def has_word(self, word: str) -> bool:
        """Say whether a word may be before or after a page's own text."""
        return (
            word.startswith(HIDDEN_MARKER)
            or word.lower() in self.words
            or word.lower() in self.in_titles
        )

    def first_unknown(self, words: Sequence[str]) -> int | None:
        """Return where the first word is that may not be before or after a page's own text.

        Themes put texts of their own there: "Edit this page".
        """
        lower = [word.lower() for word in words]
        at = 0
        while at < len(words):
            phrases = self.phrases.get(lower[at], ())
            phrase = next((each for each in phrases if _is_at(lower, at, each)), ())
            if not phrase and not self.has_word(words[at]):
                return at
            at += len(phrase) or 1
        return None

    def with_word(self, word: str) -> KnownTexts:
        """Return the same with one more word."""
        return replace(self, words=self.words | {word}, _known={})

    def has_text(self, text: str) -> bool:
        """Say whether a text is known, or consists of known texts or words.

        Two labels may be joined: "Lights - Bicycles", "Next: Lights".
        """
        if text not in self._known:
            self._known[text] = self._is_joined(text)
        return self._known[text]

    def _is_joined(self, text: str) -> bool:
        # A label may have a separator of its own: "Sources - Bread: a guide".
        return self._is_known(text) or any(
            self._is_known(text[: between.start()]) and self.has_text(text[between.end() :])
            for between in _SEPARATOR.finditer(text)
        )

    def _is_known(self, text: str) -> bool:
        if _normal(text) in self.texts:
            return True
        return all(word in self.words for word in _WORD.findall(text.lower()))


def _is_at(words: Sequence[str], at: int, phrase: tuple[str, ...]) -> bool:
    return tuple(words[at : at + len(phrase)]) == phrase


def known_texts(guide: Guide, claims: Mapping[str, Any], titles: Iterable[str]) -> KnownTexts:
    """Return the texts that a guide, its templates and its theme put around articles.

    `claims` is what claims.json says; `titles` are those of pages that are made from parts of
    others.
    """
    by_themes = _theme_texts(guide.project.repository)
    texts = [*by_themes, SOURCES_HEADING, *titles]
    for setting in guide.project.setting_texts:
        texts += _shown_parts(setting.text)
    texts += [source.title for source in guide.references.sources.values()]
    texts.append(guide.project.address)
    # Our own templates combine these: "Reviewed by ... on November 21, 2026".
    edition = claims["digest"][:EDITION_DIGITS]
    days = [page.get(name, "") for page in claims["pages"] for name in ("changed", "changed-since")]
    # "Page 7 of 46".
    numbers = map(str, range(1, len(guide.pages) + 1))
    parts = [*template_texts(guide), *MONTHS, *numbers, edition, *days]
    levels, _ = levels_of(guide)
    site = guide.project.site
    parts += [site.an_expert, site.urgent_label]
    parts += [words for level in levels.values() for words in (level.summary, level.says)]
    for file, page in guide.pages:
        # Titles are in the navigation, descriptions in the head, headings in the table of contents.
        texts += [file.title, *(value for value in file.meta.values() if isinstance(value, str))]
        texts += [statement.text for statement in page.statements if statement.kind == "heading"]
        parts += [part for name in REVIEW for part in re.split("-", str(file.meta.get(name, "")))]
    words = {word for part in parts for word in _WORD.findall(part.lower())}
    # Days are shown without a leading zero.
    words |= {word.lstrip("0") for word in words}
    titles = [file.title for file, _ in guide.pages]
    titles += [setting.text for setting in guide.project.setting_texts]
    in_titles = {word for title in titles for word in _WORD.findall(title.lower())}
    phrases: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in sorted({_normal(text) for text in by_themes} - {""}, key=_most_words_first):
        words_of_phrase = tuple(phrase.split())
        phrases[words_of_phrase[0]].append(words_of_phrase)
    return KnownTexts(
        texts=frozenset(map(_normal, texts)),
        words=frozenset(words),
        in_titles=frozenset(in_titles),
        phrases=phrases,
    )


def _shown_parts(setting: str) -> list[str]:
    """Return a setting's text, and its parts where it is HTML; of an address, its host."""
    if "://" in setting and " " not in setting:
        return [setting, urlsplit(setting).netloc]
    if "<" in setting or "&" in setting:
        return [setting, *map(str, parse_html(f"<p>{setting}").itertext())]
    return [setting]


def _theme_texts(repository: str) -> list[str]:
    """Return what themes print of their own, given the name of the site's repository."""
    listed = files("sourced_guide.build.certify").joinpath("theme_texts.yml").read_text("utf-8")
    texts = [text for group in yaml.safe_load(listed).values() for text in group]
    return [*texts, repository, f"Edit on {repository}"] if repository else texts


def _most_words_first(phrase: str) -> tuple[int, str]:
    return -phrase.count(" "), phrase


def _normal(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))
