"""The search: what it looks in, the words that people use for it, and the worker that looks."""
