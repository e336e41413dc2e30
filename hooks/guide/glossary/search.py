"""Other names of a page's terms, for the search: plain words find what medical words say.

The search knows only words that stand on a page. A page about radiation that never says
"radiotherapy" gets that name, and is found by it.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence

from guide.claims.terms import Term, term_finder

_TAG = re.compile(r"<[^>]*>")
_TITLE_END = "</h1>"
# A term that a page only touches on is no reason to find it.
_OFTEN = 2


def with_other_names(page: str, terms: Sequence[Term]) -> str:
    """Return a page's HTML with a line below its title: the other names of what it is about."""
    text = html.unescape(_TAG.sub(" ", page))
    used = Counter(term for *_, term in term_finder(tuple(terms)).find(text))
    said = text.lower()
    names = [
        name
        for term, count in used.items()
        if count >= _OFTEN
        for name in term.names
        if name.lower() not in said
    ]
    if not names:
        return page
    line = f"<p>Other words: {html.escape(', '.join(names))}.</p>"
    return page.replace(_TITLE_END, _TITLE_END + line, 1)
