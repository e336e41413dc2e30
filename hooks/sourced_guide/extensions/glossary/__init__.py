"""The glossary: one entry per term, and a link to it where a page first uses the term."""

from sourced_guide.extensions.glossary.extension import makeExtension

__all__ = ["makeExtension"]
