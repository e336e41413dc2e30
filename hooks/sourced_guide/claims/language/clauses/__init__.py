"""A text read in clauses: what they affirm and deny, and which other clause says the same."""
