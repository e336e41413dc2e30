"""Handouts: a built site's pages as PDFs to print and take home, set by Typst."""
