"""Which plugins take part in a build: what others do is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from mkdocs.config.defaults import MkDocsConfig


def are_only(plugins: Container[object], events: Iterable[str], config: MkDocsConfig) -> bool:
    """Say whether MkDocs asks none but these plugins and hooks at some events."""
    methods = (method for event in events for method in config.plugins.events[event])
    return all(getattr(method, "__self__", None) in plugins for method in methods)
