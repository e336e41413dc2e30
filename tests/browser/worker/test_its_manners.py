"""The worker keeps the guide and nothing else, where it is wanted, and goes when it is told to.

A test waits until a browser keeps the guide, and for what it does then: two to six seconds.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Error, Page, expect

from sourced_guide.cli.deprecated import publish

from ...commands import BIN
from .conftest import (
    ADDRESSES,
    KEPT,
    NEW_SIGN,
    NOTICES,
    WORKER,
    Host,
    is_styled,
    publish_edition,
    until,
    visit,
)

if TYPE_CHECKING:
    from pathlib import Path

RETIREMENT = re.compile(r"```js\n(?P<worker>.*?)```", re.DOTALL)


def test_a_site_without_the_worker_works(host: Host, site: Path, page: Page) -> None:
    visit(page, host.address)
    (site / WORKER).unlink()
    publish_edition(site)
    (site / WORKER).unlink()
    page.goto(f"{host.address}warning-signs/")
    expect(page.locator("article")).to_contain_text(NEW_SIGN)
    expect(page.locator(NOTICES)).to_have_count(0)
    assert is_styled(page)


def test_the_worker_can_be_taken_back(
    host: Host, site: Path, page: Page, built_guide: Path
) -> None:
    visit(page, host.address)
    text = (built_guide / "docs/editors/without-a-network.md").read_text("utf-8")
    match = RETIREMENT.search(text)
    assert match
    (site / WORKER).write_text(match["worker"], "utf-8")
    page.reload()
    until(page, "async () => !(await caches.keys()).length")
    until(page, "async () => !(await navigator.serviceWorker.getRegistration())")
    page.goto(f"{host.address}warning-signs/")
    assert is_styled(page)
    host.stop()
    with pytest.raises(Error, match="ERR_"):
        page.reload()


def test_nothing_is_kept_but_the_guides_own_files(host: Host, page: Page) -> None:
    page.goto(host.address)
    page.evaluate("caches.open('of another site here')")
    visit(page, f"{host.address}symptoms/?q=night+pain")
    page.goto(f"{host.address}alert-card/")
    page.locator(".cs-typing textarea").first.fill("Breast cancer")
    page.goto(f"{host.address}editors/")
    addresses = page.evaluate(ADDRESSES)
    assert len(addresses) == len(set(addresses))
    for address in addresses:
        assert address.startswith(host.address)
        assert "?" not in address
        assert not address.endswith((".pdf", ".map"))
        assert "/editors/" not in address
    names = page.evaluate("caches.keys()")
    assert "of another site here" in names
    assert len(names) == 2


def test_who_saves_data_gets_nothing_that_was_not_asked_for(host: Host, page: Page) -> None:
    page.add_init_script(
        "Object.defineProperty(NetworkInformation.prototype, 'saveData', {get: () => true})"
    )
    page.goto(host.address, wait_until="networkidle")
    assert page.evaluate("navigator.connection.saveData")
    assert page.evaluate("navigator.serviceWorker.getRegistrations()") == []
    assert page.evaluate("caches.keys()") == []


@pytest.mark.exhaustive
def test_a_page_opened_as_a_file_asks_for_no_worker(site: Path, page: Page) -> None:
    page.add_init_script("""
        window.asked = 0;
        ServiceWorkerContainer.prototype.register = async () => { window.asked += 1; };
    """)
    page.goto((site / "symptoms/index.html").as_uri())
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(NOTICES)).to_have_count(0)
    assert page.evaluate("window.asked") == 0


@pytest.mark.exhaustive
def test_chromium_can_put_the_guide_on_the_first_screen(host: Host, page: Page) -> None:
    visit(page, host.address)
    session = page.context.new_cdp_session(page)
    manifest: dict[str, Any] = session.send("Page.getAppManifest")
    assert manifest["url"] == f"{host.address}manifest.json"
    assert manifest["errors"] == []
    errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # Every page of a test is private.
    assert [each["errorId"] for each in errors if each["errorId"] != "in-incognito"] == []


@pytest.mark.exhaustive
def test_a_guide_below_another_site_keeps_to_itself(
    small_project: Path, tmp_path: Path, page: Page
) -> None:
    host_folder = tmp_path / "host"
    built = subprocess.run(
        [BIN / "mkdocs", "build", "-q", "-d", host_folder / "spine"],
        # A build keeps things beside its settings.
        cwd=shutil.copytree(small_project, tmp_path / "project"),
        env={"PATH": str(BIN), "SITE_URL": "https://example.org/spine/"},
        check=False,
    )
    assert built.returncode == 0
    assert publish([str(host_folder / "spine")]) == 0
    (host_folder / "index.html").write_text("another site")
    host = Host(host_folder)
    here = f"{host.address}spine/"
    visit(page, here)
    assert all(each.startswith(here) for each in page.evaluate(ADDRESSES))
    host.stop()
    page.goto(f"{here}no/such/page/")
    expect(page.locator(KEPT)).to_be_visible()
    assert is_styled(page)
    page.locator("article a", has_text="Start page").click()
    expect(page.locator("h1")).to_contain_text("About spine")
    with pytest.raises(Error, match="ERR_"):
        page.goto(host.address)
