"""Packs: some pages, or parts of them, as one handout for people in one situation."""
