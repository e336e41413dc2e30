"""The booklet: the whole guide in one PDF."""
