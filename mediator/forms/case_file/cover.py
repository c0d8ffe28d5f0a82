"""卷宗封面: the cover of the bound file, one file a case (一案一卷)."""

from datetime import date

from mediator.domain.case import Case
from mediator.domain.codes import Retention, Standing
from mediator.forms.form import Form, Sheet
from mediator.forms.words import boxes, day, middle
from mediator.paper.blocks import Block, Cell, Gap, Grid, Title

_ROW = 19.0
"""Least height of a row, mm."""


def volume_name(case: Case) -> str:
    """卷名, empty if nothing is known that it could be made of."""
    return case.full_name if case.name or case.parties or case.kind else ""


def bound_on(sheet: Sheet) -> date | None:
    """立卷日期: the day of archiving, before it today once the case is finished; None while it is open."""
    return sheet.case.archived_on or (sheet.today if sheet.case.finished else None)


def filer(case: Case) -> str:
    """立卷人: the recorder, without one the leading mediator; the office may write in somebody else."""
    return case.recorder or next((staff.name for staff in case.mediators), "")


def _body(sheet: Sheet) -> tuple[Block, ...]:
    case = sheet.case
    year = f"{case.registered_on.year}年" if case.registered_on else ""
    rows = (
        _wide("卷名", volume_name(case)),
        _wide("卷号", case.number),
        _pair(("纠纷类型", case.kind.label if case.kind else ""), ("年度", year)),
        _wide("人民调解员", "、".join(staff.name for staff in case.mediators)),
        _wide("调解日期", f"{day(case.accepted_on)}至{day(case.concluded_on)}"),
        _pair(("立卷人", filer(case)), ("立卷日期", day(bound_on(sheet)))),
        _wide("保管期限", boxes(Retention, case.retention)),
        _wide("备注", "", 22),
    )
    return Title(sheet.office.name), Title("调　解　卷　宗"), Gap(12), Grid(rows, (18, 31, 18, 33))


def _wide(caption: str, value: str, height: float = _ROW) -> tuple[Cell, ...]:
    return Cell(caption, label=True, height=height), Cell(middle(value), align="center", span=3)


def _pair(*pairs: tuple[str, str]) -> tuple[Cell, ...]:
    return tuple(
        cell
        for caption, value in pairs
        for cell in (Cell(caption, label=True, height=_ROW), Cell(middle(value), align="center"))
    )


COVER = Form(
    code="cover",
    title="卷宗封面",
    standing=Standing.MUST,
    body=_body,
    binds=True,
    untitled=True,
)
