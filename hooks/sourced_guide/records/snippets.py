"""Snippets for VS Code: every passage of every source, as a citation to complete.

https://code.visualstudio.com/docs/editing/userdefinedsnippets
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sourced_guide.claims.model.source import Source

# In a project's folder, VS Code reads every file of this kind.
FILE = Path(".vscode", "sources.code-snippets")


def snippets_text(sources: Mapping[str, Source]) -> str:
    """Return the file of snippets for the passages of sources.

    The brackets are the editor's own: VS Code closes one that is typed.
    """
    snippets = {
        (citation := f"@{key}#{passage.id}"): {
            "scope": "markdown",
            "prefix": citation,
            # In a body, these have a meaning of their own.
            "body": citation.replace("\\", "\\\\").replace("$", "\\$"),
            "description": f"{passage.says} ({source.title})",
        }
        for key, source in sorted(sources.items())
        for passage in source.passages.values()
    }
    return json.dumps(snippets, ensure_ascii=False, indent=1) + "\n"
