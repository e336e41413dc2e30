"""The search: its content, its aliases, and its worker."""
