"""Writes the edition of a page into it, and a digest that changes with the page."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from sourced_guide.claims.project.clock import humanize

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sourced_guide.build.built_site.edition import Edition

_PLACE = re.compile(r'<(?P<tag>time|data) class="cs-edition"[^>]*>[^<]*</(?P=tag)>')
_EMPTY = '<time class="cs-edition"></time>'
# Sentences of theme/cs/changed.html that end in a value. The template hides them: it does not
# know the value, and not every sentence is true of every page.
_SENTENCE = re.compile(
    r'<span class="cs-changed" data-cs-changed="(?P<value>[a-z-]+)"(?: hidden)?>'
    r"(?P<before>[^<]*)<(?P<tag>time|b)\b[^>]*>[^<]*</(?P=tag)>"
)
# The edition of a pack, where the packs are listed.
_OF_PACK = re.compile(
    r'<span class="cs-pack__edition" data-cs-edition-of="(?P<pack>[a-z0-9-]+)"(?: hidden)?>'
    r"(?P<before>[^<]*)<b>[^<]*</b>"
)
# Those that end in a day.
_WITH_DAY = ("in", "since")
# Enough digits of a digest to distinguish two editions of a page.
_DIGITS = 8


def with_edition(html: str, edition: Edition | None) -> str:
    """Return a page with its edition and the SHA-256 of the rest of it.

    A page without elements for them is unchanged. A page that is the same in a new edition of the
    guide has the same digest, so that readers need not reload it.
    """
    values = _values(edition) if edition else {}
    html = _SENTENCE.sub(lambda sentence: _completed(sentence, values), html)
    digest = hashlib.sha256(_PLACE.sub(_EMPTY, html).encode()).hexdigest()[:_DIGITS]
    day = edition.checked if edition else ""
    # HTML has no element for a time without one.
    badge = f'<data class="cs-edition" value="" data-cs-page="{digest}"></data>'
    if day:
        badge = (
            f'<time class="cs-edition" datetime="{day}" data-cs-page="{digest}">'
            f"{humanize(day)}</time>"
        )
    return _PLACE.sub(badge, html)


def with_pack_editions(html: str, editions: Mapping[str, str]) -> str:
    """Return the page that lists packs with their editions, by the keys of the packs."""

    def completed(place: re.Match[str]) -> str:
        edition = editions.get(place["pack"], "")
        hidden = "" if edition else " hidden"
        return (
            f'<span class="cs-pack__edition" data-cs-edition-of="{place["pack"]}"{hidden}>'
            f"{place['before']}<b>{edition}</b>"
        )

    return _OF_PACK.sub(completed, html)


def _values(edition: Edition) -> Mapping[str, str]:
    """Return what the sentences that are true of a page end in."""
    last_change = {"since" if edition.is_after else "in": edition.changed}
    return {"code": edition.digest, **(last_change if edition.changed else {})}


def _completed(sentence: re.Match[str], values: Mapping[str, str]) -> str:
    """Return a sentence with its value, or hidden where it has none."""
    value = values.get(sentence["value"], "")
    hidden = "" if value else " hidden"
    shown = f"<b>{value}</b>"
    if value and sentence["value"] in _WITH_DAY:
        shown = f'<time datetime="{value}">{humanize(value)}</time>'
    return (
        f'<span class="cs-changed" data-cs-changed="{sentence["value"]}"{hidden}>'
        f"{sentence['before']}{shown}"
    )
