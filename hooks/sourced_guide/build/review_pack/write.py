"""Writes a review pack: one HTML file with its data compressed inside."""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def pack_html(data: Mapping[str, Any]) -> bytes:
    """Return the file of a pack, given its data (see pack.schema.json).

    The data is JSON, compressed (deflate, raw) and in Base64.
    """
    compressor = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    packed = b64encode(compressor.compress(text.encode()) + compressor.flush()).decode()
    element = f'<script type="application/octet-stream" id="pack">{packed}</script>'
    return f'<!doctype html>\n<meta charset="utf-8">\n{element}\n'.encode()
