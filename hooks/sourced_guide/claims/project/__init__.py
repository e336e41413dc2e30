"""What a project holds: settings, pages, sources, terms, reviews."""
