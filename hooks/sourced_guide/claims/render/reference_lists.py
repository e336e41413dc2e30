"""The list of all sources: an index with a line for each, then all that the guide uses of them.

That comes in parts, none of which is longer than a page should be. The build makes a page of each
part and leaves the index where the list was; where nothing does so, all of it is one long page.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from sourced_guide.claims.language.markup.written_html import link, text
from sourced_guide.claims.render.references_page import (
    backlinks_by_source,
    page_anchor,
    source_section,
)
from sourced_guide.claims.render.source_labels import short_label
from sourced_guide.claims.report.bibliography import reference_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from sourced_guide.claims.model.source import Source
    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.store.store import Store
    from sourced_guide.claims.render.references_page import Href

# How the build finds a list that comes in parts: by the id of its index; and a part: by its file.
LIST, FILE = "data-cs-list", "data-cs-file"
# A page has at most 2,000, of which the theme and our templates take some 500.
MOST_ELEMENTS = 1_300
_INDEX = "all-sources"
# For sources that begin with no letter.
_NO_LETTER = "0–9"


@dataclass(frozen=True)
class Part:
    """What is shown together of a long list; its file and id are made from `name`."""

    title: str
    name: str
    content: Sequence[str]


def part_sections(parts: Sequence[Part], index: str, all_of_it: str) -> Iterator[str]:
    """Yield the parts of a list, with links to its index and to the parts before and after."""
    for before, part, after in zip([None, *parts], parts, [*parts[1:], None], strict=False):
        ways = [link(f"#{index}", all_of_it)]
        for words, other in (("Previous part", before), ("Next part", after)):
            if other:
                ways.append(link(f"#part-{other.name}", f"{words}: {other.title}"))
        yield (
            f'<section id="part-{part.name}" {FILE}="{part.name}.html"><h2>{text(part.title)}</h2>'
            f'<p class="cs-part-ways">{" ".join(ways)}</p>{"".join(part.content)}</section>'
        )


def references_directive(guide: Guide, href: Href) -> str:
    """Return the index of all sources, and the parts, as HTML."""
    by_letter = _by_letter(guide.references.sources.values(), guide.project.store)
    claims = backlinks_by_source(guide)
    sections = {
        letter: [
            source_section(source, claims.get(source.key, ()), guide, href) for source in sources
        ]
        for letter, sources in by_letter.items()
    }
    parts = part_sections(list(_parts(sections)), _INDEX, "All sources")
    return f'<div class="cs-references" {LIST}="{_INDEX}">{_index(by_letter)}{"".join(parts)}</div>'


def _by_letter(sources: Collection[Source], store: Store) -> Mapping[str, Sequence[Source]]:
    """Return the sources in the order of their references, by the letter that these begin with."""

    def place(source: Source) -> tuple[str, str]:
        words = reference_words(source, store)
        # Without accents, quotation marks and the like.
        plain = "".join(filter(str.isalnum, unicodedata.normalize("NFKD", words).upper()))
        letter = plain[:1] if "A" <= plain[:1] <= "Z" else _NO_LETTER
        return letter, words.lower()

    places = {source.key: place(source) for source in sources}
    ordered = sorted(sources, key=lambda source: places[source.key])
    groups = groupby(ordered, key=lambda source: places[source.key][0])
    return {letter: list(group) for letter, group in groups}


def _index(by_letter: Mapping[str, Sequence[Source]]) -> str:
    """Return one line for each source.

    A line is a single element: there are many, and a page of too many is slow on an old phone.
    """
    letters = "".join(f"{link(f'#letter-{_name(letter)}', letter)} " for letter in by_letter)
    lists = "".join(
        f'<h2 id="letter-{_name(letter)}">{letter}</h2>'
        f'<p class="cs-index__lines">{_lines(sources)}</p>'
        for letter, sources in by_letter.items()
    )
    return (
        f'<div class="cs-index" id="{_INDEX}"><p class="cs-letters">Go to a letter: {letters}</p>'
        f"{lists}</div>"
    )


def _lines(sources: Iterable[Source]) -> str:
    return "".join(
        f"{link(f'#{page_anchor(source.key)}', short_label(source))}\n" for source in sources
    )


def _parts(sections: Mapping[str, Sequence[str]]) -> Iterator[Part]:
    """Yield parts of one letter, of some in a row, or of a share of one that has many sources.

    So a new source changes the parts of its own letter, and seldom others.
    """
    row: dict[str, Sequence[str]] = {}
    size = 0
    for letter, found in sections.items():
        more = sum(map(size_of, found))
        if row and size + more > MOST_ELEMENTS:
            yield from _shares(row)
            row, size = {}, 0
        row[letter] = found
        size += more
    if row:
        yield from _shares(row)


def _shares(row: Mapping[str, Sequence[str]]) -> Iterator[Part]:
    first, *_, last = [*row, *row]
    title = first if first == last else f"{first} to {last}"
    name = _name(first) if first == last else f"{_name(first)}-{_name(last)}"
    shares: list[list[str]] = [[]]
    size = 0
    for section in (section for found in row.values() for section in found):
        size += size_of(section)
        if shares[-1] and size > MOST_ELEMENTS:
            shares.append([])
            size = size_of(section)
        shares[-1].append(section)
    if len(shares) == 1:
        yield Part(title, name, shares[0])
        return
    for number, share in enumerate(shares, 1):
        yield Part(f"{title}, part {number} of {len(shares)}", f"{name}-{number}", share)


def size_of(html: str) -> int:
    """Return how many elements something has."""
    return html.count("<") - html.count("</")


def _name(letter: str) -> str:
    return "0-9" if letter == _NO_LETTER else letter.lower()
