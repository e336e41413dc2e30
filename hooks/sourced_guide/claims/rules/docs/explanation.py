"""The parts of a rule's documentation: why it exists, a wrong and a right example, how to fix it.

Output formats and the pages of the rules read the same text, so it is written once, in the rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import dedent
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from sourced_guide.claims.model.finding import Severity

# A name at the start of a line, the text after it, and the indented lines below it.
_SECTION = re.compile(
    r"^(?P<name>Why|Bad|Good|Fix|Suppress):[ \t]*(?P<text>.*(?:\n(?:[ \t]+.*)?)*)", re.MULTILINE
)


class Documented(Protocol):
    """A rule as formats and pages show it, whichever package it belongs to.

    `documentation` is a sentence, then the sections Why, Bad, Good and Fix.
    """

    @property
    def code(self) -> str:
        """The permanent code."""

    @property
    def name(self) -> str:
        """The name, which states the fault."""

    @property
    def says(self) -> str:
        """What is wrong, in a few words."""

    @property
    def severity(self) -> Severity:
        """Whether its findings stop a build."""

    @property
    def required(self) -> bool:
        """Whether settings can neither ignore it nor make it a warning."""

    @property
    def suppressible(self) -> bool:
        """Whether a comment can suppress its findings."""

    @property
    def documentation(self) -> str:
        """The docstring: what is wrong, why, examples, how to fix it."""


@dataclass(frozen=True)
class Explanation:
    """The documentation of a rule; a part that its documentation lacks is empty.

    `says` is the first sentence. `why`, `fix` and `suppress` are prose on one line;
    `bad` and `good` are examples and keep their lines. `suppress` says where a comment works, if
    not before the block.
    """

    says: str
    why: str
    bad: str
    good: str
    fix: str
    suppress: str = ""


def explain(rule: Documented) -> Explanation:
    """Return what the documentation of a rule says."""
    text = rule.documentation
    # Spaces in place of the name keep the indentation of an example's first line.
    parts = {
        match["name"]: " " * (match.start("text") - match.start()) + match["text"]
        for match in _SECTION.finditer(text)
    }
    return Explanation(
        says=_prose(text.partition("\n\n")[0]),
        why=_prose(parts.get("Why", "")),
        bad=dedent(parts.get("Bad", "")).strip(),
        good=dedent(parts.get("Good", "")).strip(),
        fix=_prose(parts.get("Fix", "")),
        suppress=_prose(parts.get("Suppress", "")),
    )


def _prose(text: str) -> str:
    return " ".join(text.split())
