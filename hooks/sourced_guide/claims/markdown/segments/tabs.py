"""Panels of tabs (PyMdown's): all can be opened where there are as many buttons as panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def openable_tabs(element: Element) -> set[Element]:
    """Return the panels of a set of tabs that has as many buttons, so that all can be opened."""
    if "tabbed-set" not in (element.get("class") or "").split():
        return set()
    panels = element.findall("div[@class='tabbed-content']/div[@class='tabbed-block']")
    labels = element.findall("div[@class='tabbed-labels']/label")
    return set(panels) if len(panels) == len(labels) == len(element.findall("input")) else set()
