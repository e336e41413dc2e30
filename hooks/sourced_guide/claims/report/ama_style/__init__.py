"""References in AMA style: by citeproc for every work, and written out for the most common ones."""
