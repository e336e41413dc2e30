"""A project: settings, pages, sources, terms, reviews."""
