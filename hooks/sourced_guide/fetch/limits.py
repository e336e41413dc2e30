"""How much of anything one fetch may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Seconds, bytes and counts.

    `connect` is for one connection to one address, `silence` for the time between two pieces of
    an answer, `source` for all requests that one source takes, robots.txt and redirects among
    them, and `reading` for turning what came into text. `pause` lies between two requests to the
    same host and is not part of `source`. A robots.txt that asks for more than `longest_pause`
    asks for too much. `body` counts bytes as unpacked, `robots` those of a robots.txt that are
    read (RFC 9309 2.5: at least 500 kibibytes), `memory` those that reading may use. `characters`
    are those of a text.
    """

    connect: float = 10
    silence: float = 30
    source: float = 120
    reading: float = 60
    pause: float = 5
    longest_pause: float = 60
    redirects: int = 5
    body: int = 32 * 2**20
    robots: int = 512 * 2**10
    characters: int = 10_000_000
    memory: int = 2 * 2**30
