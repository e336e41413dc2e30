"""The banner on every page of the copy.

Its words are in a template of the project, `cs/copy.html` in its overrides, so that the check reads
them (SRC009) and `guide certify` knows them.
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
# The id of the text that describes external links to screen readers.
NETWORK_ID = "cs-copy-network"
# The visible sign of external links. The variation selector prevents an emoji.
NETWORK_SIGN = "\u2197\ufe0e"


@dataclass(frozen=True)
class Banner:
    """The HTML above and below the content of every page."""

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
            f"no template {TEMPLATE} is among the overrides: it has the text of the banner"
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
            f"{found} has no words with the id {NETWORK_ID}, which describe external links"
        )
    return banner
