"""A built site on disk: its pages, what claims.json says of them, and what is put into each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guide.claims.export import FILE
from guide.claims.files import write_whole
from guide.publish.facts import with_facts
from guide.publish.policy import policy, with_policy
from guide.publish.styles import join_styles


class UnusableSiteError(Exception):
    """The folder does not hold a built site; the message says what to do."""


@dataclass(frozen=True)
class Prepared:
    """How many pages were made ready, and the policy that they share."""

    pages: int
    policy: str


def prepare(folder: Path) -> Prepared:
    """Give every page of a built site its facts, its policy and one style sheet of the guide's own.

    What stands there already is left as it is.

    Raises UnusableSiteError where there is no site, or none that says what it cites.
    """
    told = _claims(folder)
    pages = {path: path.read_text("utf-8") for path in sorted(folder.rglob("*.html"))}
    made = join_styles(folder, pages)
    for page, cited in _cited(told):
        path = folder / built_name(page["path"])
        if path in made:
            made[path] = with_facts(made[path], page, cited)
    content = policy(made.values())
    for path, html in made.items():
        if (ready := with_policy(html, content)) != pages[path]:
            write_whole(path, ready)
    return Prepared(len(pages), content)


def built_name(page: str) -> str:
    """Return the file that a page is built into: `tests.md` becomes `tests/index.html`."""
    stem = page.rpartition(".")[0]
    folder, _, name = stem.rpartition("/")
    if name in ("index", "README"):
        return f"{folder}/index.html" if folder else "index.html"
    return f"{stem}/index.html"


def _claims(folder: Path) -> Mapping[str, Any]:
    try:
        told: Mapping[str, Any] = json.loads((folder / FILE).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UnusableSiteError(
            f"{folder} holds no {FILE} that can be read: build the site first, with make site"
        ) from error
    return told


def _cited(told: Mapping[str, Any]) -> list[tuple[Mapping[str, Any], list[Mapping[str, Any]]]]:
    """Return every page with the sources that it cites, in the order of their keys."""
    keys: dict[str, set[str]] = {}
    for claim in told["claims"]:
        found = keys.setdefault(claim["page"], set())
        found.update(citation["source"] for citation in claim["citations"])
    return [
        (page, [each for each in told["sources"] if each["key"] in keys.get(page["path"], ())])
        for page in told["pages"]
    ]
