"""Words of opposite meaning, and whether a claim has one where its passage has the other."""
