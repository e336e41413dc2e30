"""One module per kind of file or header that steps add to a site."""
