"""What HTML and CSS show of a text, and what they hide."""
