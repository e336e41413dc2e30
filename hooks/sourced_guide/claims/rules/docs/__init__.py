"""The documentation of rules: their docstrings, and the pages generated from them."""
