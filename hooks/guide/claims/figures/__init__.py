"""Figures: the numbers that a text states, compared by value and unit, not by their spelling."""

from guide.claims.figures.carrying import (
    agree,
    carried_figures,
    is_only_rounded,
    missing_figures,
    nearest,
)
from guide.claims.figures.figure import Figure
from guide.claims.figures.reading import figures_in

__all__ = [
    "Figure",
    "agree",
    "carried_figures",
    "figures_in",
    "is_only_rounded",
    "missing_figures",
    "nearest",
]
