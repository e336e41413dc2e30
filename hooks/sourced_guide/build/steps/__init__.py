"""One module for each file or header that a built site gets."""
