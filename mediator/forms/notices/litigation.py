"""引导诉讼告知书: the other ways to one's right, and what to take along (人民调解法 第二十六条)."""

from mediator.domain import needs
from mediator.domain.codes import UNSETTLED, Outcome, Stage
from mediator.forms import letters
from mediator.forms.form import Form, Group, Sheet
from mediator.forms.notices import known
from mediator.forms.words import day
from mediator.paper.blocks import Block, Para, Run

_WAYS = """（一）仲裁：有仲裁协议的，可以按照约定申请仲裁；属于劳动争议的，可以申请劳动争议仲裁。
（二）行政：属于行政机关职权范围的，可以请求其处理。
（三）司法：可以向{court}起诉。"""

_PAPERS = (
    "一般需要准备：起诉状或者仲裁申请书；身份证明，委托代理人的，还有授权委托书；"
    "合同、欠条、照片、转账记录等证据材料；对方当事人的姓名或者名称、住址、联系方式。"
)


def _body(sheet: Sheet) -> tuple[Block, ...]:
    case = sheet.case
    return (
        letters.to(known.everyone(case)),
        Para(
            (
                *letters.dispute(case),
                Run(
                    f"，经本人民调解委员会调解，于{day(case.concluded_on)}终止调解。根据《中华人民共和国人民调解法》"
                    "第二十六条的规定，现将可以依法维护权利的途径告知如下："
                ),
            )
        ),
        Para(_WAYS.format(court=known.court(sheet))),
        Para(_PAPERS),
        Para("申请仲裁、提起诉讼都有期限，请尽早办理；具体要求以受理机关的告知为准。"),
    )


LITIGATION = Form(
    code="litigation",
    title="引导诉讼告知书",
    group=Group.NOTICE,
    applies=lambda case: case.outcome is None or case.outcome in UNSETTLED,
    due=lambda case: case.outcome is Outcome.LITIGATION,
    stages=frozenset({Stage.UNSETTLED, Stage.CLOSED, Stage.ARCHIVED}),
    needs=(needs.ended_as("本案已经达成协议", *UNSETTLED),),
    pattern="人调诉〔{年}〕{号}号",
    body=_body,
    day=lambda sheet: sheet.case.concluded_on,
    sealed=True,
)
