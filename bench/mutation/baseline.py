"""The guide as it is, and what its mutants are compared with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from sourced_guide.claims.model.statement import PageText, Statement
from sourced_guide.claims.project.guide import Guide, Page
from sourced_guide.claims.review.links import claim_passage_links
from sourced_guide.claims.review.matching import ReviewStatus, match_confirmations
from sourced_guide.claims.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sourced_guide.claims.model.citation import Citation
    from sourced_guide.claims.model.confirmation import Confirmation
    from sourced_guide.claims.model.place import Place
    from sourced_guide.claims.model.source import Passage
    from sourced_guide.claims.project.source_library import Library
    from sourced_guide.claims.rules.rule import Rule

_BY_CODE = {rule.code: rule for rule in RULES}
# What a citation has to have; what a claim has to have; what the whole guide has to have.
OF_CITATIONS = [_BY_CODE[f"SRC00{number}"] for number in (1, 2, 3, 4)]
OF_CLAIMS = [_BY_CODE[f"SRC{number:03}"] for number in (1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 14)]
OF_USES = [_BY_CODE["LIB002"], _BY_CODE["LIB003"]]
OF_MEASURES = [_BY_CODE["SRC010"]]
_ALL = [*OF_CLAIMS, *OF_USES, *OF_MEASURES]
_WHO, _WHEN = "Nobody, a measurement", date(2026, 11, 21)

Reference = tuple[str, str]


@dataclass(frozen=True)
class Mutant:
    """One fault put into the guide: its kind, where, and what stood there before and after.

    `rules` are those that found it; `is_suspect` says whether a confirmed claim is in doubt because
    of it, where the claim and its passage are still there. One that is no fault is left out.
    """

    kind: str
    place: Place
    was: str
    now: str
    is_fault: bool = True
    rules: frozenset[str] = frozenset()
    is_suspect: bool | None = None


def reference_of(citation: Citation) -> Reference:
    """Return what a citation leads to: the source's key and the passage's name."""
    return citation.key, citation.passage


class BaselineGuide:
    """A guide without faults, read once: its claims and passages, and how they hang together."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        # A claim of an included file stands on several pages and is one claim.
        self.claims: dict[Place, Statement] = {}
        self.pages_of: dict[Place, list[str]] = {}
        for file, page in guide.pages:
            for claim in page.claims:
                self.claims.setdefault(claim.place, claim)
                self.pages_of.setdefault(claim.place, []).append(file.path)
        self.passages: Mapping[Reference, Passage] = {
            (key, id_): passage
            for key, source in guide.references.sources.items()
            for id_, passage in source.passages.items()
        }

    @cached_property
    def covered_by(self) -> Mapping[Place, list[Statement]]:
        """The claims that each citation covers."""
        covered: dict[Place, list[Statement]] = {}
        for claim in self.claims.values():
            for citation in claim.citations:
                if citation.place:
                    covered.setdefault(citation.place, []).append(claim)
        return covered

    @cached_property
    def resting_on(self) -> Mapping[Reference, list[Statement]]:
        """The claims that rest on each passage."""
        claims: dict[Reference, list[Statement]] = {}
        for claim in self.claims.values():
            for reference in dict.fromkeys(map(reference_of, claim.citations)):
                claims.setdefault(reference, []).append(claim)
        return claims

    def says(self, claim: Statement) -> list[str]:
        """Return what the passages of a claim say."""
        cited = (self.passages.get(reference_of(citation)) for citation in claim.citations)
        return [passage.says for passage in cited if passage]

    def measure_of(self, citation: Citation) -> str:
        """Return what the passage of a citation measures, where it says so."""
        passage = self.passages.get(reference_of(citation))
        return passage.measure if passage else ""

    def unlike(self, reference: Reference, *, same_source: bool) -> list[Reference]:
        """Return the passages of the same or of other sources that tell of something else.

        Those that some claim cites together, or that have the same measure, may tell the same.
        """
        measure = self.passages[reference].measure
        return [
            other
            for other, passage in self.passages.items()
            if (other[0] == reference[0]) == same_source
            and other != reference
            and other not in self._cited_together.get(reference, ())
            and not (measure and passage.measure == measure)
        ]

    @cached_property
    def _cited_together(self) -> Mapping[Reference, set[Reference]]:
        cited_for: dict[str, set[Reference]] = {}
        for claim in self.claims.values():
            cited_for.setdefault(claim.text, set()).update(map(reference_of, claim.citations))
        together: dict[Reference, set[Reference]] = {}
        for references in cited_for.values():
            for reference in references:
                together.setdefault(reference, set()).update(references)
        return together

    @cached_property
    def texts(self) -> Mapping[str, PageText]:
        """What each page says, by its path."""
        return {page.file.path: page.text for page in self.guide.pages}

    def with_pages(self, texts: Mapping[str, PageText], library: Library | None = None) -> Guide:
        """Return a guide of these pages only, by their paths, with the baseline's other parts."""
        pages = [Page(self.guide.page(path).file, text) for path, text in sorted(texts.items())]
        return replace(self.guide, references=library or self.guide.references, pages=pages)

    def new(self, guide: Guide, rules: Iterable[Rule]) -> dict[Place, set[str]]:
        """Return the places where rules find what they do not find in the baseline, and which."""
        new: dict[Place, set[str]] = {}
        for rule in rules:
            for finding in rule.findings(guide):
                if (finding.rule, finding.place) not in self._findings:
                    new.setdefault(finding.place, set()).add(finding.rule)
        return new

    def unused_without(
        self, gone: Collection[Place], added: Sequence[Citation] = ()
    ) -> frozenset[str]:
        """Return the rules that miss a use of a source or passage without the citations `gone`.

        `added` are citations that stand there instead.
        """
        texts = {
            path: PageText(
                path,
                citations=[citation for citation in page.citations if citation.place not in gone],
            )
            for path, page in self.texts.items()
        }
        next(iter(texts.values())).citations.extend(added)
        found = self.new(self.with_pages(texts), OF_USES).values()
        return frozenset(rule for rules in found for rule in rules)

    @cached_property
    def _findings(self) -> frozenset[tuple[str, Place]]:
        found = (finding for rule in _ALL for finding in rule.findings(self.guide))
        return frozenset((finding.rule, finding.place) for finding in found)

    def suspects(self, guide: Guide) -> set[Place]:
        """Return the claims of a guide that are in doubt, had the baseline's been confirmed."""
        confirmations = dict.fromkeys(
            link for page in guide.pages for link in self._confirmed[page.file.path]
        )
        return {
            statement.place
            for review in match_confirmations(claim_passage_links(guide), list(confirmations)).links
            if review.status is ReviewStatus.STALE and review.link.passage
            for statement in review.link.statements
        }

    @cached_property
    def _confirmed(self) -> Mapping[str, list[Confirmation]]:
        return {
            path: [
                link.confirmation(_WHO, _WHEN)
                for link in claim_passage_links(self.with_pages({path: page}))
                if link.passage
            ]
            for path, page in self.texts.items()
        }
