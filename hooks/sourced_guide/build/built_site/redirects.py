"""Pages at the former addresses of pages: each leads to the page that has taken its place.

They need no script and no rule of a host, so that they also work in the offline copy. Their only
text is the title of the other page.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from sourced_guide.build.built_site.links import BrokenLinkError, link_to, linked_file
from sourced_guide.build.built_site.page import INDEX, built_name
from sourced_guide.build.built_site.site import UnusableSiteError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sourced_guide.build.built_site.page import BuiltPage
    from sourced_guide.build.built_site.site import BuiltSite
    from sourced_guide.claims.project.options import Redirect

_PAGE = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
{canonical}<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="{refresh}">
</head>
<body>
<p><a href="{link}">{title}</a></p>
</body>
</html>
"""


def redirect_pages(redirects: Iterable[Redirect], site: BuiltSite) -> dict[str, str]:
    """Return the HTML of a page for each former address, by its file.

    Raises UnusableSiteError where the site has pages that are not folders.
    """
    pages = {}
    for redirect in redirects:
        name, target = built_name(redirect.old), built_name(redirect.new)
        if target not in site.names:
            reason = f"no page is built into {target}: redirects need use_directory_urls"
            raise UnusableSiteError(f"'{redirect.old}' leads nowhere, because {reason}")
        pages[name] = _page(site.page(target), link_to(target, name).removesuffix(INDEX))
    return pages


def refresh(link: str) -> str:
    """Return what a page's `<meta http-equiv="refresh">` says for it to lead to a link."""
    return f"0; url={link}"


def leads_to(page: BuiltPage, target: str, files: Collection[str]) -> bool:
    """Say whether a page that shows no article leads to the file `target`, and nowhere else."""
    try:
        places = {linked_file(page.name, link, files) for link in (page.leads_to, *page.links)}
    except BrokenLinkError:
        return False
    return places == {target}


def _page(target: BuiltPage, link: str) -> str:
    canonical = f'<link rel="canonical" href="{escape(target.address)}">\n'
    return _PAGE.format(
        language=escape(target.language),
        title=escape(target.title),
        canonical=canonical if target.address else "",
        refresh=escape(refresh(link)),
        link=escape(link),
    )
