"""Rules for a page as a whole: front matter, editorial text, terms, reading level."""
