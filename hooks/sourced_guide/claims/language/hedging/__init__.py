"""Hedges, negations and boosters, and whether a claim is stronger than its passages."""
