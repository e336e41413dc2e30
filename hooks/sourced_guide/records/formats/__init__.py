"""File formats of reference managers: BibTeX, RIS and MEDLINE (nbib)."""
