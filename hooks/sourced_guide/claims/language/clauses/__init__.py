"""A text read in clauses: what they affirm and deny, and the items that they join."""
