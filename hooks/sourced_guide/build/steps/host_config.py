"""What hosts read beside a site: its headers in each host's own words.

- `_headers`: Netlify and Cloudflare Pages
- `staticwebapp.config.json`: Azure Static Web Apps
- `_policy.nginx`: the part of a map that `deploy/nginx.conf` includes; only the policy is there,
  because only its hashes change from edition to edition

None of these is shown to readers by the host that it is for.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sourced_guide.build.built_site.site import UnusableSiteError
from sourced_guide.build.steps.csp import NAME as POLICY
from sourced_guide.build.steps.csp import policy
from sourced_guide.build.steps.http_headers import (
    FRAMES,
    IMMUTABLE,
    SECURITY,
    STRICT_TRANSPORT,
    content_policy,
    lifetime,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sourced_guide.build.built_site.site import BuiltSite

_NETLIFY, _NGINX, _AZURE = "_headers", "_policy.nginx", "staticwebapp.config.json"
FILES = (_NETLIFY, _NGINX, _AZURE)

# Both kinds of host always end TLS themselves.
_EVERYWHERE = {**SECURITY, "Strict-Transport-Security": STRICT_TRANSPORT}
_PAGE = "/index.html"


def site_host_files(site: BuiltSite) -> dict[str, str]:
    """Return the files by name, given a site whose pages have their content policy.

    Raises UnusableSiteError where a page has another one: a header with other hashes would stop
    its scripts.
    """
    shared = policy(site.pages())
    for page in site.pages():
        if page.metadata.get(POLICY) != shared:
            raise UnusableSiteError(
                f"{site.path(page.name)} does not carry the site's content policy: run guide build"
            )
    made_here = {f"/{name}" for name in FILES}
    return host_files({f"/{name}" for name in site.names} - made_here, shared)


def host_files(addresses: Iterable[str], policy: str) -> dict[str, str]:
    """Return the files by name, given every file's address in the site and its pages' policy."""
    known = sorted(addresses)
    kept = [address for address in known if lifetime(address) == IMMUTABLE]
    return {
        _NETLIFY: _netlify(known, kept, policy),
        _NGINX: f'"" "{content_policy(_PAGE, policy)}";\n',
        _AZURE: _azure(kept, policy),
    }


def _netlify(known: Iterable[str], kept: Iterable[str], policy: str) -> str:
    """Return header rules as blocks of an address and its headers.

    Where several rules match, the host sends the headers of all, and browsers obey every policy
    that they get. So what is true of all files stands first and no rule has to take it back. How
    long pages are kept is the hosts' own default: they are asked for again each time.
    """
    rules = {"/*": {**_EVERYWHERE, "Content-Security-Policy": FRAMES}}
    for place in dict.fromkeys(_places(known)):
        rules[place] = {"Content-Security-Policy": content_policy(_PAGE, policy)}
    for address in kept:
        rules[address] = {"Cache-Control": IMMUTABLE}
    return "\n".join(line for place, rule in rules.items() for line in _block(place, rule)) + "\n"


def _places(known: Iterable[str]) -> Iterator[str]:
    """Yield the start page and, for every folder at the top with pages in it, all that is below."""
    yield "/"
    for address in known:
        top, slash, _ = address[1:].partition("/")
        if slash and address.endswith(_PAGE):
            yield f"/{top}/*"


def _block(place: str, rule: dict[str, str]) -> Iterator[str]:
    yield place
    yield from (f"  {name}: {value}" for name, value in rule.items())


def _azure(kept: Iterable[str], policy: str) -> str:
    """Return the settings as JSON; the first route that matches puts its headers over the others'.

    A handout is every file below `/handouts/`, since a route knows no ends of names.
    """
    handouts = {"Content-Security-Policy": content_policy("/handouts/one.pdf", policy)}
    settings = {
        "globalHeaders": {
            **_EVERYWHERE,
            "Cache-Control": lifetime(_PAGE),
            "Content-Security-Policy": content_policy(_PAGE, policy),
        },
        "routes": [
            {"route": "/handouts/*", "headers": handouts},
            *({"route": address, "headers": {"Cache-Control": IMMUTABLE}} for address in kept),
        ],
        "responseOverrides": {"404": {"rewrite": "/404.html"}},
        "mimeTypes": {".webmanifest": "application/manifest+json"},
        "trailingSlash": "auto",
    }
    return json.dumps(settings, indent=2) + "\n"
