"""Figures: the numbers that a text states, compared by value and unit, not by their spelling."""

from sourced_guide.claims.language.quantities.entailment import (
    agree,
    carried_figures,
    is_only_rounded,
    missing_figures,
    nearest,
)
from sourced_guide.claims.language.quantities.parse import figures_in
from sourced_guide.claims.language.quantities.quantity import Figure

__all__ = [
    "Figure",
    "agree",
    "carried_figures",
    "figures_in",
    "is_only_rounded",
    "missing_figures",
    "nearest",
]
