"""Illustrations: SVG drawings whose words are checked, and icon arrays of 100 people."""

from sourced_guide.extensions.illustrations.extension import makeExtension

__all__ = ["makeExtension"]
