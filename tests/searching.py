"""What readers type into the search, and how a test types it."""

from __future__ import annotations

import random
from pathlib import Path
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from playwright.sync_api import Page

QUERIES = Path(__file__).parent / "queries"
FIELD = "input[name=query]"
SIGNS = "warning-signs"

# The theme looks when a key was let go, and says how much it has found before it shows it.
ASK = """async (queries) => {
    const field = document.querySelector("input[name=query]");
    const count = document.querySelector(".md-search-result__meta");
    const answers = [];
    for (const query of queries) {
        const answered = new Promise((done) => {
            const observer = new MutationObserver(() => (observer.disconnect(), done()));
            observer.observe(count, { childList: true });
        });
        field.value = query;
        field.dispatchEvent(new KeyboardEvent("keyup"));
        await answered;
        const pages = [...document.querySelectorAll(".md-search-result__item")].map(
            (item) => item.querySelector("a:has(h1)").pathname);
        answers.push({ query, pages, note: document.querySelector(".cs-found").innerText });
    }
    return answers;
}"""


def queries(name: str) -> list[tuple[str, list[str]]]:
    """Read a list: queries, and the pages of which one should be found with each."""
    lines = (QUERIES / f"{name}.txt").read_text("utf-8").splitlines()
    split = (line.partition("|") for line in lines if not line.startswith("#"))
    return [(query, pages.split(",")) for query, _, pages in split]


def open_search(page: Page) -> None:
    """Go to the search as a reader does, and wait until it has answered."""
    field = page.locator(FIELD)
    if not field.is_visible():
        page.locator("header button[data-cs-opens=__search]").click()
    field.focus()
    page.keyboard.type("radiotherapy")
    page.locator(".md-search-result__link").first.wait_for()


def ask(page: Page, asked: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Put queries into the search's field, one after the other.

    Returns for each the names of the pages that it finds, the best first, and what is said of it.
    """
    answers = {}
    for answer in page.evaluate(ASK, list(dict.fromkeys(asked))):
        names = [path.removesuffix("index.html").strip("/") for path in answer["pages"]]
        answers[answer["query"]] = {**answer, "pages": [name.split("/")[-1] for name in names]}
    return answers


def missed(page: Page, wanted: Sequence[tuple[str, list[str]]]) -> list[str]:
    """Return the queries with none of their pages among the first three."""
    answers = ask(page, [query for query, _ in wanted])
    return [
        f"{query}: {', '.join(answers[query]['pages'][:3]) or 'nothing'}"
        for query, pages in wanted
        if not set(pages) & set(answers[query]["pages"][:3])
    ]


def slips(index: Mapping[str, Any], count: int, seed: int) -> list[tuple[str, str, str]]:
    """Return names of pages and of terms with one slip of the finger, the name, and its page."""
    chance = random.Random(seed)
    named = [(entry["title"], *entry["location"].split("#")) for entry in index["docs"]]
    names = [
        (title, page.removesuffix("index.html").strip("/"))
        for title, page, *part in named
        if page and (not part or part[0].startswith("term-"))
    ]
    return [
        (_with_slip(title.lower(), chance), title, page)
        for title, page in (chance.choice(names) for _ in range(count))
    ]


def _with_slip(name: str, chance: random.Random) -> str:
    words = name.split()
    longest = max(range(len(words)), key=lambda at: len(words[at]))
    words[longest] = chance.choice(list(_slips_of(words[longest], chance)))
    return " ".join(words)


def _slips_of(word: str, chance: random.Random) -> Iterator[str]:
    """Yield a letter too few, one too many, another one, and two in the wrong order."""
    at = chance.randrange(len(word) - 1)
    letter = chance.choice(ascii_lowercase)
    yield word[:at] + word[at + 1 :]
    yield word[:at] + letter + word[at:]
    yield word[:at] + letter + word[at + 1 :]
    yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
