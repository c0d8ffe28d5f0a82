"""以案定补申报表: the cases a mediator brought to an end in a period; what each is paid is the office's own price."""

from sqlalchemy import ColumnElement, and_

from mediator.domain.case import Case
from mediator.domain.codes import Duty
from mediator.domain.people import Staff
from mediator.domain.records import Assignment
from mediator.forms import asks, places
from mediator.forms.facts import table
from mediator.forms.form import Form, Group, Sheet
from mediator.forms.words import day
from mediator.forms.work import period
from mediator.forms.work.listing import Column, kind, numeric, of_cases
from mediator.forms.work.period import MONTH_SINCE, MONTH_UNTIL
from mediator.paper.blocks import Block, Cell, Grid, Para

MEDIATOR = asks.name("mediator", "人民调解员", sample="陈志华", help="写工作人员名单里的姓名。")


def _among(sheet: Sheet) -> ColumnElement[bool]:
    """Ended in the period, with the mediator mediating: not stepped aside, not only keeping the record."""
    named = Assignment.staff.has(Staff.name == sheet.said(MEDIATOR))
    mediating = and_(named, Assignment.recusal == "", Assignment.duty != Duty.RECORD)
    ended = period.within(Case.concluded_on, sheet, MONTH_SINCE, MONTH_UNTIL)
    return and_(ended, Case.assignments.any(mediating))


def _body(sheet: Sheet) -> tuple[Block, ...]:
    total = "\u3000\u3000" if sheet.blank else str(len(sheet.cases))
    return (
        table(
            ("申报单位", sheet.office.name),
            ("人民调解员", sheet.said(MEDIATOR)),
            ("申报期间", period.words(sheet, MONTH_SINCE, MONTH_UNTIL)),
        ),
        of_cases(
            sheet,
            Column("卷号", 62, lambda case: case.number),
            Column("纠纷名称", 98, lambda case: case.full_name),
            Column("纠纷类型", 58, kind),
            Column("难易程度", 36, lambda case: case.level.label, "center"),
            Column("协议日期", 44, _agreed_on, "center"),
            Column("履行情况", 58, _end, "center"),
            Column("补贴金额\n（元）", 58),
        ),
        Para(
            f"以上共{total}件，补贴合计\u3000\u3000\u3000\u3000\u3000\u3000元。申报人对所报案件的真实性负责。"
        ),
    )


def _agreed_on(case: Case) -> str:
    return numeric(case.agreement.reached_on) if case.agreement else ""


def _end(case: Case) -> str:
    """How the agreement was kept; without an agreement, how mediation ended."""
    if case.agreement and case.agreement.performance:
        return case.agreement.performance.label
    return case.outcome.label if case.outcome and not case.outcome.settled else ""


def _signers(sheet: Sheet) -> tuple[Block, ...]:
    foot = "\n\n（盖章）" + "\u3000" * 6 + day(None)
    opinions = ("人民调解委员会意见", "司法所意见", "司法局意见")
    return (
        places.of_staff("申报人", [sheet.said(MEDIATOR)]),
        Para(day(None), align="right", indent=False),
        Grid(tuple((Cell(words, label=True), Cell(foot, align="right")) for words in opinions), (1, 4)),
    )


SUBSIDY = Form(
    code="subsidy",
    title="以案定补申报表",
    group=Group.WORK,
    of_office=True,
    among=_among,
    asks=(MEDIATOR, MONTH_SINCE, MONTH_UNTIL),
    body=_body,
    signers=_signers,
)
