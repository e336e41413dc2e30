"""What a search costs a reader: `make bench` prints it as one Markdown table.

The worker of the built site runs in a page of Chromium that is made six times slower, as a cheap
phone is, and answers every query of the tests' list. Each is asked three times, and the fastest
counts: what other programs of this machine take is not the worker's. Targets are shown, never
enforced.
"""

from __future__ import annotations

import argparse
import gzip
import sys
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

import brotli
from playwright.sync_api import sync_playwright

from bench.serving import chromium
from bench.serving.test_server import serving
from sourced_guide.build.search.worker_script import address

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
QUERIES = ROOT / "tests/queries/readers.txt"
INDEX = "search/search_index.json"
SLOWER = 6
_ANSWER = """async ([worker, index, queries]) => {
    const [script, data] = [await (await fetch(worker)).text(), await (await fetch(index)).json()];
    let listener;
    new Function("addEventListener", "postMessage", script)((_, its) => (listener = its), () => {});
    const timed = (message) => {
        const start = performance.now();
        listener({ data: message });
        return performance.now() - start;
    };
    const setup = timed({ type: 0, data });
    const rounds = [1, 2, 3].map(() => queries.map((query) => timed({ type: 2, data: query })));
    const times = queries.map((_, at) => Math.min(...rounds.map((round) => round[at])));
    return { setup, times };
}"""


def main() -> int:
    """Measure and print; return 1 where something that measuring needs is missing."""
    parser = argparse.ArgumentParser(description="Measures what a search costs a reader.")
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    site: Path = parser.parse_args().site
    try:
        chromium.executable()
        _check_site(site)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    print("| what | measured | target | |\n| --- | --- | --- | --- |")
    for line in (*_sizes(site), *_times(site)):
        print(line, flush=True)
    return 0


def _check_site(site: Path) -> None:
    if not (site / INDEX).is_file():
        raise FileNotFoundError(f"There is no guide in {site}. Build it with: make site")


def _sizes(site: Path) -> Iterator[str]:
    for name, file, most in (("index", INDEX, 70), ("worker", address(), 13)):
        content = (site / file).read_bytes()
        packed = len(brotli.compress(content, quality=10)) / 1000
        zipped = len(gzip.compress(content, 9)) / 1000
        what = f"{packed:.1f} kB (brotli), {zipped:.1f} kB (gzip)"
        yield _row(f"{name} on the wire", what, f"≤ {most} kB (brotli)", met=packed <= most)


def _times(site: Path) -> Iterator[str]:
    lines = QUERIES.read_text("utf-8").splitlines()
    queries = [line.partition("|")[0] for line in lines if not line.startswith("#")]
    with serving(site) as host, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable(), args=chromium.arguments()
        )
        # The worker's script is run in the page, which the guide's policy would refuse.
        page = browser.new_context(bypass_csp=True, service_workers="block").new_page()
        page.goto(host)
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        told: dict[str, Any] = page.evaluate(_ANSWER, [host + address(), host + INDEX, queries])
        browser.close()
    times = told["times"]
    slow = quantiles(times, n=20)[-1]
    yield _row("set-up", f"{told['setup']:.0f} ms", "", met=True)
    yield _row("a query, median", f"{median(times):.1f} ms", "≤ 30 ms", met=median(times) <= 30)
    yield _row("a query, 19 of 20", f"{slow:.1f} ms", "≤ 30 ms", met=slow <= 30)
    yield _row("the slowest query", f"{max(times):.1f} ms", "", met=True)


def _row(what: str, measured: str, target: str, *, met: bool) -> str:
    verdict = ("met" if met else "not met") if target else ""
    return f"| {what} | {measured} | {target} | {verdict} |"


if __name__ == "__main__":
    sys.exit(main())
