"""The tables of what was tried: for each kind of fault and each rule, how many were found."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bench.mutation.baseline import Mutant


def by_kind(tried: Sequence[Mutant]) -> Iterator[str]:
    """Yield the lines of a Markdown table: for each kind of fault, how many are found."""
    yield "| what was changed | faults | found | in doubt, had it been confirmed |"
    yield "| --- | --- | --- | --- |"
    for kind, faults in _of_each_kind(mutant for mutant in tried if mutant.is_fault):
        confirmed = [fault.is_suspect for fault in faults if fault.is_suspect is not None]
        found = _share(sum(bool(fault.rules) for fault in faults), len(faults))
        in_doubt = _share(sum(confirmed), len(confirmed))
        yield f"| {kind} | {len(faults)} | {found} | {in_doubt} |"


def finders(tried: Sequence[Mutant]) -> Iterator[str]:
    """Yield the lines of a Markdown table: for each kind, what found it, and what was left out."""
    yield "| what was changed | found by | left out: no fault |"
    yield "| --- | --- | --- |"
    for kind, made in _of_each_kind(tried):
        rules = Counter(rule for mutant in made for rule in mutant.rules)
        by = ", ".join(f"{rule} {count}" for rule, count in rules.most_common()) or "-"
        yield f"| {kind} | {by} | {sum(not mutant.is_fault for mutant in made)} |"


def _of_each_kind(tried: Iterable[Mutant]) -> list[tuple[str, list[Mutant]]]:
    kinds: dict[str, list[Mutant]] = {}
    for mutant in tried:
        kinds.setdefault(mutant.kind, []).append(mutant)
    return sorted(kinds.items())


def by_rule(tried: Sequence[Mutant]) -> Iterator[str]:
    """Yield the lines of a Markdown table: for each rule, how many mutants it finds."""
    yield "| rule | faults it finds | that no other rule finds |"
    yield "| --- | --- | --- |"
    found = Counter(rule for mutant in tried for rule in mutant.rules)
    alone = Counter(rule for mutant in tried if len(mutant.rules) == 1 for rule in mutant.rules)
    for rule in sorted(found):
        yield f"| {rule} | {found[rule]} | {alone[rule]} |"


def _share(count: int, of: int) -> str:
    return f"{count} ({100 * count / of:.1f}%)" if of else "-"
