"""Makes a PDF of each page of a built site with WeasyPrint, to measure the handouts against.

Run in the environment of `make bench`, which has WeasyPrint, with the pages and a folder for the
PDFs.
"""

import sys
from pathlib import Path

from weasyprint import HTML  # type: ignore[import-not-found]  # in another environment

if __name__ == "__main__":
    *pages, folder = map(Path, sys.argv[1:])
    folder.mkdir(parents=True, exist_ok=True)
    for page in pages:
        HTML(page).write_pdf(folder / f"{page.parent.name}.pdf", pdf_variant="pdf/ua-1")
