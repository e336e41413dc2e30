"""The path and name of a site's offline copy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sourced_guide.build.built_site.site import BuiltSite

# The folder of copies in the site, which copies do not contain.
FOLDER = "offline"
_SITE_NAME = "og:site_name"


def copy_name(site: BuiltSite) -> str:
    """Return the name of a copy: the guide's name and its edition, in kebab case."""
    guide = site.start.metadata.get(_SITE_NAME) or site.start.title
    return re.sub(r"[^a-z0-9]+", "-", f"{guide} {site.edition}".lower()).strip("-")


def copy_file(site: BuiltSite) -> str:
    """Return the name of the copy's zip file in the site."""
    return f"{FOLDER}/{copy_name(site)}.zip"
