"""Texts that may stand around a page's article, and words that templates put together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from sourced_guide.build.built_site.visible_text import HIDES
from sourced_guide.claims.project.clock import MONTHS
from sourced_guide.claims.project.front_matter import REVIEW
from sourced_guide.claims.report.claims_file import EDITION_DIGITS
from sourced_guide.claims.report.export import claims_data
from sourced_guide.claims.rules.visibility.non_page_text import template_texts

if TYPE_CHECKING:
    from sourced_guide.claims.project.guide import Guide

_WORD = re.compile(r"\w+")
_JOINT = re.compile(r"\s[-–|]\s|:\s")


@dataclass(frozen=True)
class KnownTexts:
    """Texts that may stand around an article, and words that templates put together."""

    texts: frozenset[str]
    words: frozenset[str]
    # Titles of pages, which our templates repeat in links to them.
    in_titles: frozenset[str]

    def have(self, word: str) -> bool:
        """Say whether a word may stand before or after a page's own text."""
        return (
            word.startswith(HIDES) or word.lower() in self.words or word.lower() in self.in_titles
        )

    def show(self, text: str) -> bool:
        """Say whether a text is one of these, or put together of them or of such words.

        Two labels make one: "Symptoms - Cancer in the Spine", "Next: Symptoms".
        """
        return self._shows(text) or all(map(self._shows, _JOINT.split(text)))

    def _shows(self, text: str) -> bool:
        if _normal(text) in self.texts:
            return True
        return all(word in self.words for word in _WORD.findall(text.lower()))


def known_texts(guide: Guide) -> KnownTexts:
    """Return the texts that a guide, its templates and its theme put around articles."""
    of_theme = files("sourced_guide.build.certify").joinpath("theme_texts.yml").read_text("utf-8")
    texts = [text for group in yaml.safe_load(of_theme).values() for text in group]
    texts += [setting.text for setting in guide.project.setting_texts]
    texts += [source.title for source in guide.references.sources.values()]
    texts.append(guide.project.address)
    # Our own templates put these together: "Reviewed by ... on November 21, 2026".
    edition = claims_data(guide)["digest"][:EDITION_DIGITS]
    parts = [*template_texts(guide), *MONTHS, edition]
    for file, page in guide.pages:
        # Titles stand in the navigation, descriptions in the head, headings in the contents.
        texts += [file.title, *(value for value in file.meta.values() if isinstance(value, str))]
        texts += [statement.text for statement in page.statements if statement.kind == "heading"]
        parts += [part for name in REVIEW for part in re.split("-", str(file.meta.get(name, "")))]
    words = {word for part in parts for word in _WORD.findall(part.lower())}
    # Days stand there without a leading zero.
    words |= {word.lstrip("0") for word in words}
    titles = [file.title for file, _ in guide.pages]
    titles += [setting.text for setting in guide.project.setting_texts]
    in_titles = {word for title in titles for word in _WORD.findall(title.lower())}
    return KnownTexts(frozenset(map(_normal, texts)), frozenset(words), frozenset(in_titles))


def _normal(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))
