"""From Markdown to claims: the extension, the collector, and the mapping to source lines."""
