"""Text of the pages' front matter: it has to be a label, or the page's text about the guide."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.model.place import Place
from sourced_guide.claims.project.store.store import digest_of
from sourced_guide.claims.rules.visibility.unchecked_text import UncheckedText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.page_file import PageFile

# Settings of the search plugin, whose numbers no reader sees.
_FOR_SEARCH, _NUMBER = "search", re.compile(r"\d+(?:\.\d+)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SPACES = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+")


def front_matter_texts(guide: Guide) -> Iterator[UncheckedText]:
    """Yield every text of the pages' front matter that is neither a label nor editorial."""
    kept = guide.project.store.shelf("front-matter")
    for file, _ in guide.pages:
        if file.meta and not file.is_editorial:
            shown = guide.project.shown(guide.project.docs / file.path)
            key = digest_of(file.content[: file.start])
            for place, within, text in kept.get(key, partial(_front_matter, file)):
                yield UncheckedText(Place(shown, *place), within, text)


def _front_matter(file: PageFile) -> list[tuple[tuple[int, int], str, str]]:
    """Return the texts of a page's front matter that state something, with line and column."""
    # Most checks have no new front matter.
    from sourced_guide.claims.language.labels import stated_in_label  # noqa: PLC0415
    from sourced_guide.claims.language.markup.hidden_markup import (  # noqa: PLC0415
        deceptive_characters,
    )
    from sourced_guide.claims.language.markup.html_text import read_raw_html  # noqa: PLC0415

    found = []
    for name, value in file.meta.items():
        for text in _strings(value):
            if (name == _FOR_SEARCH and _NUMBER.fullmatch(text)) or _DAY.fullmatch(text):
                continue
            words = read_raw_html(text).words if "<" in text else text
            place = file.meta_places.get(name, (1, 1))
            if word := stated_in_label(_SPACES.sub(" ", words)):
                within = f"'{name}' in the front matter states something ('{word}') and"
                found.append((place, within, text))
            elif deceptive := next((character for _, character in deceptive_characters(text)), ""):
                within = f"'{name}' in the front matter has the character {deceptive} and"
                found.append((place, within, text))
    return found


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, (list, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)
