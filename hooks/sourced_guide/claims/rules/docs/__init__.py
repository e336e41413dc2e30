"""What rules say of themselves: their docstrings, and the pages made from these."""
