"""What a page costs a reader: `make bench` prints it as one Markdown table.

The built guide is served as a normal host serves it, and opened by a browser that has never seen
it. Weights are bytes on the wire, headers included. Lighthouse looks at it as a slow phone does.
Targets are shown, never enforced: a slow machine is no fault of the pages.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Browser, sync_playwright

from bench.cost import say
from bench.serving import chromium, panel_speed
from bench.serving.test_server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[2]
LIGHTHOUSE = ROOT / ".build/bench/lighthouse/node_modules/.bin/lighthouse"
# The first that a reader sees, an urgent one, a treatment, and long lists.
PAGES = ("", "warning-signs/", "radiation/", "glossary/", "references/")
BUDGETS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
_SHIFTS = """
window.shifted = 0;
new PerformanceObserver(list => list.getEntries().forEach(one => { window.shifted += one.value; }))
    .observe({type: "layout-shift", buffered: true});
"""


@dataclass(frozen=True)
class Visit:
    """A first visit to a page: bytes on the wire by address, and how far its parts were moved."""

    bytes: Mapping[str, int]
    shift: float


@dataclass
class Verdict:
    """Lighthouse's scores of a page and milliseconds it was blocked, of each run; what is wrong."""

    scores: dict[str, list[float]] = field(default_factory=dict)
    blocked: list[float] = field(default_factory=list)
    faults: set[str] = field(default_factory=set)


def main() -> int:
    """Measure and print; return 1 where something that measuring needs is missing."""
    parser = argparse.ArgumentParser(description="Measures what the built guide's pages cost.")
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="of Lighthouse, each page")
    options = parser.parse_args()
    try:
        _check_what_is_needed(options.site)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    with serving(options.site) as address:
        print("| what | measured | target | |\n| --- | --- | --- | --- |")
        _print(_weights(address, options.site))
        _print(_panels(address))
        verdicts = {page: _lighthouse(address + page, options.runs) for page in PAGES}
        _print(_scores(verdicts))
        _print(_faults(verdicts))
    return 0


def _check_what_is_needed(site: Path) -> None:
    chromium.executable()
    if not (site / "index.html").is_file():
        raise FileNotFoundError(f"There is no guide in {site}. Build it with: make site")
    if not shutil.which("node"):
        raise FileNotFoundError(
            "There is no Node.js, which Lighthouse needs. On Debian or Ubuntu: apt-get install npm"
        )
    if not LIGHTHOUSE.is_file():
        raise FileNotFoundError("Lighthouse is not installed. Run: make bench")


def _weights(address: str, site: Path) -> Iterator[str]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable(), args=chromium.arguments()
        )
        phone, desk = (_visit(browser, address, width) for width in (375, 1280))
        browser.close()
    total = sum(phone.bytes.values())
    yield _row(
        "start page, first visit", f"{total / 1000:.1f} kB", "≤ 100 kB", met=total <= 100_000
    )
    for url, size in sorted(phone.bytes.items(), key=lambda item: -item[1]):
        yield f"| ... {url.removeprefix(address) or 'the page'} | {size / 1000:.1f} kB | | |"
    # What a script in a file is made of is the guide's; the theme's are among its assets.
    own = [
        site / url.removeprefix(address)
        for url in phone.bytes
        if url.endswith(".js") and "/assets/" not in url
    ]
    script = sum(len(gzip.compress(path.read_bytes(), 6, mtime=0)) for path in own)
    yield _row("its own scripts", f"{script / 1000:.1f} kB", "≤ 8 kB", met=script <= 8_000)
    for name, visit in {"phone": phone, "desk": desk}.items():
        moved = f"{visit.shift:.3f}"
        yield _row(f"layout shift on a {name}", moved, "0", met=visit.shift < 0.001)


def _panels(address: str) -> Iterator[str]:
    pages = ["radiation/", "warning-signs/", "symptoms/", "pain-relief/", "glossary/"]
    for page, wait in panel_speed.waits(address, pages):
        what = f"{page}: from a tap to its panel, {panel_speed.SLOWER} times slower"
        yield _row(what, f"{wait:.0f} ms", "≤ 100 ms", met=wait <= 100)


def _visit(browser: Browser, url: str, width: int) -> Visit:
    """Open a page as one who has never been there, and leave it alone until it is quiet."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    context.add_init_script(_SHIFTS)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    addresses: dict[str, str] = {}
    sizes: dict[str, int] = {}
    session.on(
        "Network.requestWillBeSent",
        lambda event: addresses.update({event["requestId"]: event["request"]["url"]}),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: int(event["encodedDataLength"])}),
    )
    page.goto(url, wait_until="networkidle")
    shift: float = page.evaluate("window.shifted")
    context.close()
    return Visit({addresses[key]: size for key, size in sizes.items() if size}, shift)


def _lighthouse(url: str, runs: int) -> Verdict:
    verdict = Verdict()
    for number in range(1, runs + 1):
        say(f"Lighthouse, {url}, run {number} of {runs}")
        report = _report(url)
        verdict.blocked.append(report["audits"]["total-blocking-time"]["numericValue"])
        for name, category in report["categories"].items():
            verdict.scores.setdefault(name, []).append(100 * (category["score"] or 0))
            verdict.faults |= set(_faults_in(name, category, report["audits"]))
    return verdict


def _report(url: str) -> dict[str, Any]:
    command = [
        str(LIGHTHOUSE),
        url,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(BUDGETS)}",
        f"--chrome-flags=--headless=new {' '.join(chromium.arguments())}",
        # It would tell its makers of its faults.
        "--no-enable-error-reporting",
    ]
    told = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, "CHROME_PATH": chromium.executable()},
    )
    if told.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{told.stderr[-2000:]}")
    report: dict[str, Any] = json.loads(told.stdout)
    return report


def _faults_in(name: str, category: Mapping[str, Any], audits: Mapping[str, Any]) -> Iterator[str]:
    """Yield the audits that cost a category points."""
    for reference in category["auditRefs"]:
        audit = audits[reference["id"]]
        score = audit["score"]
        if reference["weight"] and score is not None and score < 0.9:
            shown = audit.get("displayValue") or ""
            yield f"{name}: {audit['title']} {shown}".rstrip()


def _scores(verdicts: Mapping[str, Verdict]) -> Iterator[str]:
    for page, verdict in verdicts.items():
        for name, least in BUDGETS.items():
            score = median(verdict.scores[name])
            what = f"{page or 'start page'}: Lighthouse, {name}"
            yield _row(what, f"{score:.0f}", f"≥ {least}", met=score >= least)
        blocked = median(verdict.blocked)
        yield f"| {page or 'start page'}: Lighthouse, time blocked | {blocked:.0f} ms | | |"


def _faults(verdicts: Mapping[str, Verdict]) -> Iterator[str]:
    for page, verdict in verdicts.items():
        for fault in sorted(verdict.faults):
            yield f"\n{page or 'start page'}: {fault}"


def _row(what: str, measured: str, target: str, *, met: bool) -> str:
    return f"| {what} | {measured} | {target} | {'met' if met else 'not met'} |"


def _print(lines: Iterator[str]) -> None:
    print("\n".join(lines), flush=True)


if __name__ == "__main__":
    sys.exit(main())
