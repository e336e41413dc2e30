"""The language of a text: words, numbers, hedges. Independent of pages and sources."""
