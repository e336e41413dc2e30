"""Rules that compare a claim with the passages that it cites."""
