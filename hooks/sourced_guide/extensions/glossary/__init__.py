"""The glossary: one home for every term, and its mark where a page first uses it."""

from sourced_guide.extensions.glossary.extension import makeExtension

__all__ = ["makeExtension"]
