"""移送函: the dispute goes to another body, to the police if it may lead to an offence (人民调解法 第二十五条)."""

from mediator.domain import needs
from mediator.domain.codes import Outcome, Stage
from mediator.domain.wording import prose, unended
from mediator.forms import asks, letters
from mediator.forms.form import Form, Group, Sheet
from mediator.forms.letters import ON, box
from mediator.paper.blocks import Block, Grid, Para, Run

TO = asks.line(
    "to", "移送单位", sample="滨江派出所", start=lambda sheet: letters.police(sheet.case),
    suggestions=("派出所", "司法所", "人民法院", "信访部门", "劳动保障监察大队"), help="收函单位的全称。",
)  # fmt: skip
OFFENCE = "有可能引起治安案件、刑事案件"
REASON = asks.line(
    "reason", "移送原因", sample=OFFENCE, start=lambda sheet: letters.reason(sheet.case, Stage.UNSETTLED),
    suggestions=(OFFENCE, "不属于人民调解的范围", "依照职责应当由贵单位处理"),
)  # fmt: skip
MATERIALS = asks.text("materials", "移送材料", sample="调查记录复印件1份，照片3张", needed=False)


def _body(sheet: Sheet) -> tuple[Block, ...]:
    case, why = sheet.case, unended(prose(sheet.said(REASON))).removeprefix("因")
    offence = any(word in why for word in ("治安", "刑事", "犯罪"))
    report = "依照《中华人民共和国人民调解法》第二十五条的规定报告你单位，并" if offence else ""
    return (
        letters.to(sheet.said(TO)),
        Para((
            Run("本人民调解委员会调解的" if case.accepted_on or sheet.blank else "本人民调解委员会登记的"), *letters.dispute(case), Run(f"（卷号：{case.number}）" if case.number else ""),
            Run(f"，因{why}，现{report}移送你单位依法处理。" if why else "，现移送你单位依法处理。"),
        )),
        Grid(
            (
                *(() if why else (box("移送原因", "", 16),)),
                box("当事人", letters.people(case), 20),
                box("纠纷简要情况", case.summary, 32),
                box("调解经过", letters.progress(case), 16),
                box("移送材料", sheet.said(MATERIALS), 14),
                box("联系人和电话", letters.contact(sheet)),
            ),
            (1, 4),
        ),
    )  # fmt: skip


HANDOVER = Form(
    code="handover",
    title="移送函",
    group=Group.TRANSFER,
    pattern="人调移〔{年}〕{号}号",
    repeats=True,
    needs=(needs.APPLICANT, needs.RESPONDENT, needs.SUMMARY),
    due=lambda case: case.outcome is Outcome.TRANSFERRED,
    asks=(TO, REASON, MATERIALS, ON),
    body=_body,
    day=lambda sheet: sheet.said(ON),
    sealed=True,
)
