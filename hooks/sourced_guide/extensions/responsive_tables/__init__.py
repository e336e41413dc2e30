"""Tables that fit a phone: every cell has the header of its column."""

from sourced_guide.extensions.responsive_tables.extension import makeExtension

__all__ = ["makeExtension"]
