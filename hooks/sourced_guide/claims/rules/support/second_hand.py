"""SRC015: a claim that rests on a mere report of a trial or a guideline says so."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from sourced_guide.claims.model.place import Place
from sourced_guide.claims.model.statement import Role
from sourced_guide.claims.rules.messages import LONGEST_CLAIM, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sourced_guide.claims.model.source import Passage, Source
    from sourced_guide.claims.model.statement import PageText, Statement
    from sourced_guide.claims.project.guide import Guide
    from sourced_guide.claims.project.source_library import Library
    from sourced_guide.claims.project.store.store import Shelf

_HEADING = "heading"
# Kinds of sources that have no results or advice of their own, and those that do.
_SECONDARY = ("patient page", "reference work")
_PRIMARY = ("guideline", "systematic review", "trial", "study")

_WORKS = r"(?:trials?|stud(?:y|ies)|reviews?)"
# A summary that names what it reports: "in one study", "trials have shown", "UK guidelines". "In a
# trial or not" and "a phase 2 trial" are about trials as such.
_ORIGIN = re.compile(
    r"\b(?:in|from) (?:(?:an?|one|the|this|these|some|several|many|most|\d+|large|small|recent) )*"
    rf"{_WORKS}\b(?! or\b)"
    rf"|\b(?:{_WORKS}|research(?:ers)?) (?:has |have )?"
    r"(?:shows?|shown|finds?|found|suggests?|suggested|reports?|reported)\b"
    r"|\b(?:guidelines?|NICE)\b",
    re.IGNORECASE,
)
# "Standard radiation" names no standard.
_NAMES_ORIGIN = re.compile(rf"\b(?:{_WORKS}|research|guidelines?|guidance)\b", re.IGNORECASE)
_SAYS = r"(?:says?|names?|reports?|describes?|gives?|puts?|tells?)"
_PLACES = r"(?:pages?|leaflets?|commentary|comment|article|report|handbook)"
# "Reported" is not among these: trials report, too.
_SUMMARY = r"\bsummar(?:y|ies)\b|\bsum(?:s|med)?\b[\w ]{0,9}\bup\b|\bnews\b|\baccording to\b"
_REPORT = re.compile(
    rf"{_SUMMARY}|\b{_PLACES}\b[^.;]*\b{_SAYS}\b|\b{_SAYS} (?:an?|one|the) {_PLACES}\b",
    re.IGNORECASE,
)
# In text about the guide, a page that tells something is one of the guide's own.
_NOTE = re.compile(_SUMMARY, re.IGNORECASE)
# A guideline or a review that reports a study is called what it is.
_OWN_NAMES = {
    "guideline": re.compile(r"\b(?:guidelines?|standards?|guidance)\b", re.IGNORECASE),
    "review": re.compile(r"\breviews?\b", re.IGNORECASE),
    "systematic review": re.compile(r"\breviews?\b", re.IGNORECASE),
}
_NAMED_BY = ("container-title", "publisher")
# A shorter name may be any word.
_SHORTEST_NAME = 4


class _Report(NamedTuple):
    """A passage that only reports another work.

    `work` is a source's key or a description, or empty where `says` names none.
    """

    source: Source
    passage: Passage
    work: str

    def is_named_in(self, text: str) -> bool:
        """Say whether a text says that this is a report, or whose results or advice it reports."""
        if self.work:
            own = _OWN_NAMES.get(self.source.kind)
            return bool(_REPORT.search(text) or (own and own.search(text))) or self._is_cited(text)
        return bool(_NAMES_ORIGIN.search(text) or _REPORT.search(text)) or self._is_cited(text)

    def _is_cited(self, text: str) -> bool:
        names = (str(self.source.csl.get(field, "")) for field in _NAMED_BY)
        return any(len(name) >= _SHORTEST_NAME and name.lower() in text.lower() for name in names)


def second_hand(guide: Guide) -> Iterator[tuple[Place, str, str]]:
    """A trial's figure or a guideline's advice is cited from a text that only reports it.

    Why:  A summary can be wrong, or leave out whom a figure is about. Readers of "a trial found"
          think that somebody has read the trial.
    Bad:  In a trial, pain eased in 41 of 100 people. [@news#pain]  (`reports: smith-2023`)
    Good: In a trial, pain eased in 41 of 100 people. [@smith-2023#pain]
          or As a summary of a trial says, pain eased in 41 of 100 people. [@news#pain]
    Fix:  Cite the trial or the guideline itself, alone or beside the summary. If it cannot be seen,
          say that this is a summary, or whose: once is enough for all sentences of a section that
          rest on the same source. If a patient page names a trial, studies or a guideline in its
          `says`, without `reports`, it is enough if the sentence names them, too.
    """
    # What a page has to say of a source depends on what others it cites, and on which ones exist.
    kept = guide.project.store.shelf("SRC015", guide.references.digest)

    @cache
    def reports() -> Mapping[tuple[str, str], _Report]:
        return dict(_reports(guide.references, guide.project.store.shelf("reports")))

    def on_page(page: PageText) -> list[tuple[Place, str, str]]:
        return [
            fault
            for section in _sections(page)
            for fault in _faults(section, guide.references, reports())
        ]

    for _, page in guide.pages:
        for place, message, help_ in kept.get(page.digest, partial(on_page, page)):
            yield Place(*place), message, help_


def _faults(
    section: Sequence[Statement],
    library: Library,
    reports: Mapping[tuple[str, str], _Report],
) -> Iterator[tuple[Place, str, str]]:
    cited = [
        (statement, report)
        for statement in section
        for report in _only_reported(statement, library, reports)
    ]
    named = {report.source.key for statement, report in cited if report.is_named_in(statement.text)}
    notes = [statement.text for statement in section if statement.role is Role.EDITORIAL]
    if any(map(_NOTE.search, notes)):
        return
    seen: set[tuple[Place, str]] = set()
    for statement, report in cited:
        of_statement = (statement.place, report.source.key)
        if report.source.key not in named and of_statement not in seen:
            seen.add(of_statement)
            yield statement.place, _message(statement, report), _advice(report, library)


def _only_reported(
    statement: Statement, library: Library, reports: Mapping[tuple[str, str], _Report]
) -> Iterator[_Report]:
    """Yield the reports that a statement cites without citing the work that they report."""
    keys = {citation.key for citation in statement.citations}
    kinds = {library.sources[key].kind for key in keys & library.sources.keys()}
    for citation in statement.citations:
        report = reports.get((citation.key, citation.passage))
        if report is None or report.work in keys:
            continue
        if report.work or kinds.isdisjoint(_PRIMARY):
            yield report


def _reports(library: Library, kept: Shelf) -> Iterator[tuple[tuple[str, str], _Report]]:
    for source in library.sources.values():
        for id_ in kept.get(source.digest, partial(_only_reports, source)):
            passage = source.passages[id_]
            yield (source.key, id_), _Report(source, passage, passage.reports)


def _only_reports(source: Source) -> list[str]:
    """Return the ids of the passages of a source that only report another work."""
    return [
        passage.id
        for passage in source.passages.values()
        if passage.reports or _names_another_work(source, passage)
    ]


def _names_another_work(source: Source, passage: Passage) -> bool:
    """Say whether a passage of a source without results of its own names those of another one.

    A page about clinical trials says what trials are; it reports none.
    """
    return (
        source.kind in _SECONDARY
        and bool(_ORIGIN.search(passage.says))
        and not _NAMES_ORIGIN.search(source.title)
    )


def _sections(page: PageText) -> Iterator[list[Statement]]:
    """Yield the statements of a page from each heading to the next."""
    section: list[Statement] = []
    for statement in page.statements:
        if statement.kind == _HEADING:
            yield section
            section = []
        section.append(statement)
    yield section


def _message(statement: Statement, report: _Report) -> str:
    passage = f"{report.source.key}#{report.passage.id}"
    work = f"reports {report.work}" if report.work else "names another work"
    return f"{passage} only {work}: '{shortened(statement.text, LONGEST_CLAIM)}'"


def _advice(report: _Report, library: Library) -> str:
    if not report.work:
        return "name the studies or the guideline in the sentence, or cite them"
    work = f"[@{report.work}#...]" if report.work in library.sources else "the work itself"
    return f"cite {work}, or say that this is a summary ('as a summary of it says')"
