"""Makes the README's pictures from the built site: a page in a browser, and the sheet of it.

`make pictures` writes them to `.github/pictures/`, so that the site does not carry them.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import sync_playwright

from bench.cost import ROOT
from bench.serving import chromium
from bench.serving.test_server import serving

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ROOT / ".github/pictures"
PAGE, HANDOUT = "page.png", "handout.png"
_SHOWN = "symptoms"
_WIDTH, _HEIGHT = 800, 900
# Flat colors and text: so many are enough, at a third of the bytes.
_COLORS = 48


def main() -> int:
    """Write both pictures; return 2 where something that this needs is missing."""
    site = ROOT / "site"
    sheet = site / f"handouts/{_SHOWN}-letter.pdf"
    if not sheet.is_file():
        print(f"There is no {sheet.relative_to(ROOT)}: run make site first", file=sys.stderr)
        return 2
    try:
        pictures = {PAGE: page_picture(site), HANDOUT: handout_picture(sheet)}
    except FileNotFoundError as missing:
        print(missing, file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures.items():
        (FOLDER / name).write_bytes(picture)
        print(f"{(FOLDER / name).relative_to(ROOT)}: {len(picture) / 1000:.0f} kB")
    return 0


def page_picture(site: Path) -> bytes:
    """Return the top of a page, as a browser shows it, as a PNG.

    Raises FileNotFoundError where there is no browser.
    """
    browser = chromium.executable()
    with serving(site) as address, sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser, args=chromium.arguments())
        page = started.new_page(
            viewport={"width": _WIDTH, "height": _HEIGHT}, service_workers="block"
        )
        page.goto(f"{address}{_SHOWN}/", wait_until="networkidle")
        picture = page.screenshot(animations="disabled")
        started.close()
    return _small(picture)


def handout_picture(sheet: Path) -> bytes:
    """Return the first sheet of a handout, as high as the page's picture, as a PNG.

    Raises FileNotFoundError where poppler is missing.
    """
    tool = shutil.which("pdftoppm")
    if not tool:
        raise FileNotFoundError(
            "There is no pdftoppm on this machine. On Debian or Ubuntu: apt-get install "
            "poppler-utils"
        )
    size = ["-scale-to-x", "-1", "-scale-to-y", str(_HEIGHT)]
    printed = subprocess.run(
        [tool, "-png", "-singlefile", *size, str(sheet)], capture_output=True, check=True
    )
    return _small(printed.stdout)


def _small(picture: bytes) -> bytes:
    small = BytesIO()
    with Image.open(BytesIO(picture)) as opened:
        opened.convert("RGB").quantize(_COLORS, dither=Image.Dither.NONE).save(
            small, "PNG", optimize=True
        )
    return small.getvalue()


if __name__ == "__main__":
    sys.exit(main())
