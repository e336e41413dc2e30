"""Text that others wrote, made safe to print: a terminal or a CI log obeys some of it.

A page may hold anything. What comes from it is printed on one line, without escape sequences
(which repaint a terminal), without marks that turn the direction of the text around
(CVE-2021-42574), and without the commands of GitHub's runner, which looks for `::name::` at the
start of a line and for `##[name]` anywhere in it (actions/runner, ActionCommand.cs).
"""

from __future__ import annotations

import re

# Control characters, line and paragraph separators, directional marks, halves of surrogate pairs.
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_RUNNER_COMMAND = "##["


def visible(text: str) -> str:
    """Return `text` with what cannot be seen written as in Python: `\\n`, `\\x1b`, `\\u202e`."""
    shown = _HIDDEN.sub(lambda match: match[0].encode("unicode_escape").decode(), text)
    return shown.replace(_RUNNER_COMMAND, "##\\[")


def visible_path(path: str) -> str:
    """Return a path that stands at the start of a line and is no command there."""
    shown = visible(path)
    return f"./{shown}" if shown.lstrip().startswith("::") else shown
