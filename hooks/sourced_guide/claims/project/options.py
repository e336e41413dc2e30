"""What a project sets for the checker: the options of `guide.claims` in mkdocs.yml.

markdown_extensions:
  - guide.claims:
      reading_budget: {page: 6.5, whole: 5.0}
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sourced_guide.claims.model.errors import UnusableProjectError
from sourced_guide.claims.model.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

# The extension's name in mkdocs.yml.
NAME = "guide.claims"
# Each option with its default and what it sets; the Markdown extension declares the same.
OPTIONS: Mapping[str, tuple[Any, str]] = {
    "reading_budget": ({}, "The highest reading grades allowed: `page` and `whole`"),
    "medical_terms": ([], "Medical words that need plain words beside their first use"),
    "baseline": ("", "The file that lists known findings, which stop no build"),
    "gate": ("stop", "`report` renders pages with findings where neither hook nor command runs"),
    "confirmations": ("confirmations.yml", "The file that records who confirmed which claim"),
}
# What `gate` can be: a page with findings stops the build, or is left to `guide check`.
STOP, REPORT = "stop", "report"
_BUDGETS = ("page", "whole")


@dataclass(frozen=True)
class Options:
    """The options, checked. A budget is a Flesch-Kincaid grade (US school years)."""

    reading_budget: Mapping[str, float] = field(default_factory=dict)
    medical_terms: tuple[str, ...] = ()
    baseline: str = ""
    confirmations: str = "confirmations.yml"

    @property
    def files(self) -> tuple[str, ...]:
        """The checker's own files, from the project's folder."""
        return tuple(filter(None, (self.baseline, self.confirmations)))


def read_options(written: Mapping[str, Any]) -> Options:
    """Return a project's options, checked.

    Raises UnusableProjectError where an option has a value that cannot be used.
    """
    terms = written.get("medical_terms") or []
    if not isinstance(terms, list) or not all(isinstance(term, str) for term in terms):
        raise UnusableProjectError("medical_terms in mkdocs.yml must be a list of words")
    if (gate := written.get("gate") or STOP) not in (STOP, REPORT):
        raise UnusableProjectError(f"gate in mkdocs.yml is '{gate}'; write stop or report")
    return Options(
        reading_budget=_budget(written.get("reading_budget") or {}),
        medical_terms=tuple(terms),
        baseline=str(written.get("baseline") or ""),
        confirmations=str(written.get("confirmations") or Options.confirmations),
    )


def _budget(value: Any) -> dict[str, float]:
    if not isinstance(value, dict):
        raise UnusableProjectError("reading_budget in mkdocs.yml must hold `page` and `whole`")
    for name, grade in value.items():
        if name not in _BUDGETS:
            guess = did_you_mean(str(name), _BUDGETS) or "it has `page` and `whole`"
            raise UnusableProjectError(f"reading_budget in mkdocs.yml has '{name}'; {guess}")
        if isinstance(grade, bool) or not isinstance(grade, (int, float)):
            raise UnusableProjectError(f"reading_budget: '{name}' must be a number, not '{grade}'")
    return {str(name): float(grade) for name, grade in value.items()}
