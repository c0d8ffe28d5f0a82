"""回避决定书: a mediator steps aside (回避). The law has no article on it: parties choose or accept mediators (人民调解法 第十九条、第二十三条)."""

from mediator.domain.codes import Stage
from mediator.domain.records import Assignment
from mediator.domain.wording import prose
from mediator.forms import asks, letters, places
from mediator.forms.facts import fact
from mediator.forms.form import Each, Form, Group, Sheet, since
from mediator.forms.words import room
from mediator.paper.blocks import Block, Para, Run

ASKED_BY = asks.line(
    "asked_by", "提出回避的人", sample="申请人逄小英", most=100,
    suggestions=("人民调解员本人", "申请人", "被申请人", "各方当事人"),
)  # fmt: skip
ON = asks.day("on", "决定日期", sample="2026-03-12", start=lambda sheet: sheet.today)


def _body(sheet: Sheet) -> tuple[Block, ...]:
    one, case = sheet.of(Assignment), sheet.case
    name = Run(one.staff.name) if one.staff else room(6)
    remaining = "、".join(staff.name for staff in case.mediators)
    return (
        Para(
            (
                Run("本人民调解委员会受理的"), *letters.dispute(case), Run("，现就人民调解员"), name,
                Run("的回避作出决定。"),
            )
        ),
        fact("提出人", prose(sheet.said(ASKED_BY))),
        fact("理由", prose(one.recusal)),
        Para(
            "为保证调解公正，根据《中华人民共和国人民调解法》第十九条、第二十三条关于指定人民调解员、"
            "当事人选择或者接受人民调解员的规定，决定如下："
        ),
        Para((Run("一、人民调解员"), name, Run("回避，不再参加上述调解。"))),
        Para((Run("二、由人民调解员"), Run(remaining) if remaining else room(12), Run("继续调解。"))),
    )  # fmt: skip


RECUSAL = Form(
    code="recusal",
    title="回避决定书",
    group=Group.NOTICE,
    stages=since(Stage.ACCEPTED),
    each=Each(Assignment, lambda case: [one for one in case.assignments if one.recusal]),
    asks=(ASKED_BY, ON),
    pattern="人调避〔{年}〕{号}号",
    body=_body,
    signers=lambda sheet: (places.of_staff("人民调解委员会负责人", []),),
    day=lambda sheet: sheet.said(ON),
    sealed=True,
)
