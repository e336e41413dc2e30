"""Where the offline copy of a site lies, and what it is called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sourced_guide.build.built_site.site import BuiltSite

# Where copies are in the site. They are not in themselves.
FOLDER = "offline"
_SITE_NAME = "og:site_name"


def copy_name(site: BuiltSite) -> str:
    """Return what a copy is called: the guide's name and its edition, in kebab case."""
    guide = site.start.metadata.get(_SITE_NAME) or site.start.title
    return re.sub(r"[^a-z0-9]+", "-", f"{guide} {site.edition}".lower()).strip("-")


def copy_file(site: BuiltSite) -> str:
    """Return the name of the copy's zip file in the site."""
    return f"{FOLDER}/{copy_name(site)}.zip"
