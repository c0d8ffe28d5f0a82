"""委托移送人民调解回执: the letter of entrustment came in, and whether the dispute is accepted."""

from datetime import date

from mediator.domain.codes import Stage
from mediator.domain.needs import Need
from mediator.forms import asks, letters
from mediator.forms.form import Form, Group, Sheet, since
from mediator.forms.letters import box
from mediator.forms.words import day
from mediator.paper.blocks import Block, Grid, Para, Run

RECEIVED = asks.day("received", "收到日期", sample="2026-03-10", start=lambda sheet: sheet.case.registered_on)


def _body(sheet: Sheet) -> tuple[Block, ...]:
    case = sheet.case
    refused = letters.step(case, Stage.REFUSED)
    why = letters.reason(case, Stage.REFUSED)
    mediators = "、".join(staff.name for staff in case.mediators)
    phone = (case.mediators[0].phone if case.mediators else "") or sheet.office.phone
    rows = (
        box("收到日期", day(sheet.said(RECEIVED))),
        box(
            "审查意见", _ticked(case.accepted_on is not None, "同意受理") + _ticked(bool(refused), "不予受理")
        ),
        *(() if refused else (box("受理日期", day(case.accepted_on)), box("人民调解员", mediators, 12))),
        *(() if case.accepted_on else (box("不予受理的原因", why, 30),)),
        box("联系电话", phone, 12),
    )
    return (
        letters.to(case.referrer_name),
        Para((
            Run("你单位委托移送本人民调解委员会调解的"), *letters.referred(sheet),
            Run("的函件和材料已经收到，现将有关情况回复如下："),
        )),
        Grid(rows, (1, 4)),
    )  # fmt: skip


def _ticked(chosen: bool, words: str) -> str:
    return ("■" if chosen else "□") + words + "\u3000"


def _decided_on(sheet: Sheet) -> date | None:
    refused = letters.step(sheet.case, Stage.REFUSED)
    return sheet.case.accepted_on or (refused.on if refused else None)


SLIP = Form(
    code="slip",
    title="委托移送人民调解回执",
    group=Group.TRANSFER,
    stages=since(Stage.REFUSED),
    needs=(
        letters.REFERRED,
        Need("本案还没有决定是否受理", lambda c: bool(c.accepted_on or letters.step(c, Stage.REFUSED))),
    ),
    asks=(RECEIVED,),
    body=_body,
    day=_decided_on,
    sealed=True,
)
