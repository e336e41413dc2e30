"""The site that `guide init` writes, and the wheel that it comes in."""
