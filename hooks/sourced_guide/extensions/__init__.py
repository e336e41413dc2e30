"""Python-Markdown extensions beside the engine: glossary, illustrations, responsive tables."""
