"""What nginx sends with each kind of file, by the configuration that is deployed."""

from __future__ import annotations

import http.client
import re
import shutil
import ssl
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from bench.serving import nginx
from bench.serving.nginx import Served
from sourced_guide.build.steps.http_headers import headers

from .serving import ask, running, served

if TYPE_CHECKING:
    from pathlib import Path

YEAR = "max-age=31536000"
FOR_GOOD = f"public, {YEAR}, immutable"
STYLES, SCRIPT = "text/css; charset=utf-8", "text/javascript; charset=utf-8"
SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def address(guide_site: Path, pattern: str) -> str:
    found = next(iter(sorted(guide_site.glob(pattern))))
    return f"/{found.relative_to(guide_site)}"


def policy_in_page(guide_site: Path) -> str:
    page = BeautifulSoup((guide_site / "index.html").read_text("utf-8"), "html.parser")
    (meta,) = page.select('meta[http-equiv="Content-Security-Policy"]')
    return str(meta["content"])


def test_every_file_of_the_site_is_sent_with_the_headers_of_the_table(
    guide_site: Path, deployed: Served
) -> None:
    policy = policy_in_page(guide_site)
    connection = http.client.HTTPConnection("127.0.0.1", deployed.port, timeout=10)
    asked = 0
    with closing(connection):
        for path in sorted(guide_site.rglob("*")):
            name = f"/{path.relative_to(guide_site)}"
            if not path.is_file() or re.search(r"/_|\.(br|gz)$|staticwebapp", name):
                continue
            connection.request("HEAD", name)
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, name
            sent = answer.getheaders()
            expected = headers(name, policy)
            assert {key: value for key, value in sent if key in expected} == expected, name
            names = [key.lower() for key, _ in sent]
            assert len(names) == len(set(names)), f"{name}: a header is sent twice: {names}"
            asked += 1
    assert asked > 150


@pytest.mark.parametrize(
    ("pattern", "lifetime", "kind"),
    [
        ("index.html", "no-cache", "text/html; charset=utf-8"),
        ("tests/index.html", "no-cache", "text/html; charset=utf-8"),
        ("handouts/alert-card-a4.pdf", "no-cache", "application/pdf"),
        ("search/search_index.json", "no-cache", "application/json"),
        ("search/worker.*.js", FOR_GOOD, SCRIPT),
        ("scripts/card.js", "public, max-age=600", SCRIPT),
        ("scripts/guide.*.js", FOR_GOOD, SCRIPT),
        ("assets/favicon.svg", "public, max-age=600", "image/svg+xml; charset=utf-8"),
        ("assets/javascripts/bundle.*.min.js", FOR_GOOD, SCRIPT),
        ("assets/stylesheets/main.*.min.css", FOR_GOOD, STYLES),
        ("stylesheets/guide.*.css", FOR_GOOD, STYLES),
    ],
)
def test_each_kind_of_file_has_its_lifetime_and_type(
    pattern: str, lifetime: str, kind: str, guide_site: Path, deployed: Served
) -> None:
    answer, _ = ask(deployed, address(guide_site, pattern))
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == lifetime
    assert answer.headers["Content-Type"] == kind
    assert {name: answer.headers[name] for name in SECURITY} == SECURITY
    assert "geolocation=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["Server"] == "nginx"


@pytest.mark.parametrize(
    ("name", "lifetime", "kind"),
    [
        ("service-worker.js", "no-cache", SCRIPT),
        ("guide.webmanifest", "no-cache", "application/manifest+json"),
        ("module.mjs", "public, max-age=600", SCRIPT),
        ("offline/guide.zip", "no-cache", "application/zip"),
        ("something.odd", "no-cache", "application/octet-stream"),
    ],
)
def test_files_that_a_site_may_have_are_known_too(
    name: str, lifetime: str, kind: str, tmp_path: Path
) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("x")
    with served(tmp_path) as where:
        answer, _ = ask(where, f"/{name}")
    assert answer.headers["Cache-Control"] == lifetime
    assert answer.headers["Content-Type"] == kind


def test_a_page_has_the_policy_with_hashes_and_nobody_may_frame_it(
    guide_site: Path, deployed: Served
) -> None:
    policy = ask(deployed, "/")[0].headers["Content-Security-Policy"]
    assert policy == f"{policy_in_page(guide_site)}; frame-ancestors 'none'"
    assert policy.startswith("default-src 'none'; script-src 'self' 'sha256-")
    assert "unsafe" not in policy


def test_a_viewer_of_handouts_is_not_held_to_the_policy_of_pages(deployed: Served) -> None:
    answer, _ = ask(deployed, "/handouts/alert-card-a4.pdf")
    assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'none'"


def test_a_site_without_the_file_for_nginx_still_has_a_policy(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("x")
    with served(tmp_path) as where:
        policy = ask(where, "/")[0].headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "script-src" not in policy, "scripts are ruled by the policy in the page"


@pytest.mark.parametrize("path", ["/no-such-page", "/tests/no-such-page/", "/assets/x.0123abcd.js"])
def test_an_address_that_leads_nowhere_gets_the_page_that_says_so(
    path: str, guide_site: Path, deployed: Served
) -> None:
    answer, content = ask(deployed, path)
    assert answer.status == 404
    assert content == (guide_site / "404.html").read_bytes()
    assert {name: answer.headers[name] for name in SECURITY} == SECURITY
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "'sha256-" in answer.headers["Content-Security-Policy"]


def test_a_page_without_its_slash_is_led_to_its_address_whatever_the_host_is_called(
    deployed: Served,
) -> None:
    answer, _ = ask(deployed, "/tests", Host="guide.example.org")
    assert (answer.status, answer.headers["Location"]) == (301, "/tests/")
    assert {name: answer.headers[name] for name in SECURITY} == SECURITY


def test_a_page_that_has_not_changed_is_not_sent_again(deployed: Served) -> None:
    first, _ = ask(deployed, "/", Accept_Encoding="br")
    again, content = ask(deployed, "/", Accept_Encoding="br", If_None_Match=first.headers["ETag"])
    assert (again.status, content) == (304, b"")
    assert again.headers["Cache-Control"] == "no-cache"
    packed_otherwise, _ = ask(deployed, "/", Accept_Encoding="gzip")
    assert packed_otherwise.headers["ETag"] != first.headers["ETag"]


def test_transport_is_kept_safe_where_it_is_safe_and_not_promised_where_it_is_not(
    guide_site: Path, deployed: Served, tmp_path: Path
) -> None:
    assert "Strict-Transport-Security" not in ask(deployed, "/")[0].headers
    plain, safe = nginx.free_port(), nginx.free_port()
    with running(with_certificate(guide_site, plain, safe, tmp_path), safe) as where:
        trusting = ssl.create_default_context(cafile=str(tmp_path / "fullchain.pem"))
        connection = http.client.HTTPSConnection("localhost", safe, context=trusting, timeout=10)
        with closing(connection):
            connection.request("GET", "/")
            answer = connection.getresponse()
        assert answer.status == 200
        assert answer.headers["Strict-Transport-Security"] == YEAR
        led, _ = ask(Served(plain, where.log), "/tests/?a=b", Host="guide.example.org")
        assert led.status == 301
        assert led.headers["Location"] == "https://guide.example.org/tests/?a=b"


def with_certificate(guide_site: Path, plain: int, safe: int, folder: Path) -> str:
    """Do what the comments in the configuration say for a site with a certificate."""
    if not shutil.which("openssl"):
        pytest.fail("There is no openssl. On Debian or Ubuntu: apt-get install openssl")
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"),
        ],
        check=True,
        capture_output=True,
    )
    text = nginx.deployed(guide_site, plain)
    guide, server, leads = text.partition("\n# server {")
    guide = guide.replace(f"    listen 127.0.0.1:{plain};", "")
    guide = re.sub(r"^    # (listen 443|ssl_)", r"    \1", guide, flags=re.MULTILINE)
    leads = re.sub("^# ?", "", f"{server.strip()}{leads}", flags=re.MULTILINE)
    text = guide + "\n" + leads.replace("listen 80;", f"listen 127.0.0.1:{plain};")
    text = re.sub(r"listen \[::\]:\w+( ssl http2)?;", "", text)
    text = text.replace("listen 443 ", f"listen 127.0.0.1:{safe} ")
    return text.replace("/etc/letsencrypt/live/guide.example.org", str(folder))
