"""卷内目录: what is in the bound file, and on which page."""

from mediator.domain.codes import Standing
from mediator.forms.facts import fact
from mediator.forms.form import Entry, Form, Sheet
from mediator.paper.blocks import Align, Block, Listing

_HEAD = ("序号", "文书名称", "页号", "备注")
_WIDTHS = (12.0, 54.0, 16.0, 44.0)
_ALIGN: tuple[Align, ...] = ("center", "left", "center", "left")
_ROWS = 18
"""Empty rows to write in where nothing is bound yet: a page full."""


def pages(entry: Entry) -> str:
    """页号: the page of the file it stands on, or the first and the last."""
    last = entry.page + entry.pages - 1
    return f"{entry.page}-{last}" if last > entry.page else f"{entry.page}"


def _body(sheet: Sheet) -> tuple[Block, ...]:
    rows = [(f"{n}", one.title, pages(one), one.note) for n, one in enumerate(sheet.contents, 1)]
    empty = [("", "", "", "")] * _ROWS
    return (
        fact("卷号", sheet.case.number),
        Listing(_HEAD, tuple(rows or empty), _WIDTHS, _ALIGN),
    )


CONTENTS = Form(
    code="contents",
    title="卷内目录",
    standing=Standing.MUST,
    body=_body,
    binds=True,
)
