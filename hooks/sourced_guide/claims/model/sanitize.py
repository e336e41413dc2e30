"""Makes untrusted text safe to print on terminals and in CI logs.

A page may contain anything. Its text is printed on one line, without escape sequences (which change
a terminal), without characters that change the direction of text (CVE-2021-42574), and without the
commands of GitHub's runner, which looks for `::name::` at the start of a line and for `##[name]`
anywhere in it (actions/runner, ActionCommand.cs).
"""

from __future__ import annotations

import re

# Control characters, line and paragraph separators, directional marks, halves of surrogate pairs.
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_RUNNER_COMMAND = "##["


def visible(text: str) -> str:
    """Return `text` with invisible characters escaped as in Python: `\\n`, `\\x1b`, `\\u202e`."""
    shown = _HIDDEN.sub(lambda match: match[0].encode("unicode_escape").decode(), text)
    return shown.replace(_RUNNER_COMMAND, "##\\[")


def visible_path(path: str) -> str:
    """Return a path that is safe to print at the start of a line."""
    shown = visible(path)
    return f"./{shown}" if shown.lstrip().startswith("::") else shown
