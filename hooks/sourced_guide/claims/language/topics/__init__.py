"""Whom and what a text is about: people, parts of the body, illnesses, countries, medicines."""
