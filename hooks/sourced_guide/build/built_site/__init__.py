"""A built site as one value, read once: its files and the content of its pages."""
