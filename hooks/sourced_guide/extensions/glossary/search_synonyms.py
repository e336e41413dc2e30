"""What the search reads of a page: without what only paper shows, with other names of its parts.

The search knows only words that stand on a page. The part headed "Radiation" gets the names of the
term's glossary entry, "radiotherapy" among them, and is found by each: plain words find what
medical words say, and the other way round.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from sourced_guide.claims.markdown.media import PAPER_ONLY
from sourced_guide.claims.project.glossary import Term, term_finder

_TAG = re.compile(r"<[^>]*>")
_HEADING = re.compile(r"<(?P<tag>h[1-6])\b[^>]*>(?P<words>.*?)</(?P=tag)>", re.DOTALL)


def without_paper_only(page: str) -> str:
    """Return a page's HTML without the blocks that no screen shows."""
    # lxml takes its time to load, and few pages have such a block.
    if PAPER_ONLY not in page:
        return page
    from lxml import html as parser  # noqa: PLC0415

    around = parser.fragment_fromstring(page, create_parent="div")
    for block in around.find_class(PAPER_ONLY):
        block.drop_tree()
    shown = parser.tostring(around, encoding="unicode")
    return shown.removeprefix("<div>").removesuffix("</div>")


def with_other_names(page: str, terms: Sequence[Term]) -> str:
    """Return a page's HTML with a line below each heading that holds terms: their other names."""
    finder = term_finder(tuple(terms))

    def named(heading: re.Match[str]) -> str:
        words = html.unescape(_TAG.sub("", heading["words"]))
        found = dict.fromkeys(term for *_, term in finder.find(words))
        said = words.lower()
        names = [name for term in found for name in term.names if name.lower() not in said]
        if not names:
            return heading.group()
        return f"{heading.group()}<p>Other words: {html.escape(', '.join(names))}.</p>"

    return _HEADING.sub(named, page)
