"""The site that `guide init` writes."""
