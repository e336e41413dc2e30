"""Words that negate another one by a prefix or a suffix: "untreatable", "painless"."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from sourced_guide.claims.language.clauses.lexicon import lexicon
from sourced_guide.claims.language.normalize import content_form
from sourced_guide.claims.language.tokens import WordFilter, vocabulary_of

if TYPE_CHECKING:
    from collections.abc import Iterator

# What a prefix or a suffix leaves has to have as many letters.
_SHORTEST = 4
_CAPABLE = ("able", "ible")
_CACHED_WORDS = 65_536
_NO_FORMS = frozenset[str]()


def bases_in(text: str) -> frozenset[str]:
    """Return the forms of what the words of a text may negate."""
    return _NO_FORMS.union(*map(bases, _with_affix().among(vocabulary_of(text))))


@cache
def _with_affix() -> WordFilter:
    return WordFilter(bases)


@lru_cache(_CACHED_WORDS)
def bases(word: str) -> tuple[str, ...]:
    """Return the forms of what a word may negate: "treat" for "untreatable"."""
    return tuple(_bases_of(word))


def _bases_of(word: str) -> Iterator[str]:
    for prefix in lexicon().negative_prefixes:
        base = word.removeprefix(prefix)
        if base != word and len(base) >= _SHORTEST:
            yield content_form(base)
            for ending in _CAPABLE:
                if base.endswith(ending):
                    yield content_form(base.removesuffix(ending))
    for suffix in lexicon().negative_suffixes:
        base = word.removesuffix(suffix)
        if base != word and len(base) >= _SHORTEST:
            yield content_form(base)
