"""人民调解证据材料: a list of what was handed in, signed, and the photos behind it."""

import re

from mediator.domain.case import Case
from mediator.domain.codes import MaterialKind, Stage
from mediator.domain.papers import Material
from mediator.domain.wording import prose
from mediator.forms import places
from mediator.forms.facts import fact
from mediator.forms.form import Form, Sheet, since
from mediator.paper.blocks import Align, Block, Listing, PageBreak, Para, Picture

_HEAD = ("序号", "证据名称", "提供人", "页数或备注")
_WIDTHS = (12.0, 62.0, 24.0, 32.0)
_ALIGN: tuple[Align, ...] = ("center", "left", "center", "left")
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}$")
_ROWS = 10
"""Empty rows to write in where nothing is entered."""
_HEIGHT = 98.0
"""Most height of a photo, mm: two go on a page with their captions."""


def materials(case: Case) -> list[Material]:
    """What was laid to the file as evidence, in the order it came."""
    return [one for one in case.materials if one.kind is MaterialKind.EVIDENCE]


def _body(sheet: Sheet) -> tuple[Block, ...]:
    case, given = sheet.case, materials(sheet.case)
    rows = [(f"{n}", name_of(one), one.provider, _note(one)) for n, one in enumerate(given, 1)]
    empty = [("", "", "", "")] * _ROWS
    return (
        fact("卷号", case.number),
        Listing(_HEAD, tuple(rows or empty), _WIDTHS, _ALIGN),
        Para(
            f"以上证据材料共{len(given) or '　　'}件，由提供人提供并对其真实性负责；收存原件的，应当在备注栏里注明。"
        ),
    )


def _photos(sheet: Sheet) -> tuple[Block, ...]:
    """Two on a page, each under the number it has in the list."""
    photos = [(n, one) for n, one in enumerate(materials(sheet.case), 1) if one.is_photo]
    blocks: list[Block] = []
    for place, (n, one) in enumerate(photos):
        blocks += [] if place % 2 else [PageBreak()]
        blocks.append(Picture(one.digest, f"证据{n}：{name_of(one)}", _HEIGHT))
    return tuple(blocks)


def name_of(material: Material) -> str:
    """What it is called: as typed, else by its file, without the suffix."""
    return prose(material.caption) or _SUFFIX.sub("", material.file_name)


def _note(material: Material) -> str:
    return "照片" if material.is_photo else "见附后"


def _signers(sheet: Sheet) -> tuple[Block, ...]:
    providers = dict.fromkeys(one.provider for one in materials(sheet.case) if one.provider)
    return places.of_staff("提供人", list(providers)), places.of_staff("收件人", [])


EVIDENCE = Form(
    code="evidence",
    title="人民调解证据材料",
    due=lambda case: bool(materials(case)),
    stages=since(Stage.REGISTERED, Stage.REFUSED),
    body=_body,
    signers=_signers,
    behind=_photos,
    day=lambda sheet: None,
)
"""The day is written by the hand that takes the things in."""
