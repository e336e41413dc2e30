"""What HTML and CSS show, and what they hide."""
