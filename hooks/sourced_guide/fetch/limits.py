"""The limits of one fetch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Seconds, bytes and counts.

    `connect` is the timeout of one connection, `read_timeout` that between two parts of a response.
    `total` is for all requests for one source, with robots.txt and redirects, and without the
    `pause` between two requests to the same host. A robots.txt that asks for more than
    `longest_delay` asks for too much. `extraction_timeout` is for turning a response into text,
    `memory` for what that may use, `characters` for the text. `body` counts decompressed bytes,
    `robots` those of a robots.txt (RFC 9309 2.5: at least 500 kibibytes).
    """

    connect: float = 10
    read_timeout: float = 30
    total: float = 120
    extraction_timeout: float = 60
    pause: float = 5
    longest_delay: float = 60
    redirects: int = 5
    body: int = 32 * 2**20
    robots: int = 512 * 2**10
    characters: int = 10_000_000
    memory: int = 2 * 2**30
