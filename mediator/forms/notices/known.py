"""What notices (通知书、告知书) take from the case: to whom, about what, when and why a step was taken."""

from collections.abc import Callable
from datetime import date

from mediator.domain.case import Case
from mediator.domain.codes import Proxy, Side, Stage
from mediator.domain.people import Party
from mediator.forms import letters
from mediator.forms.form import Sheet
from mediator.forms.words import room
from mediator.paper.blocks import Cell, Grid, Para, Run

PAIRS = (2, 4.6, 2, 5.4)
"""Shares of a table with two captions and their values in each row."""


def reason(to: Stage) -> Callable[[Sheet], str]:
    """Proposes the reason written when the case moved to a stage."""

    def start(sheet: Sheet) -> str:
        taken = letters.step(sheet.case, to)
        return taken.reason if taken else ""

    return start


def day(to: Stage) -> Callable[[Sheet], date | None]:
    """Proposes the day on which the case moved to a stage."""

    def start(sheet: Sheet) -> date | None:
        taken = letters.step(sheet.case, to)
        return taken.on if taken else None

    return start


def names(side: Side) -> Callable[[Sheet], str]:
    """Proposes the names of a side, as those who are written to; who has a guardian is written to through them."""
    return lambda sheet: "、".join(_addressed(party) for party in sheet.case.side(side))


def court(sheet: Sheet) -> str:
    """The court that has jurisdiction, and the one the office has entered."""
    return "有管辖权的人民法院" + (f"（{sheet.office.court}）" if sheet.office.court else "")


def contact(sheet: Sheet) -> Para:
    """Whom to ask at the committee, and by which telephone."""
    who = "、".join(staff.name for staff in sheet.case.mediators) or sheet.case.recorder
    phone = sheet.office.phone
    caption = Run("　联系电话：")
    return Para(
        (Run("联系人："), Run(who) if who else room(5), caption, Run(phone) if phone else room(7)),
        align="left",
    )


def pairs(*rows: tuple[str, str, str, str]) -> Grid:
    """A ruled table, two captions with their values in each row."""
    return Grid(
        tuple(
            (Cell(one, label=True), Cell(first), Cell(other, label=True), Cell(second))
            for one, first, other, second in rows
        ),
        PAIRS,
    )


def sides(case: Case) -> tuple[str, str, str, str]:
    """A row of such a table with both sides, many names cut short."""
    return "申请人", letters.names(case, Side.APPLICANT), "被申请人", letters.names(case, Side.RESPONDENT)


def everyone(case: Case) -> str:
    """All parties as those who are written to: 申请人牛建国等12人、被申请人滨江公司."""
    return "、".join(f"{side.label}{letters.names(case, side)}" for side in Side if case.side(side))


def _addressed(party: Party) -> str:
    guardians = "、".join(one.name for one in party.representatives if one.proxy is Proxy.GUARDIAN)
    return party.name + (f"（监护人{guardians}）" if guardians else "")
