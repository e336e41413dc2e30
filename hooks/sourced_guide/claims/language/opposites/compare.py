"""Whether a claim says the opposite of what its passages say of the same thing."""

from __future__ import annotations

from typing import NamedTuple

from sourced_guide.claims.language.clauses.reader import (
    forms_of_phrases,
    may_negate,
    read_clauses,
)
from sourced_guide.claims.language.normalize import content_words
from sourced_guide.claims.language.opposites.antonyms import antonyms
from sourced_guide.claims.language.opposites.causes import exchanged_causes
from sourced_guide.claims.language.opposites.equality import other_degree
from sourced_guide.claims.language.opposites.negations import negations
from sourced_guide.claims.language.tokens import cached_by_text, has_all_in_vocabulary


class Contradiction(NamedTuple):
    """What a claim says, and what its passage says against it; one of them may be a "not".

    `negated` is the word that only one of the two negates.
    """

    claim: str
    passage: str
    negated: str = ""


# The same claim may stand on every page, as the warning signs do.
@cached_by_text
def contradictions(claim: str, lead_in: str, says: tuple[str, ...]) -> tuple[Contradiction, ...]:
    """Return what `claim` says against the passages that say `says`.

    `lead_in` is the text that the claim continues, or nothing; it may negate it: "Do not:".
    """
    text = f"{lead_in.rstrip(': ')} {claim}" if lead_in and _is_read_with(lead_in, claim) else claim
    found = [Contradiction(each.claim, each.passage) for each in antonyms(text, says)]
    found += (Contradiction(*each) for each in other_degree(claim, says))
    found += (Contradiction(verb, verb) for verb in exchanged_causes(claim, says))
    found += (
        Contradiction(each.cue, "", each.word)
        if each.is_added
        else Contradiction("", each.cue, each.word)
        for each in negations(text, says)
    )
    return tuple(dict.fromkeys(found))


def _is_read_with(lead_in: str, claim: str) -> bool:
    """Say whether a claim says what it says only together with the text that it continues."""
    is_one = _says_one_thing(claim)
    lead = read_clauses(lead_in)[-1:] if is_one or may_negate(lead_in) else ()
    return bool(lead) and (is_one or lead[0].negates_another)


def _says_one_thing(claim: str) -> bool:
    """Say whether a claim has one content word, so that only what it continues says of what."""
    # Those that are part of no phrase are in some clause, and most claims have several.
    if has_all_in_vocabulary(claim) and len(content_words(claim) - forms_of_phrases()) > 1:
        return False
    return sum(len(clause.forms) for clause in read_clauses(claim)) == 1
