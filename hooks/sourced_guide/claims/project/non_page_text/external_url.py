"""URLs that lead out of the project."""

from __future__ import annotations

import re

# A URL with a host or a scheme: `https:`, `//host`, `data:`.
EXTERNAL_URL = re.compile(r"[\s\x00-\x20]*(?:[a-z][a-z0-9+.-]*:|[\\/]{2})", re.IGNORECASE)
