"""Handouts to fill in on a screen: their fields, from the text of a page to the PDF's form."""
