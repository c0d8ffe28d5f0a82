"""纠纷登记簿: the disputes registered in a period, one a line."""

from mediator.domain.case import Case
from mediator.domain.codes import Side, Source, Stage
from mediator.forms import letters, places
from mediator.forms.facts import table
from mediator.forms.form import Form, Group, Sheet
from mediator.forms.work import period
from mediator.forms.work.listing import Column, kind, numeric, of_cases
from mediator.forms.work.period import YEAR_SINCE, YEAR_UNTIL
from mediator.paper.blocks import Block, Para

_SOURCES = {Source.INITIATIVE: "主动", Source.APPLICATION: "申请", Source.REFERRAL: "移送"}


def _body(sheet: Sheet) -> tuple[Block, ...]:
    total = "\u3000\u3000" if sheet.blank else str(len(sheet.cases))
    return (
        table(
            ("登记单位", sheet.office.name),
            ("登记期间", period.words(sheet, YEAR_SINCE, YEAR_UNTIL)),
        ),
        of_cases(
            sheet,
            Column("登记日期", 42, lambda case: numeric(case.registered_on), "center"),
            Column("卷号", 61, lambda case: case.number),
            Column("申请人", 53, lambda case: letters.names(case, Side.APPLICANT)),
            Column("被申请人", 53, lambda case: letters.names(case, Side.RESPONDENT)),
            Column("纠纷类型", 46, kind),
            Column("来源", 34, lambda case: _SOURCES[case.source], "center"),
            Column("调解员", 46, lambda case: "、".join(staff.name for staff in case.mediators)),
            Column("结果", 37, _result, "center"),
            Column("结果日期", 42, _result_on, "center"),
        ),
        Para(f"以上共{total}件。"),
    )


def _result(case: Case) -> str:
    if case.outcome is None:
        return Stage.REFUSED.label if letters.step(case, Stage.REFUSED) else ""
    return case.outcome.label.removeprefix("达成")


def _result_on(case: Case) -> str:
    refused = letters.step(case, Stage.REFUSED)
    return numeric(case.concluded_on or (refused.on if refused else None))


BOOK = Form(
    code="register",
    title="纠纷登记簿",
    group=Group.WORK,
    of_office=True,
    among=lambda sheet: period.within(Case.registered_on, sheet, YEAR_SINCE, YEAR_UNTIL),
    asks=(YEAR_SINCE, YEAR_UNTIL),
    body=_body,
    signers=lambda sheet: (places.of_staff("登记人", []),),
)
