"""中止调解告知书: mediation rests for a while; why, and how it goes on (人民调解法 第三条、第二十三条)."""

from mediator.domain.case import Case
from mediator.domain.codes import Stage
from mediator.domain.records import Event
from mediator.domain.stages import steps
from mediator.domain.wording import prose, unended
from mediator.forms import asks, letters
from mediator.forms.form import Each, Form, Group, Sheet, since
from mediator.forms.notices import known
from mediator.forms.words import day, room
from mediator.paper.blocks import Block, Para, Run

ON = asks.day("on", "中止日期", sample="2026-05-20", start=lambda sheet: sheet.of(Event).on)
REASON = asks.text(
    "reason", "中止的原因", sample="被申请人的负责人住院治疗，暂时不能参加调解。", most=500,
    start=lambda sheet: sheet.of(Event).reason, help="写明是什么情况使调解暂时不能进行。",
)  # fmt: skip

_ONWARD = """（一）中止的原因消除后，当事人可以要求恢复调解，本人民调解委员会也可以主动恢复，并另行通知调解的时间、地点。
（二）中止期间，当事人有权要求终止调解（第二十三条），也可以依法通过仲裁、行政、司法等途径维护自己的权利（第三条）。
（三）请各方保持克制，矛盾可能激化的，及时告知本人民调解委员会。"""


def _body(sheet: Sheet) -> tuple[Block, ...]:
    reason = unended(prose(sheet.said(REASON)))
    started = f"，因出现暂时不能调解的情形，自{day(sheet.said(ON))}起中止调解。"
    return (
        letters.to(known.everyone(sheet.case)),
        Para((Run("本人民调解委员会受理的"), *letters.dispute(sheet.case), Run(started))),
        Para((Run("中止的原因："), Run(reason) if reason else room(46), Run("。"))),
        Para("根据《中华人民共和国人民调解法》的规定，现将中止以后的事项告知如下："),
        Para(_ONWARD),
        known.contact(sheet),
    )


def halts(case: Case) -> list[Event]:
    """Every time mediation was suspended (中止) on the road so far."""
    return [step for step in steps(case) if step.stage_to is Stage.SUSPENDED]


SUSPENSION = Form(
    code="suspension",
    title="中止调解告知书",
    group=Group.NOTICE,
    stages=since(Stage.ACCEPTED),
    each=Each(Event, halts),
    asks=(ON, REASON),
    pattern="人调中〔{年}〕{号}号",
    body=_body,
    day=lambda sheet: sheet.said(ON),
    sealed=True,
)
