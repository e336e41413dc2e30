"""SRC011: what a person confirmed is still what they read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourced_guide.claims.review.reviews import stale_links
from sourced_guide.claims.rules.messages import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sourced_guide.claims.model.confirmation import Confirmation
    from sourced_guide.claims.model.place import Place
    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.review.matching import LinkReview

_LONGEST_QUOTE = 90


def changed_since_confirmed(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A claim, its citations or a passage changed after they were confirmed to agree.

    Why:  A person read the two together and found that they agree. They have not read the current
          version.
    Bad:  The pain is always worse at night. [@key#passage]  (confirmed: "often worse at night")
    Good: The pain is often worse at night. [@key#passage]
    Fix:  Read them together again and run `guide confirm FILE:LINE --by "Name, role"`. Only a
          person can confirm them. A claim that lost one of its citations is stale, too. If a claim
          was removed, its confirmation needs no action: `guide report` lists it as orphaned.
    """
    for review in stale_links(guide):
        # A citation that leads to no passage is a finding of the rules for citations.
        if review.link.passage:
            for statement in review.link.statements:
                run = f'guide confirm {statement.file}:{statement.line} --by "Your name, role"'
                place = statement.place
                for message, advice in _messages(review):
                    yield place, message, f"{advice}, then run: {run}"


def _messages(review: LinkReview) -> Iterator[tuple[str, str]]:
    """Yield what is in doubt about a claim-passage link, and what to do."""
    if (was := review.confirmation) and review.changed:
        yield _changed(review, was), "read them together again"
    for was in review.dropped:
        message = f"the claim was confirmed with '{was.passage}', which it no longer cites"
        advice = "cite it again, or read the claim together with what it still cites"
        yield f"{message}: {was.by} read them together on {was.on}", advice


def _changed(review: LinkReview, was: Confirmation) -> str:
    link = review.link
    names = {"passage": f"the passage '{link.reference}'"}
    changed = " and ".join(names.get(name, f"the {name}") for name in review.changed)
    confirmed = f"changed after {was.by} confirmed them to agree on {was.on}"
    if "citation" in review.changed:
        return f"{changed} {confirmed}: it was '{was.passage}' and is '{link.reference}'"
    if "claim" in review.changed:
        return f"{changed} {confirmed}: the claim was '{shortened(was.claim, _LONGEST_QUOTE)}'"
    return f"{changed} {confirmed}: the claim is '{shortened(link.claim, _LONGEST_QUOTE)}'"
