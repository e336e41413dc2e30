"""What each page of the copy says of itself.

The words stand in a template of the project, `cs/copy.html` among its overrides: so the check has
read them (SRC009), and `guide certify` knows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from sourced_guide.build.built_site.site import UnusableSiteError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sourced_guide.build.built_site.edition import Edition

TEMPLATE = "cs/copy.html"
# What a link that leads out of the copy is described by, for whoever has the page read out.
NETWORK_ID = "cs-copy-network"
# The same for the eye. The second character asks for a letter, not for a picture.
NETWORK_SIGN = "\u2197\ufe0e"


@dataclass(frozen=True)
class Banner:
    """What stands above and below each page, as HTML."""

    above: str
    below: str


def read_banner(templates: Iterable[Path], edition: Edition, home: str) -> Banner:
    """Return the banner of a copy, given the project's templates.

    `home` is the address of the newest edition, or empty.

    Raises UnusableSiteError where the template is missing or cannot be used.
    """
    found = next((path for path in templates if path.as_posix().endswith(f"/{TEMPLATE}")), None)
    if not found:
        raise UnusableSiteError(
            f"no template {TEMPLATE} is among the overrides: it has the words of the copy"
        )
    folder = found.parents[TEMPLATE.count("/")]
    environment = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    try:
        words: Any = environment.get_template(TEMPLATE).module
        banner = Banner(str(words.above(edition, home)), str(words.below(edition, home)))
    except (TemplateError, AttributeError) as error:
        raise UnusableSiteError(f"{found} cannot be used: {error}") from error
    if f'id="{NETWORK_ID}"' not in banner.below:
        raise UnusableSiteError(
            f"{found} has no words with the id {NETWORK_ID}, which mark the links that lead out"
        )
    return banner
