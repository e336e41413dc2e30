"""Configuration files for hosts, with a site's headers in their syntaxes.

- `_headers`: Netlify and Cloudflare Pages
- `staticwebapp.config.json`: Azure Static Web Apps
- `_policy.nginx`: the part of a map that `deploy/nginx.conf` includes; only the policy is there,
  because only its hashes change from edition to edition

Hosts do not serve their own file to readers.
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

    Raises UnusableSiteError where a page has another one: a header with other hashes would
    block its scripts.
    """
    shared = policy(site.pages())
    for page in site.pages():
        if page.metadata.get(POLICY) != shared:
            raise UnusableSiteError(
                f"{site.path(page.name)} lacks the site's content policy: run guide build"
            )
    own_files = {f"/{name}" for name in FILES}
    return host_files({f"/{name}" for name in site.names} - own_files, shared)


def host_files(addresses: Iterable[str], policy: str) -> dict[str, str]:
    """Return the files by name, given every file's address in the site and its pages' policy."""
    known = sorted(addresses)
    immutable = [address for address in known if lifetime(address) == IMMUTABLE]
    return {
        _NETLIFY: _netlify(known, immutable, policy),
        _NGINX: f'"" "{content_policy(_PAGE, policy)}";\n',
        _AZURE: _azure(immutable, policy),
    }


def _netlify(known: Iterable[str], immutable: Iterable[str], policy: str) -> str:
    """Return header rules as blocks of an address and its headers.

    Where several rules match, the host sends the headers of all, and browsers obey every policy
    that they get. So headers for all files come first, and no rule has to remove one. Pages have
    the hosts' default cache lifetime: they are revalidated every time.
    """
    rules = {"/*": {**_EVERYWHERE, "Content-Security-Policy": FRAMES}}
    for place in dict.fromkeys(_places(known)):
        rules[place] = {"Content-Security-Policy": content_policy(_PAGE, policy)}
    for address in immutable:
        rules[address] = {"Cache-Control": IMMUTABLE}
    return "\n".join(line for place, rule in rules.items() for line in _block(place, rule)) + "\n"


def _places(known: Iterable[str]) -> Iterator[str]:
    """Yield the start page and, for every top-level folder with pages, everything below it."""
    yield "/"
    for address in known:
        top, slash, _ = address[1:].partition("/")
        if slash and address.endswith(_PAGE):
            yield f"/{top}/*"


def _block(place: str, rule: dict[str, str]) -> Iterator[str]:
    yield place
    yield from (f"  {name}: {value}" for name, value in rule.items())


def _azure(immutable: Iterable[str], policy: str) -> str:
    """Return the settings as JSON; headers of the first matching route override global ones.

    Every file below `/handouts/` is treated as a handout, because routes cannot match suffixes.
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
            *({"route": address, "headers": {"Cache-Control": IMMUTABLE}} for address in immutable),
        ],
        "responseOverrides": {"404": {"rewrite": "/404.html"}},
        "mimeTypes": {".webmanifest": "application/manifest+json"},
        "trailingSlash": "auto",
    }
    return json.dumps(settings, indent=2) + "\n"
