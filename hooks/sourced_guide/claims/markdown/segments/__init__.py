"""From the elements of a page to its segments: sentences, list items, cells, captions."""
