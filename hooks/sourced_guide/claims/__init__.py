"""Sources, citations, claims and the rules that hold them together.

The engine takes text and values and returns values and findings. It knows neither MkDocs nor
the other packages of the guide, and could serve any site that Python-Markdown renders.
"""

from sourced_guide.claims.markdown.extension import makeExtension

__all__ = ["makeExtension"]
