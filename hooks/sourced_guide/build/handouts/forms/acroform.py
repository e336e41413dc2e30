"""The form of a PDF (ISO 32000-1, 12.7): links that stand for fields become fields.

Typst has put them where they belong: on the page, in the order of tabs, and in the structure tree
(PDF/UA-1, 7.18.4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, Object, String

from sourced_guide.build.handouts.forms.fields import FIELD, Field, Kind
from sourced_guide.build.handouts.forms.font import form_font

if TYPE_CHECKING:
    from collections.abc import Iterator

_FONT = "Typed"
# Size 0: as large as the field has room for, so that no letter of a long text is out of sight.
_LOOKS = String(f"/{_FONT} 0 Tf 0 g")
_MULTILINE = 1 << 12
_TICK = b"q 0 G %.2f w 1 J 1 j %.2f %.2f m %.2f %.2f l %.2f %.2f l S Q"


def make_form(document: pikepdf.Pdf, letters: pikepdf.Pdf) -> None:
    """Make a form of a tagged PDF whose links stand for fields; `letters` is as for its font."""
    structure = NumberTree(document.Root.StructTreeRoot.ParentTree)
    font = form_font(document, letters)
    fonts = Dictionary(Font=Dictionary({f"/{_FONT}": font}))
    made: dict[str, Dictionary] = {}
    for widget, field in list(_widgets(document)):
        structure[int(widget.StructParent)].S = Name.Form
        if field.name not in made:
            made[field.name] = document.make_indirect(_field(field))
        _become_widget(document, widget, field, fonts)
        widget.Parent = made[field.name]
        made[field.name].Kids.append(widget)
    document.Root.AcroForm = document.make_indirect(
        Dictionary(Fields=Array(made.values()), DR=fonts, DA=_LOOKS)
    )


def _widgets(document: pikepdf.Pdf) -> Iterator[tuple[Object, Field]]:
    """Yield the links that stand for fields, in reading order."""
    for page in document.pages:
        for annotation in page.get("/Annots", []):
            address = str(annotation.get("/A", Dictionary()).get("/URI", ""))
            if address.startswith(FIELD):
                yield annotation, Field.of_address(address)


def _field(field: Field) -> Dictionary:
    made = Dictionary(T=String(field.name), TU=String(field.label), Kids=Array())
    if field.kind is Kind.TICK:
        made.FT, made.V = Name.Btn, Name.Off
        return made
    made.FT, made.DA = Name.Tx, _LOOKS
    if field.kind is Kind.LINES:
        made.Ff = _MULTILINE
    return made


def _become_widget(document: pikepdf.Pdf, widget: Object, field: Field, fonts: Dictionary) -> None:
    for key in ("/A", "/Border", "/Contents", "/QuadPoints"):
        if key in widget:
            del widget[key]
    widget.Subtype = Name.Widget
    # Its lines are on the page: whoever writes with a pen needs them, too.
    widget.MK = Dictionary()
    left, bottom, right, top = (float(edge) for edge in widget.Rect)
    width, height = right - left, top - bottom

    def shown(content: bytes) -> pikepdf.Stream:
        return document.make_stream(
            content,
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, round(width, 2), round(height, 2)]),
            Resources=fonts,
        )

    if field.kind is Kind.TICK:
        widget.AS = Name.Off
        widget.AP = Dictionary(N=Dictionary(Off=shown(b""), Yes=shown(_tick(width, height))))
    else:
        widget.AP = Dictionary(N=shown(b"/Tx BMC EMC"))


def _tick(width: float, height: float) -> bytes:
    return _TICK % (
        width * 0.14, width * 0.2, height * 0.5, width * 0.42, height * 0.25,
        width * 0.82, height * 0.78,
    )  # fmt: skip
