"""What a rule's docstring says of it: why it is there, a wrong and a right example, what to do.

Formats and the rules' pages read the same text, so it is written once, beside the rule.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from textwrap import dedent
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sourced_guide.claims.rules import Rule

# A name at the margin, what follows it, and the lines below that are indented.
_SECTION = re.compile(
    r"^(?P<name>Why|Bad|Good|Fix):[ \t]*(?P<text>.*(?:\n(?:[ \t]+.*)?)*)", re.MULTILINE
)


@dataclass(frozen=True)
class Explanation:
    """A rule in words; a part that its docstring lacks is empty.

    `says` is the docstring's first sentence. `why` and `fix` are prose on one line; `bad` and
    `good` are examples and keep their lines.
    """

    says: str
    why: str
    bad: str
    good: str
    fix: str


def explain(rule: Rule) -> Explanation:
    """Return what the docstring of the rule's function says."""
    text = inspect.getdoc(rule.check) or ""
    # Examples keep the lines that they stand in, so their first one keeps its place, too.
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
    )


def _prose(text: str) -> str:
    return " ".join(text.split())
