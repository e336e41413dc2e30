"""The plugin `sourced-guide` of MkDocs: the same events as the hook's."""

from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin

from sourced_guide.adapters.mkdocs import MkDocsBuild


class _NoSettings(Config):  # type: ignore[no-untyped-call]
    """The plugin has none: the check's settings are those of `guide.claims`."""


class SourcedGuidePlugin(MkDocsBuild, BasePlugin[_NoSettings]):  # type: ignore[no-untyped-call]
    """`plugins: [sourced-guide]` in mkdocs.yml."""
