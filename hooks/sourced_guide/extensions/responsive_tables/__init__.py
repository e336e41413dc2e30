"""Tables that a phone can show: each cell knows the head of its column."""

from sourced_guide.extensions.responsive_tables.extension import makeExtension

__all__ = ["makeExtension"]
