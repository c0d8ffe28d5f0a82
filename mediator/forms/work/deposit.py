"""案卷移交清单: the files handed over to the justice office (司法所) or an archive, one a line."""

from sqlalchemy import ColumnElement, and_, func

from mediator.domain.case import Case
from mediator.domain.codes import Stage
from mediator.forms import asks, places
from mediator.forms.facts import table
from mediator.forms.form import Form, Group, Sheet
from mediator.forms.words import day
from mediator.forms.work import period
from mediator.forms.work.listing import Column, of_cases
from mediator.forms.work.period import YEAR_SINCE, YEAR_UNTIL
from mediator.paper.blocks import Block, Para

RECEIVER = asks.line(
    "receiver", "接收单位", sample="滨江街道司法所", suggestions=("司法所", "档案室", "区县档案馆")
)  # fmt: skip


def _among(sheet: Sheet) -> ColumnElement[bool]:
    """Files finished in the period: by the day of closing, of cases not accepted by that of archiving.

    So a case is listed in one period only, though it is archived in a later one than it was closed in.
    """
    finished_on = func.coalesce(Case.closed_on, Case.archived_on)
    kept = Case.stage.in_((Stage.CLOSED, Stage.ARCHIVED))
    return and_(kept, period.within(finished_on, sheet, YEAR_SINCE, YEAR_UNTIL))


def _body(sheet: Sheet) -> tuple[Block, ...]:
    total = "\u3000\u3000" if sheet.blank else str(len(sheet.cases))
    return (
        table(
            ("移交单位", sheet.office.name),
            ("接收单位", sheet.said(RECEIVER)),
            ("结案归档期间", period.words(sheet, YEAR_SINCE, YEAR_UNTIL)),
        ),
        of_cases(
            sheet,
            Column("卷号", 100, lambda case: case.number),
            Column("卷名", 132, lambda case: case.full_name),
            Column("年度", 40, lambda case: str(case.registered_on.year), "center"),
            Column("保管期限", 42, lambda case: case.retention.label, "center"),
            Column("页数", 40),
            Column("备注", 60),
            empty=7,
        ),
        Para(f"以上共移交案卷{total}卷，清单一式两份，双方各持一份。"),
    )


DEPOSIT = Form(
    code="deposit",
    title="案卷移交清单",
    group=Group.WORK,
    of_office=True,
    among=_among,
    asks=(RECEIVER, YEAR_SINCE, YEAR_UNTIL),
    body=_body,
    signers=lambda sheet: (
        places.of_staff("移交人", []),
        places.of_staff("接收人", []),
        places.of_staff("监交人", []),
        Para(day(None), align="right", indent=False),
    ),
)
