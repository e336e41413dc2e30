"""Drawings in the page: SVG files whose words are checked, and people icons out of 100."""

from guide.drawings.extension import makeExtension

__all__ = ["makeExtension"]
