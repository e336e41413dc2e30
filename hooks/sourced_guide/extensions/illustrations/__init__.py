"""Drawings in the page: SVG files whose words are checked, and people icons out of 100."""

from sourced_guide.extensions.illustrations.extension import makeExtension

__all__ = ["makeExtension"]
