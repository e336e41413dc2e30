"""Serves a built site with a real nginx, by the configuration that is deployed.

Around the configuration stands a file as Debian's own: its types, its packing of pages. The
configuration is taken as it is. Only what it marks as "yours" and what has to differ is changed:
where it listens and where the site is, as whoever puts it up does too.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPLOYED = Path(__file__).parents[2] / "deploy/nginx.conf"
MISSING = (
    "There is no nginx with brotli on this machine. "
    "On Debian or Ubuntu: apt-get install nginx libnginx-mod-http-brotli-static"
)
_BROTLI = Path("/usr/share/nginx/modules/ngx_http_brotli_static_module.so")
_SITE = "/srv/cancer-in-the-spine/site"
_STARTS_WITHIN = 10.0
_AROUND = """\
{user}
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
worker_processes auto;
{modules}
events {{ worker_connections 768; }}
http {{
    sendfile on;
    tcp_nopush on;
    types_hash_max_size 2048;
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    gzip on;
    log_format wire "$status $bytes_sent $request_uri";
    access_log {log};
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/server.conf;
}}
"""


@dataclass(frozen=True)
class Served:
    """Where an nginx answers, and the file it writes each answer to: status, bytes, address."""

    port: int
    log: Path

    @property
    def address(self) -> str:
        """The address of the start page; it ends in a slash."""
        return f"http://127.0.0.1:{self.port}/"


def deployed(site: Path, port: int) -> str:
    """Return `deploy/nginx.conf` for a site on this machine: only listens and root are others."""
    text = DEPLOYED.read_text("utf-8")
    for old, new, times in (
        ("\n    listen 80;", f"\n    listen 127.0.0.1:{port};", 1),
        ("\n    listen [::]:80;", "\n    # only on this machine", 1),
        (_SITE, str(site.resolve()), 2),
    ):
        if text.count(old) != times:
            raise ValueError(f"{DEPLOYED.name} has '{old.strip()}' not {times} times")
        text = text.replace(old, new)
    return text


def free_port() -> int:
    """Return a port of this machine that nobody listens at."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(configuration: str, port: int, *, logged: bool = False) -> Iterator[Served]:
    """Run an nginx with the given servers, one of which listens at `port`, and yield where it is.

    Raises FileNotFoundError where nginx is missing, RuntimeError where it does not start.
    """
    executable = _executable()
    with TemporaryDirectory(prefix="nginx-") as name:
        folder = Path(name)
        log = folder / "access.log"
        (folder / "server.conf").write_text(configuration, "utf-8")
        main = folder / "nginx.conf"
        main.write_text(
            _AROUND.format(
                # As root it would give its workers to somebody who cannot read this folder.
                user="user root;" if os.geteuid() == 0 else "",
                folder=folder,
                modules=f"load_module {_BROTLI};",
                log=f"{log} wire" if logged else "off",
            ),
            "utf-8",
        )
        server = subprocess.Popen(
            [executable, "-e", str(folder / "error.log"), "-c", str(main)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        try:
            _wait(server, port)
            yield Served(port, log)
        finally:
            server.terminate()
            server.communicate()


def _executable() -> str:
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if not found or not _BROTLI.exists():
        raise FileNotFoundError(MISSING)
    return found


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    """Wait until nginx answers, or say why it does not."""
    until = time.monotonic() + _STARTS_WITHIN
    while server.poll() is None and time.monotonic() < until:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    server.terminate()
    said = server.communicate()[1].decode(errors="replace")
    raise RuntimeError(f"nginx did not start:\n{said}")
