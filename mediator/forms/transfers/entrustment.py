"""委托移送人民调解函: police, a court or another body hands the dispute over; made ready for it to seal."""

from mediator.domain import needs
from mediator.domain.case import Case
from mediator.domain.codes import Source
from mediator.forms import asks, letters, places
from mediator.forms.form import Form, Group, Sheet
from mediator.forms.letters import PAIRED, pair, wide
from mediator.forms.notices.extension import first_limit
from mediator.forms.words import day, room
from mediator.paper.blocks import Block, Grid, Number, Para, Run

MATERIALS = asks.text(
    "materials", "移送材料", sample="询问笔录复印件2份，现场照片4张", needed=False, help="名称和份数；不填则留空手写。"
)  # fmt: skip
UNTIL = asks.day(
    "until", "调解期限", sample="2026-04-10", start=lambda sheet: first_limit(sheet.case), needed=False,
    help="委托单位要求在哪一天前调解完毕。",
)  # fmt: skip
HANDLER = asks.line("handler", "经办人和电话", sample="方正，000-00000077", needed=False)


def _body(sheet: Sheet) -> tuple[Block, ...]:
    case = sheet.case
    return (
        Number((Run("编号："), room(8))),
        letters.to(sheet.office.name),
        Para((
            Run("我单位处理的"), *letters.referred(sheet, "我单位"),
            Run(
                "，适宜通过人民调解解决，各方当事人也同意。"
                "依照《中华人民共和国人民调解法》的有关规定，现委托移送你委员会调解，请函复结果。"
            ),
        )),
        Grid(
            (
                wide("当事人", letters.people(case), 12),
                wide("纠纷简要情况", case.summary, 23),
                wide("移送材料", sheet.said(MATERIALS)),
                pair("调解期限", day(sheet.said(UNTIL)), "经办人和电话", sheet.said(HANDLER)),
            ),
            PAIRED,
        ),
        Para("当事人意见：同意将上述纠纷交由你委员会调解。"),
    )  # fmt: skip


def _body_handing_over(case: Case) -> str:
    return case.referrer_name or (case.referrer.label if case.referrer else "")


ENTRUSTMENT = Form(
    code="entrustment",
    title="委托移送人民调解函",
    group=Group.TRANSFER,
    needs=(letters.REFERRED, needs.REFERRER, needs.APPLICANT, needs.RESPONDENT, needs.SUMMARY),
    due=lambda case: case.source is Source.REFERRAL,
    asks=(MATERIALS, UNTIL, HANDLER),
    body=_body,
    signers=lambda sheet: places.acknowledging(sheet.case, sheet.case.registered_on or sheet.today),
    day=lambda sheet: None,
    sealed=True,
    seal_of=lambda sheet: _body_handing_over(sheet.case),
)
