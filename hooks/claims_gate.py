"""The hook that MkDocs loads: the events of `sourced_guide.adapters.mkdocs`."""

# At the top: MkDocs has this folder on sys.path only while it loads the hook.
from sourced_guide.adapters.mkdocs import MkDocsBuild

_build = MkDocsBuild()
on_startup = _build.on_startup
on_shutdown = _build.on_shutdown
on_serve = _build.on_serve
on_config = _build.on_config
on_files = _build.on_files
on_page_markdown = _build.on_page_markdown
on_page_content = _build.on_page_content
on_env = _build.on_env
on_page_context = _build.on_page_context
on_post_build = _build.on_post_build
