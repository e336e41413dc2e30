"""Writes a review pack: one HTML file with its data compressed inside."""

from __future__ import annotations

import html
import json
import re
import zlib
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_PAGE = Path(__file__).with_name("page")
# Each uses what stands in those before it.
_SCRIPTS = ("data.js", "state.js", "claim.js", "list.js", "paper.js", "pack.js")
_STYLES = ("pack.css", "claim.css", "list.css", "article.css", "paper.css")
_SLOT = re.compile(r"\{\{(\w+)\}\}")
# Runs the scripts as one; what fails is told on the page.
_RUN = """(async () => {{
"use strict";
{}
}})().catch((error) => {{
  const fault = document.getElementById("fault");
  fault.textContent = typeof DecompressionStream === "undefined"
    ? "This browser is too old for this file: open it in one from 2023 or later."
    : `This file cannot be shown: ${{error.message}}`;
  fault.hidden = false;
}});
"""


def pack_html(data: Mapping[str, Any]) -> bytes:
    """Return the file of a pack, given its data (see pack.schema.json).

    The data is JSON, compressed (deflate, raw) and in Base64. By its policy the file loads nothing,
    sends nothing, and runs no script but its own.
    """
    script = _RUN.format("\n".join(map(_read, _SCRIPTS)))
    style = "\n".join(map(_read, _STYLES))
    policy = (
        f"default-src 'none'; script-src {_digest(script)}; style-src {_digest(style)}; "
        "base-uri 'none'; form-action 'none'"
    )
    slots = {
        "policy": policy,
        "title": html.escape(data["title"]),
        "style": style,
        "data": _packed(data),
        "script": script,
    }
    return _SLOT.sub(lambda slot: slots[slot[1]], _read("pack.html")).encode()


def _packed(data: Mapping[str, Any]) -> str:
    compressor = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return b64encode(compressor.compress(text.encode()) + compressor.flush()).decode()


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _read(name: str) -> str:
    return (_PAGE / name).read_text("utf-8")
