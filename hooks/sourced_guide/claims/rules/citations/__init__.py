"""Rules for citations: that a claim has one, that it resolves, that it is still confirmed."""
