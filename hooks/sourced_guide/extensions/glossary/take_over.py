"""Words that a site explains already, as abbreviations or in definition lists, for the glossary.

    *[BB]: Bottom bracket

`pymdownx.snippets` may append a file of such lines to every page (`auto_append`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown import Markdown
from markdown.extensions.abbr import AbbrExtension

from sourced_guide.claims.markdown.glossary_page import read_terms
from sourced_guide.claims.project.page_file import snippets, split_front_matter
from sourced_guide.claims.project.project import SNIPPETS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sourced_guide.claims.project.project import Project

NEW_PAGE = """\
---
title: Words explained
description: The words of this site, in plain words.
---

# Words explained
"""
_ABBREVIATION = re.compile(r"^\*\[(?P<name>[^\\\]]*)\][ ]?:(?P<meaning>.*)$")
_FENCE = re.compile(r"^\s*(?:`{3,}|~{3,})")
_SPECIAL = re.compile(r"([\\`*_{}<>\[\]])")


def files_with_words(project: Project) -> list[Path]:
    """Return the pages of a project and the files that they include, or that are appended."""
    files = [project.docs / path for path in project.page_paths]
    appended = (project.extension_configs.get(SNIPPETS) or {}).get("auto_append") or []
    included = [str(name) for name in appended] if isinstance(appended, list) else [str(appended)]
    for file in files:
        content = file.read_text("utf-8", errors="replace")
        included += (name for _, _, names in snippets(content) for name in names)
    found = (project.snippet_file(name) for name in dict.fromkeys(included))
    return [*files, *filter(None, found)]


def words_in(content: str, *, with_lists: bool) -> dict[str, str]:
    """Return the words that a Markdown text explains, with what they mean, as Markdown.

    With `with_lists`, its definition lists are read, too; a page has lists of other kinds.
    """
    abbreviations = AbbrExtension()
    md = Markdown(extensions=["fenced_code", abbreviations])
    md.convert(split_front_matter("", content).body)
    # typeshed does not know the attribute.
    words: dict[str, str] = dict(vars(abbreviations)["abbrs"])
    if with_lists:
        words |= {term.name: term.definition for term in read_terms(content) if term.definition}
    return {name: _plain(meaning) for name, meaning in words.items()}


def without_abbreviations(content: str, names: Iterable[str]) -> str:
    """Return a text without the lines that define abbreviations, which the glossary has now."""
    known = set(names)
    kept: list[str] = []
    in_code = follows = False
    for line in content.split("\n"):
        in_code ^= bool(_FENCE.match(line))
        match = None if in_code else _ABBREVIATION.match(line)
        is_removed = bool(match and match["name"].strip() in known)
        # The meaning may stand on the next line.
        if not is_removed and not follows:
            kept.append(line)
        follows = bool(is_removed and match and not match["meaning"].strip())
    return "\n".join(kept)


def with_entries(page: str, words: Mapping[str, str]) -> str:
    """Return a glossary page with entries for more words, by their letters."""
    entries = (
        f"\n{_plain(name)}\n:   {meaning}\n"
        for name, meaning in sorted(words.items(), key=lambda item: item[0].lower())
    )
    return f"{page.rstrip()}\n{''.join(entries)}"


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
