"""委托移送人民调解复函: tells the body that handed the dispute over how it ended."""

from mediator.domain import needs
from mediator.domain.codes import Outcome, Performance, Source, Stage
from mediator.domain.needs import Need
from mediator.forms import asks, letters, terms
from mediator.forms.form import Form, Group, Sheet, since
from mediator.forms.letters import ON, box
from mediator.forms.words import boxes, day
from mediator.paper.blocks import Block, Cell, Grid, Para, Run, plain

MATERIALS = asks.text(
    "materials", "退回和附送的材料", sample="退回询问笔录复印件2份", needed=False, help="名称和份数；不填则留空手写。"
)  # fmt: skip


def _body(sheet: Sheet) -> tuple[Block, ...]:
    case = sheet.case
    rows = (
        box("调解结果", boxes(Outcome, case.outcome)),
        box("结果日期", day(case.concluded_on)),
        *(_agreed(sheet) if case.outcome is None or case.outcome.settled else ()),
        *(_failed(sheet) if case.outcome is None or not case.outcome.settled else ()),
        box("退回和附送的材料", sheet.said(MATERIALS), 12),
    )
    return (
        letters.to(case.referrer_name),
        Para((
            Run("你单位委托移送本人民调解委员会调解的"), *letters.referred(sheet),
            Run(f"，本人民调解委员会于{day(case.accepted_on)}受理，现将调解结果函复如下："),
        )),
        Grid(rows, (1, 4)),
    )  # fmt: skip


def _agreed(sheet: Sheet) -> tuple[tuple[Cell, Cell], ...]:
    agreement = sheet.case.agreement
    clauses = "\n".join(plain(clause.text) for clause in terms.clauses(agreement)) if agreement else ""
    return (
        box("协议编号", sheet.case.number),
        box("协议主要内容", clauses, 26),
        box("履行情况", boxes(Performance, agreement.performance if agreement else None)),
    )


def _failed(sheet: Sheet) -> tuple[tuple[Cell, Cell], ...]:
    return (box("没有达成协议的原因", letters.reason(sheet.case, Stage.UNSETTLED), 14),)


REPLY = Form(
    code="reply",
    title="委托移送人民调解复函",
    group=Group.TRANSFER,
    pattern="人调复〔{年}〕{号}号",
    stages=since(Stage.SETTLED),
    needs=(
        letters.REFERRED,
        Need("本案还没有调解结果", lambda c: c.outcome is not None),
        needs.APPLICANT,
        needs.RESPONDENT,
    ),
    due=lambda case: case.source is Source.REFERRAL and case.outcome is not None,
    asks=(MATERIALS, ON),
    body=_body,
    day=lambda sheet: sheet.said(ON),
    sealed=True,
)
