"""Holds a built site to what was checked: its text, its scripts and styles, its data."""
