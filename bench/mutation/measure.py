"""Puts faults into the guide, one at a time, and counts those that the check finds: `make mutate`.

A fault counts as found where a finding names the claim, the citation or the passage that was
changed, and the guide as it is has no finding by that rule there. Then every claim is taken as
confirmed by a person, and it is asked which of the changed ones are in doubt (SRC011). The same
guide gives the same table, which is written into docs/editors/what-it-proves.md.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bench.figures import EDITORS, write_figures
from bench.mutation.baseline import (
    OF_CLAIMS,
    OF_MEASURES,
    BaselineGuide,
    Mutant,
    Reference,
    reference_of,
)
from bench.mutation.citations import citation_mutants
from bench.mutation.mixed import mixed
from bench.mutation.tables import by_kind, by_rule, finders, missed
from bench.mutation.texts import figures_moved, numbers, text_mutants
from sourced_guide.claims.markdown.whole_guide import read_guide
from sourced_guide.claims.model.statement import PageText, Statement
from sourced_guide.claims.project.mkdocs_config import load_project
from sourced_guide.claims.report.export import claims_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sourced_guide.claims.model.citation import Citation
    from sourced_guide.claims.model.place import Place
    from sourced_guide.claims.model.source import Passage
    from sourced_guide.claims.project.source_library import Library

_LIST_ENDS_IN = ":"
_LONG_WORD = re.compile(r"[a-z]{4,}")
_STEM = 5
# One of several citations is taken out.
TAKEN_OUT = "citation: taken out (another is left)"


@dataclass(frozen=True)
class _Change:
    """A mutant that is made in memory: the claims that it changes, as they become."""

    mutant: Mutant
    claims: Mapping[Place, Statement]
    unused: frozenset[str] = frozenset()


def mutants(baseline: BaselineGuide, files: Iterable[str]) -> Iterator[Mutant]:
    """Yield every mutant of the claims in these files and of the passages they cite.

    Files are named as in findings.
    """
    chosen = sorted(files)
    for file in chosen:
        yield from citation_mutants(baseline, file)
    claims = [claim for claim in baseline.claims.values() if claim.file in chosen]
    changes = [
        *_reworded(baseline, claims),
        *_recited(baseline, claims),
        *_mixed(baseline, claims),
    ]
    yield from (change.mutant for change in changes if not change.mutant.is_fault)
    for together in _apart(change for change in changes if change.mutant.is_fault):
        yield from _tried(baseline, together)
    cited = dict.fromkeys(
        reference_of(citation) for claim in claims for citation in claim.citations
    )
    for reference in cited:
        yield from _passage_changed(baseline, reference)


def _reworded(baseline: BaselineGuide, claims: Iterable[Statement]) -> Iterator[_Change]:
    for claim in claims:
        place = claim.place
        for altered in text_mutants(claim.text, baseline.says(claim), random.Random(str(place))):
            mutant = Mutant(altered.kind, place, claim.text, altered.text, altered.is_fault)
            yield _Change(mutant, {place: replace(claim, text=altered.text)})


def _mixed(baseline: BaselineGuide, claims: Sequence[Statement]) -> Iterator[_Change]:
    says = (" ".join(baseline.says(claim)) for claim in claims)
    for kind, claim, changed, is_fault in mixed(claims, says):
        mutant = Mutant(kind, claim.place, claim.text, changed.text, is_fault)
        yield _Change(mutant, {claim.place: changed})


def _recited(baseline: BaselineGuide, claims: Iterable[Statement]) -> Iterator[_Change]:
    """Yield each citation with its passage swapped, and each of several taken out."""
    places = (citation.place for claim in claims for citation in claim.citations)
    for at in dict.fromkeys(place for place in places if place):
        covered = baseline.covered_by[at]
        citation = next(covering for covering in covered[0].citations if covering.place == at)
        left = _left(covered)
        rng = random.Random(str(at))
        for same in (False, True):
            if not (others := baseline.unlike(reference_of(citation), same_source=same)):
                continue
            key, passage = rng.choice(others)
            other = citation._replace(key=key, passage=passage, written=f"@{key}#{passage}")
            kind = f"passage swapped: of {'the same' if same else 'another'} source{left}"
            yield _Change(
                Mutant(kind, at, citation.written, other.written),
                _with_citation(covered, at, [other]),
                baseline.unused_without([at], [other]),
            )
        if left:
            yield _taken_out(baseline, at)


def taken_out(baseline: BaselineGuide, places: Iterable[Place]) -> Iterator[Mutant]:
    """Yield the mutants that take out the citations at these places, each one of several."""
    for together in _apart(_taken_out(baseline, at) for at in dict.fromkeys(places)):
        yield from _tried(baseline, together)


def _taken_out(baseline: BaselineGuide, at: Place) -> _Change:
    covered = baseline.covered_by[at]
    written = next(each.written for each in covered[0].citations if each.place == at)
    return _Change(
        Mutant(TAKEN_OUT, at, written, "", _adds_words(baseline, covered, at)),
        _with_citation(covered, at, []),
        baseline.unused_without([at]),
    )


def _adds_words(baseline: BaselineGuide, claims: Iterable[Statement], at: Place) -> bool:
    """Say whether the passage cited at a place has a long word of a claim that the others lack."""
    for claim in claims:
        said: dict[bool, set[str]] = {True: set(), False: set()}
        for citation in claim.citations:
            if passage := baseline.passages.get(reference_of(citation)):
                said[citation.place == at] |= _long_words(passage.says)
        if _long_words(claim.text) & said[True] - said[False]:
            return True
    return False


def _long_words(text: str) -> set[str]:
    """Return the beginnings of the long words of a text: of "weakness" and "weakened" the same."""
    return {word[:_STEM] for word in _LONG_WORD.findall(text.lower())}


def _left(claims: Iterable[Statement]) -> str:
    """Return what to add to a kind of mutant where each of the claims cites other passages too."""
    others = all(len(set(map(reference_of, claim.citations))) > 1 for claim in claims)
    return " (another is left)" if others else ""


def _with_citation(
    claims: Iterable[Statement], at: Place, others: Sequence[Citation]
) -> dict[Place, Statement]:
    """Return the claims with `others` where the citation at a place stood."""
    return {
        claim.place: replace(
            claim,
            citations=tuple(
                new
                for citation in claim.citations
                for new in (others if citation.place == at else [citation])
            ),
        )
        for claim in claims
    }


def _apart(changes: Iterable[_Change]) -> Iterable[list[_Change]]:
    """Put changes together that have no claim in common, so that each finding is of one of them.

    The words before a list are read with each of its items, so they are changed apart from these.
    """
    rounds: dict[tuple[bool, int], list[_Change]] = {}
    made: Counter[tuple[bool, Place]] = Counter()
    for change in changes:
        is_lead = change.mutant.was.endswith(_LIST_ENDS_IN)
        number = 1 + max(made[is_lead, place] for place in change.claims)
        made.update({(is_lead, place): number - made[is_lead, place] for place in change.claims})
        rounds.setdefault((is_lead, number), []).append(change)
    return rounds.values()


def _tried(baseline: BaselineGuide, changes: Sequence[_Change]) -> Iterator[Mutant]:
    """Check the guide with changes that have no claim in common; yield what found each."""
    together = {place: claim for change in changes for place, claim in change.claims.items()}
    texts = {path: _with_claims(page, together) for path, page in baseline.texts.items()}
    new = baseline.new(baseline.with_pages(texts), OF_CLAIMS)
    for change in changes:
        rules = {rule for place in change.claims for rule in new.get(place, ())} | change.unused
        place = next(iter(change.claims))
        path = baseline.pages_of[place][0]
        alone = {path: _with_claims(baseline.texts[path], change.claims)}
        if any(map(baseline.measure_of, change.claims[place].citations)):
            whole = baseline.with_pages({**baseline.texts, **alone})
            found = baseline.new(whole, OF_MEASURES)
            rules |= {rule for at in change.claims for rule in found.get(at, ())}
        suspects = baseline.suspects(baseline.with_pages(alone))
        yield replace(
            change.mutant,
            rules=frozenset(rules),
            is_suspect=not suspects.isdisjoint(change.claims),
        )


def _with_claims(page: PageText, claims: Mapping[Place, Statement]) -> PageText:
    """Return a page with some of its claims changed."""
    statements = [
        replace(statement, text=changed.text, citations=changed.citations)
        if (changed := claims.get(statement.place))
        else statement
        for statement in page.statements
    ]
    return PageText(page.path, statements, page.citations, page.suppressions)


def _passage_changed(baseline: BaselineGuide, reference: Reference) -> Iterator[Mutant]:
    """Yield every mutant of a passage, and what found it among the claims that rest on it."""
    passage, claims = baseline.passages[reference], baseline.resting_on[reference]
    used = {number for claim in claims for number in numbers(claim.text)}
    rng = random.Random(str(reference))
    left = _left(claims)
    changed = []
    if others := baseline.unlike(reference, same_source=False):
        other = baseline.passages[rng.choice(others)]
        changed.append((f"passage: another one's words{left}", replace(passage, says=other.says)))
    for says, figures, is_fault in figures_moved(passage.says, passage.figures, used):
        kind = f"passage: figure changed{left}"
        if is_fault:
            changed.append((kind, replace(passage, says=says, figures=figures)))
        else:
            yield Mutant(kind, passage.place, passage.says, says, is_fault=False)
    places = {claim.place for claim in claims}
    paths = {baseline.pages_of[place][0] for place in places}
    texts = {path: baseline.texts[path] for path in sorted(paths)}
    for kind, new in changed:
        guide = baseline.with_pages(texts, _with_passage(baseline.guide.references, reference, new))
        found = baseline.new(guide, [*OF_CLAIMS, *OF_MEASURES])
        yield Mutant(
            kind,
            passage.place,
            passage.says,
            new.says,
            rules=frozenset(
                rule for place in (*places, passage.place) for rule in found.get(place, ())
            ),
            is_suspect=places <= baseline.suspects(guide),
        )


def _with_passage(library: Library, reference: Reference, passage: Passage) -> Library:
    key, id_ = reference
    source = library.sources[key]
    changed = replace(source, passages={**source.passages, id_: passage})
    return replace(library, sources={**library.sources, key: changed})


def main(listed: str | None = None) -> None:
    """Try every mutant of the guide; write what is found into its page, and print what finds it.

    Those missed of the kind that is `listed` are printed too, but for the half held out.
    """
    baseline = BaselineGuide(read_guide(load_project(Path("mkdocs.yml"))))
    files = {place.file for place in baseline.claims}
    started, tried = time.monotonic(), []
    for mutant in mutants(baseline, files):
        tried.append(mutant)
        if sys.stderr.isatty() and len(tried) % 50 == 0:
            seconds = time.monotonic() - started
            print(f"\r{len(tried)} mutants, {seconds:.0f} s", end="", file=sys.stderr, flush=True)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    faults = [mutant for mutant in tried if mutant.is_fault]
    passages = len(baseline.resting_on)
    count = (
        f"It had {len(baseline.claims):,} different claims, which rest on {passages:,} passages. "
        f"{len(faults):,} faults were put in."
    )
    lines = [count, "", *by_kind(tried), "", *by_rule(faults)]
    write_figures(EDITORS / "what-it-proves.md", "faults found", claims_data(baseline.guide), lines)
    print("\n".join([*lines, "", *finders(tried), *(missed(tried, listed) if listed else ())]))
