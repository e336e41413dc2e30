"""From Markdown to claims: the extension, the collector, and the way back to lines."""
