"""Compares a built site with what was checked: its text, its scripts and styles, its data."""
