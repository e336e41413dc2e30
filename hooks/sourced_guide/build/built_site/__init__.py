"""A built site as one value, read once: its files, its pages and what each of them holds."""
