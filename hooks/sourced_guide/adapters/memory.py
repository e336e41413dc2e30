"""What a build no longer needs, given back: a large guide takes hundreds of megabytes."""

from __future__ import annotations

import sys

# Where rules read texts, and the fewest texts that a cache of what they read holds.
_READERS = ("sourced_guide.claims.language.", "sourced_guide.claims.rules.")
_TEXTS = 4_096


def forget_texts() -> None:
    """Empty the caches of what rules have read of each text: nothing after a check asks for it."""
    readers = [module for name, module in sys.modules.items() if name.startswith(_READERS)]
    for module in readers:
        for function in vars(module).values():
            parameters = getattr(function, "cache_parameters", None)
            if parameters and (parameters()["maxsize"] or 0) >= _TEXTS:
                function.cache_clear()
