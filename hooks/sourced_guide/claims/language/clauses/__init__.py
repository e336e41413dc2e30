"""A text read in clauses: what each says, what it denies, and which other clause says the same."""
