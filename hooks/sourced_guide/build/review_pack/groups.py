"""The order in which claims are asked: what may harm most comes first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sourced_guide.claims.language.medical_words import remedies_in, words_in
from sourced_guide.claims.language.quantities.parse import figures_in
from sourced_guide.claims.language.quantities.quantity import DATE, PHONE, RANK

if TYPE_CHECKING:
    from sourced_guide.claims.model.statement import Statement

EMERGENCY, ADVICE, MEDICINES, FIGURES, REST = GROUPS = (
    *("emergency", "advice", "medicines", "figures", "rest"),
)
_EMERGENCY = re.compile(
    r"\b(?:911|999|112|000|111|emergency|emergencies|ambulance|warning signs?|right away|at once|"
    r"straight away|get help now|same day|by day or night|at night or on a weekend)\b",
    re.IGNORECASE,
)
_ADVICE = re.compile(
    r"\b(?:should|must|need to|needs to|ought to|do not|don['’]t|never|avoid|make sure|"
    r"you can|be careful|it is best|best not)\b",
    re.IGNORECASE,
)
# The first words of a sentence that tells somebody what to do.
_COMMANDS = frozenset(
    (
        *(
            "ask",
            "bend",
            "bring",
            "call",
            "check",
            "choose",
            "drink",
            "eat",
            "follow",
            "get",
            "give",
        ),
        *(
            "go",
            "keep",
            "learn",
            "lie",
            "lift",
            "look",
            "move",
            "plan",
            "put",
            "rest",
            "roll",
            "say",
        ),
        *("see", "sit", "sleep", "start", "stay", "stop", "take", "talk", "tell", "try", "turn"),
        *("use", "wait", "walk", "watch", "wear", "write"),
    )
)
_BEFORE_COMMANDS = frozenset(("so", "and", "but", "then", "also", "please", "always", "if"))
_MEDICINES = frozenset(("medicine", "remedy"))
_NOT_ASKED = frozenset((DATE, PHONE, RANK))


def group_of(claim: Statement, context: str) -> str:
    """Return the group of a claim, of `GROUPS`."""
    text = claim.text
    if _EMERGENCY.search(text) or _EMERGENCY.search(f"{claim.box} {context}"):
        return EMERGENCY
    if _ADVICE.search(text) or _is_command(text):
        return ADVICE
    if any(remedy.facet in _MEDICINES for remedy in remedies_in(text)):
        return MEDICINES
    if any(figure.unit not in _NOT_ASKED for figure in figures_in(text)):
        return FIGURES
    return REST


def _is_command(text: str) -> bool:
    words = [word for word in words_in(text) if word not in _BEFORE_COMMANDS]
    return bool(words) and words[0] in _COMMANDS
