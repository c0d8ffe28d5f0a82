"""人民调解受理登记表: the committee takes the dispute in (人民调解法 第十七条、第十八条)."""

from mediator.domain import needs
from mediator.domain.case import Case
from mediator.domain.codes import Side, Source, Stage, Standing
from mediator.forms import places
from mediator.forms.facts import section, table
from mediator.forms.form import Form, Sheet, since
from mediator.forms.words import boxes, day, room
from mediator.paper.blocks import Block, Para, Run


def _body(sheet: Sheet) -> tuple[Block, ...]:
    case = sheet.case
    start = Run(f"{day(case.accepted_on)}，{sheet.office.name}{_occasion(case)}，经当事人同意，调解")
    applicant, respondent = (_named(case, side) for side in (Side.APPLICANT, Side.RESPONDENT))
    return (
        Para((start, applicant, Run("与"), respondent, Run("之间的纠纷。"))),
        table(
            ("纠纷类型", case.kind.label if case.kind else ""),
            ("案件来源", boxes(Source, case.source)),
        ),
        *section("纠纷简要情况", case.summary),
    )


def _named(case: Case, side: Side) -> Run:
    return Run(case.names(side)) if case.side(side) else room()


def _occasion(case: Case) -> str:
    """How the dispute came, as the sentence of the register says it."""
    if case.source is None:
        return "□依当事人申请　□主动调解　□接受委托移送"
    if case.source is Source.APPLICATION:
        return "依当事人申请"
    if case.source is Source.INITIATIVE:
        return "主动调解"
    referrer = case.referrer_name or (case.referrer.label if case.referrer else "有关单位")
    return f"接受{referrer}委托移送"


ACCEPTANCE = Form(
    code="acceptance",
    title="人民调解受理登记表",
    standing=Standing.MUST,
    stages=since(Stage.ACCEPTED),
    needs=(needs.ACCEPTED, needs.APPLICANT, needs.RESPONDENT, needs.KIND, needs.SUMMARY),
    body=_body,
    signers=lambda sheet: (
        *places.acknowledging(sheet.case, sheet.case.registered_on or sheet.today),
        places.of_staff("登记人", []),
    ),
    day=lambda sheet: sheet.case.accepted_on,
    sealed=True,
    note="备注：此表由人民调解委员会填写。",
)
