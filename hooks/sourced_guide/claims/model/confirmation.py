"""What a person read and answered: whether a claim and its passages agree."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

AGREE, DISAGREE, CANNOT_TELL = ANSWERS = "agree", "disagree", "cannot-tell"


@dataclass(frozen=True, order=True)
class Confirmation:
    """A claim of a file and a passage that were read together and found to agree.

    `times` is how often the claim occurred in its file with this citation. `ids` stand for the
    entries of all people who read the two as they are here, `readers` are the names of their logs,
    each with the day; `by` is the last of them.
    """

    file: str
    claim: str
    passage: str
    fingerprint: str
    by: str
    on: date
    times: int = 1
    ids: tuple[str, ...] = ()
    readers: tuple[tuple[str, date], ...] = ()

    @property
    def key(self) -> str:
        """The key of the source that the passage is of."""
        return self.passage.partition("#")[0]


@dataclass(frozen=True)
class Reviewer:
    """A person who reads: as they, or those who know them, told it."""

    name: str
    role: str
    interests: str
    clinician: bool

    def __str__(self) -> str:
        return f"{self.name}, {self.role}" if self.role else self.name


@dataclass(frozen=True)
class ReviewEntry:
    """One answer to a claim and its passages.

    `files` are those where the claim stood, with how often; `passages` are fingerprints by
    citation. `at` is the moment as a browser told it, `pack` the id of what was read; both are
    empty for an answer in a terminal. `replaces` has the ids of earlier confirmations and how many
    of their occurrences still hold; `resolves` the chain values of disagreements that it settles.
    `reviewer` is who it was by then. `chain` is the chain value once it is in a log.
    """

    reviewer: Reviewer
    claim: str
    files: Mapping[str, int]
    passages: Mapping[str, str]
    answer: str
    on: date
    comment: str = ""
    at: str = ""
    pack: str = ""
    replaces: Mapping[str, int] = field(default_factory=dict)
    resolves: tuple[str, ...] = ()
    chain: str = ""

    @property
    def what(self) -> tuple[object, ...]:
        """What is the same if an answer is given to the program twice."""
        read = (self.claim, tuple(sorted(self.passages.items())))
        return (*read, self.answer, self.comment, self.at, self.on, self.resolves)


@dataclass(frozen=True)
class ReviewLog:
    """All answers of one person, in the order in which they were recorded.

    `slug` is the file's name. `faults` say where and how its chain is broken, with the line.
    """

    slug: str
    file: str
    entries: Sequence[ReviewEntry] = ()
    faults: Sequence[tuple[int, str]] = ()

    @property
    def reviewer(self) -> Reviewer:
        """The person, as in their last entry."""
        return self.entries[-1].reviewer

    @property
    def head(self) -> str:
        """The chain value of the last entry."""
        return self.entries[-1].chain
