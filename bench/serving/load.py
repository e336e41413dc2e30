"""What serving the guide asks of a host, and reading it of a reader: `make bench`.

Two nginx serve the same files, in turns: one by the configuration that is deployed, one by a plain
one, which packs nothing ahead and says nothing of its files. `wrk` asks both as a browser does. How
many answers a second that makes on this machine means little; what the two make of it, side by
side, means more. What a reader costs is written into docs/editors/hosting.md.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench.figures import EDITORS, write_figures
from bench.serving import chromium, nginx
from bench.serving.page_load import Visit, visits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.serving.nginx import Served

ROOT = Path(__file__).parents[2]
MISSING = "There is no wrk on this machine. On Debian or Ubuntu: apt-get install wrk"
# A bounded load: connections at a time, seconds of a round, rounds for each.
CONNECTIONS, SECONDS, ROUNDS = 32, 2, 3
ACCEPTED = "gzip, deflate, br, zstd"
# The start page, a long one, the largest file that every page needs, and the booklet.
ASKED = (
    "index.html",
    "glossary/index.html",
    "assets/javascripts/bundle.*.min.js",
    "handouts/guide-a4.pdf",
)
_PLAIN = "server {{ listen 127.0.0.1:{port}; root {site}; }}"
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_ERRORS = re.compile(r"(?:connect|read|write|timeout|responses:) (\d+)")


@dataclass(frozen=True)
class Load:
    """What a server made of a load: answers a second, and how many were not what was asked for."""

    rate: float
    errors: int


def main() -> int:
    """Measure and print; return 1 where something that measuring needs is missing."""
    parser = argparse.ArgumentParser(description="Measures how nginx serves the guide.")
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    site: Path = parser.parse_args().site
    try:
        _check_what_is_needed(site)
        _print(_loads(site))
        told = json.loads((site / "claims.json").read_text("utf-8"))
        write_figures(ROOT / EDITORS / "hosting.md", "reading", told, _readers(site))
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _check_what_is_needed(site: Path) -> None:
    chromium.executable()
    if not shutil.which("wrk"):
        raise FileNotFoundError(MISSING)
    if not (site / "index.html.br").is_file():
        raise FileNotFoundError(f"{site} holds no guide that is ready for a host. Run: make site")


def _loads(site: Path) -> Iterator[str]:
    yield (
        f"nginx, {CONNECTIONS} connections, median of {ROUNDS} rounds of {SECONDS} s\n\n"
        "| file | bytes sent | plain | answers a second | plain | ratio | errors |\n"
        "| --- | --- | --- | --- | --- | --- | --- |"
    )
    ours, plain = nginx.free_port(), nginx.free_port()
    with (
        nginx.serving(nginx.deployed(site, ours), ours) as deployed,
        nginx.serving(_PLAIN.format(port=plain, site=site.resolve()), plain) as bare,
    ):
        for pattern in ASKED:
            path = next(iter(sorted(site.glob(pattern)))).relative_to(site).as_posix()
            rounds = [(_load(deployed, path), _load(bare, path)) for _ in range(ROUNDS)]
            rate = median(first.rate for first, _ in rounds)
            bare_rate = median(second.rate for _, second in rounds)
            errors = sum(load.errors for pair in rounds for load in pair)
            yield (
                f"| {path} | {_size(deployed, path):,} | {_size(bare, path):,} | {rate:,.0f} | "
                f"{bare_rate:,.0f} | {rate / bare_rate:.2f} | {errors} |"
            )


def _load(where: Served, path: str) -> Load:
    told = subprocess.run(
        [
            *("wrk", "--threads", "1", "--connections", f"{CONNECTIONS}"),
            *("--duration", f"{SECONDS}s", "--header", f"Accept-Encoding: {ACCEPTED}"),
            where.address + path,
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    rate = _RATE.search(told)
    if not rate:
        raise ValueError(f"wrk told no rate:\n{told}")
    return Load(float(rate[1]), sum(map(int, _ERRORS.findall(told))))


def _size(where: Served, path: str) -> int:
    """Return the bytes of one answer on the wire, headers included."""
    lines = ["Host: x", f"Accept-Encoding: {ACCEPTED}", "Connection: close"]
    request = "\r\n".join([f"GET /{path} HTTP/1.1", *lines, "", ""])
    size = 0
    with socket.create_connection(("127.0.0.1", where.port), timeout=10) as connection:
        connection.sendall(request.encode())
        while some := connection.recv(1 << 16):
            size += len(some)
    return size


def _readers(site: Path) -> Iterator[str]:
    """Yield what a reader costs, by nginx's log of what it sent."""
    plain, kept = ([*visits(site, kept_offline=kept)] for kept in (False, True))
    yield "| a reader | requests | kB | requests, with the kept copy | kB |"
    yield "| --- | --- | --- | --- | --- |"
    for first, second in zip(plain, kept, strict=True):
        yield f"| {first.name} | {_cost(first)} | {_cost(second)} |"
    yield "\nFor a thousand readers who do these three things:\n"
    yield "| | requests | of these unchanged (304) | MB sent |"
    yield "| --- | --- | --- | --- |"
    for how, steps in {"without the kept copy": plain, "with it": kept}.items():
        asked = sum(step.requests for step in steps)
        unchanged = sum(step.unchanged for step in steps)
        sent = sum(step.bytes for step in steps) / 1000
        yield f"| {how} | {asked * 1000:,} | {unchanged * 1000:,} | {sent:,.0f} |"
    files = ("handouts/start-a4.pdf", "handouts/guide-a4.pdf", "offline/*.zip")
    handout, booklet, copy = (_megabytes(site, name) for name in files)
    yield f"\nA page's handout takes {handout}, the booklet {booklet}, the offline copy {copy}."


def _cost(visit: Visit) -> str:
    return f"{visit.requests} | {visit.bytes / 1000:,.0f}"


def _megabytes(site: Path, pattern: str) -> str:
    return f"{max(path.stat().st_size for path in site.glob(pattern)) / 1e6:.1f} MB"


def _print(lines: Iterator[str]) -> None:
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
