"""Tables that a phone can show: each cell knows the head of its column."""

from guide.tables.extension import makeExtension

__all__ = ["makeExtension"]
