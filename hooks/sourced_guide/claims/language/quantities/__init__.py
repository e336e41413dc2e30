"""Figures: the numbers that a text states, compared by value and unit, not by their spelling."""
