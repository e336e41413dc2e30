"""The check in a site that was written without it."""
