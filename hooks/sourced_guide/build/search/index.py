"""Makes the index of the theme's search smaller, and adds aliases.

The theme passes the index to its worker unchanged. So entries get `aliases`, and the settings get
`guide`: words that are warning signs, and whom to call if nothing is found.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from sourced_guide.claims.project.glossary import PAGE as GLOSSARY
from sourced_guide.claims.project.glossary import FormFinder, Term, term_finder
from sourced_guide.claims.project.io.atomic_write import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from sourced_guide.build.search.aliases import Aliases

INDEX = "search/search_index.json"
_ITEMS_END = re.compile(r"\s*</li>\s*(?:</ul>|</ol>)?\s*")
_TAG = re.compile(r"\s*<[^>]*>\s*")
_NO_GAP = re.compile(r"\s+(?=[.,;:!?])")
_SENTENCE = re.compile(r".+?(?:[.?!:]\s|\s•\s|$)")
# The most pages that may share a sentence in the index.
_MAX_PAGES = 8
# A page that the worker treats specially.
_START = "index.md"
# Between lines. The worker treats it as the end of a sentence.
BREAK = " • "


class Urgent(NamedTuple):
    """The page for what is urgent, and its line about whom to call, as HTML; both may be empty."""

    page: str = ""
    call: str = ""


def extend_index(site: Path, aliases: Aliases, terms: Sequence[Term], urgent: Urgent) -> None:
    """Add aliases and warning signs to the index of a built site, and make it smaller."""
    path = site / INDEX
    index = json.loads(path.read_text("utf-8"))
    changed = extended(index, aliases, terms, urgent)
    write_atomically(path, json.dumps(changed, ensure_ascii=False, separators=(",", ":")))


def extended(
    index: Mapping[str, Any], aliases: Aliases, terms: Sequence[Term], urgent: Urgent
) -> dict[str, Any]:
    """Return the index with the words that people use, and texts without markup."""
    pages = {address_of(path): words for path, words in aliases.pages.items()}
    words_of_terms = {
        f"{address_of(GLOSSARY)}#{term.id}": aliases.terms.get(term.name, []) for term in terms
    }
    texts = _own_texts(index["docs"], address_of(urgent.page))
    finder = term_finder(tuple(terms))
    docs = []
    for entry, text in zip(index["docs"], texts, strict=True):
        words = [
            *pages.get(entry["location"], ()),
            *words_of_terms.get(entry["location"], ()),
            *_other_names(entry["title"], finder),
        ]
        changed = {**entry, "text": text}
        docs.append({**changed, "aliases": ", ".join(words)} if words else changed)
    places = {"start": _START, "glossary": GLOSSARY, "signs": urgent.page}
    guide = {
        "signs": aliases.signs,
        "emergency": urgent.call,
        "places": {name: address_of(page) for name, page in places.items() if page},
    }
    return {"config": {**index["config"], "guide": guide}, "docs": docs}


def address_of(page: str) -> str:
    """Return the URL of a page in the index."""
    stem = page.removesuffix(".md")
    return "" if stem == "index" else f"{stem.removesuffix('/index')}/"


def _own_texts(docs: Sequence[Mapping[str, Any]], urgent: str) -> Iterator[str]:
    """Yield the text of each entry without what many pages say, such as the urgent block.

    It would match all of them; only the page `urgent` keeps it.
    """
    pages = [entry["location"].partition("#")[0] for entry in docs]
    sentences = [_SENTENCE.findall(_plain(entry["text"])) for entry in docs]
    on_page = {
        (page, sentence.strip())
        for page, found in zip(pages, sentences, strict=True)
        for sentence in found
    }
    page_counts = Counter(sentence for _, sentence in on_page)
    for page, found in zip(pages, sentences, strict=True):
        own = (
            found if page == urgent else [x for x in found if page_counts[x.strip()] <= _MAX_PAGES]
        )
        yield "".join(own).strip(" •")


def _plain(text: str) -> str:
    """Return a text of the index without its markup; `<` and `&` stay written as in HTML."""
    lines = _TAG.sub(" ", _ITEMS_END.sub(BREAK, text))
    return _NO_GAP.sub("", " ".join(lines.split())).strip(" •")


def _other_names(title: str, finder: FormFinder[Term]) -> Iterator[str]:
    """Yield other names of the terms in a title."""
    shown = html.unescape(title)
    found = {term.id: term for *_, term in finder.find(shown)}
    for term in found.values():
        yield from (name for name in term.names if name.lower() not in shown.lower())
