"""The tables of what was tried: for each kind of fault and each rule, how many were found.

Half of the faults are held out: they are counted, and never listed, so that rules are not written
to find these very sentences.
"""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bench.mutation.baseline import Mutant


def by_kind(tried: Sequence[Mutant]) -> Iterator[str]:
    """Yield the lines of a Markdown table: for each kind of fault, how many are found."""
    yield "| what was changed | faults | found | held out | in doubt, had it been confirmed |"
    yield "| --- | --- | --- | --- | --- |"
    for kind, faults in _of_each_kind(mutant for mutant in tried if mutant.is_fault):
        confirmed = [fault.is_suspect for fault in faults if fault.is_suspect is not None]
        in_doubt = share(sum(confirmed), len(confirmed))
        held_out = _found([fault for fault in faults if is_held_out(fault)])
        yield f"| {kind} | {len(faults)} | {_found(faults)} | {held_out} | {in_doubt} |"


def is_held_out(mutant: Mutant) -> bool:
    """Say whether a mutant is in the half that is never listed: by the text that it changes."""
    return sha256(mutant.was.encode()).digest()[0] % 2 == 0


def missed(tried: Iterable[Mutant], kind: str) -> Iterator[str]:
    """Yield the faults of a kind that no rule found and that are not held out, a line each."""
    for mutant in tried:
        if mutant.kind == kind and mutant.is_fault and not (mutant.rules or is_held_out(mutant)):
            yield f"{mutant.place.file}:{mutant.place.line}: {mutant.was} -> {mutant.now}"


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


def _found(faults: Sequence[Mutant]) -> str:
    return share(sum(bool(fault.rules) for fault in faults), len(faults))


def share(count: int, of: int) -> str:
    """Return a count with its share of another in brackets, or "-" of none."""
    return f"{count} ({100 * count / of:.1f}%)" if of else "-"
