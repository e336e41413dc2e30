"""What a reader sees that no page's Markdown holds: settings, templates, style sheets."""
