"""A page for each rule, and one that lists them, made from the registry for editors to read.

The pages are committed, so that any generator publishes them; a test holds them to the registry.
"""

from __future__ import annotations

import json
from textwrap import dedent
from typing import TYPE_CHECKING

from sourced_guide.claims.model.finding import Severity
from sourced_guide.claims.rules.docs.explanation import explain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sourced_guide.claims.rules import Rule

_MADE = "<!-- Made by `guide rules` from the rule itself: change it there. -->"
_GROUPS = {
    "SRC": "Claims and their sources",
    "LIB": "Source files",
    "EDT": "Editorial text and suppressions",
    "GLO": "Words",
    "REV": "Reviews",
    "TXT": "Reading level",
}
# Findings of these stand in source files and settings, where no suppression can.
_BESIDE_PAGES = ("LIB", "EDT002")


def rule_pages(rules: Sequence[Rule]) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each page: `index.md`, then one file for each rule."""
    yield "index.md", _index(rules)
    for rule in rules:
        yield f"{rule.code}.md", _page(rule)


def _page(rule: Rule) -> str:
    told = explain(rule)
    return "\n".join(
        [
            *_front_matter(f"{rule.code} {rule.name}", rule.says),
            f"# {rule.code} {rule.name}",
            "",
            f"{told.says} {_severity(rule)}",
            "",
            "## Why",
            "",
            told.why,
            "",
            "## Wrong",
            "",
            *_example(told.bad),
            "## Right",
            "",
            *_example(told.good),
            "## What to do",
            "",
            told.fix,
            "",
            "## Letting it stand",
            "",
            *_allowing(rule),
        ]
    )


def _front_matter(title: str, description: str) -> list[str]:
    # Material puts a description into an attribute as it is, where a quote would end it.
    description = description.replace('"', "'")
    return [
        "---",
        # JSON's quotes are YAML's, too.
        f"title: {json.dumps(title)}",
        f"description: {json.dumps(description, ensure_ascii=False)}",
        "editorial: tells editors what the check asks for",
        "search: {exclude: true}",
        "---",
        "",
        _MADE,
        "",
    ]


def _severity(rule: Rule) -> str:
    if rule.severity is Severity.WARNING:
        return "It is a warning: it is reported and stops nothing."
    return "It stops the build."


def _example(text: str) -> list[str]:
    return ["```text", dedent(text), "```", ""]


def _allowing(rule: Rule) -> list[str]:
    if rule.code.startswith(_BESIDE_PAGES):
        return ["Nothing lets it stand: it is mended where it is.", ""]
    how = (
        "Where you are sure, put this on a line of its own right before the block, with your "
        "reason after the colon. The report lists it."
    )
    return [
        how,
        "",
        *_example(f"<!-- allow {rule.code}: reason -->"),
    ]


def _index(rules: Sequence[Rule]) -> str:
    lines = [
        *_front_matter("The rules", "Every rule of the check, by its code."),
        "# The rules",
        "",
        "A code is permanent. `guide check --select SRC005,SRC006` runs only some of them.",
        "",
    ]
    for prefix, title in _GROUPS.items():
        lines += [f"## {title}", "", "| code | name | what it says |", "| --- | --- | --- |"]
        lines += [
            f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.says} |"
            for rule in rules
            if rule.code.startswith(prefix)
        ]
        lines.append("")
    return "\n".join(lines)
