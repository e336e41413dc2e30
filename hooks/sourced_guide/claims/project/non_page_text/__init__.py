"""Text outside of the pages' Markdown: settings, templates, style sheets."""
