"""The glossary: one home for every term, and its mark where a page first uses it."""

from guide.glossary.extension import makeExtension

__all__ = ["makeExtension"]
