"""矛盾纠纷回复单: tells the body that assigned or forwarded a case how it was dealt with."""

from mediator.domain import needs
from mediator.domain.codes import Standing
from mediator.forms import asks, letters, places
from mediator.forms.form import Form, Group
from mediator.forms.letters import ON, opinion, wide
from mediator.forms.work.slips import beside_level, slip
from mediator.paper.blocks import Para

TO = asks.line(
    "to", "回复单位", sample="滨江街道司法所", start=lambda sheet: sheet.case.referrer_name, help="回复给谁。"
)
ABOUT = asks.line(
    "about", "来件编号", sample="滨街交〔2026〕12号", start=lambda sheet: sheet.case.external_number, needed=False,
    help="交办、转办单的编号。",
)  # fmt: skip
RESULT = asks.text(
    "result", "办理情况和结果", sample="双方核对了考勤表，公司同意分三期付清，工友代表表示接受。",
    start=lambda sheet: letters.progress(sheet.case),
)  # fmt: skip

ANSWER = Form(
    code="answer",
    title="矛盾纠纷回复单",
    group=Group.WORK,
    standing=Standing.OUT,
    pattern="人调回〔{年}〕{号}号",
    repeats=True,
    needs=(needs.SUMMARY,),
    asks=(TO, ABOUT, RESULT, ON),
    body=lambda sheet: (
        letters.to(sheet.said(TO)),
        Para("现将下列矛盾纠纷的办理情况和结果回复如下："),
        slip(
            sheet,
            beside_level(sheet, "来件编号", sheet.said(ABOUT)),
            wide("办理情况和结果", sheet.said(RESULT), 34),
            opinion("人民调解委员会意见"),
        ),
    ),
    signers=lambda sheet: (places.of_staff("承办人", [staff.name for staff in sheet.case.mediators[:1]]),),
    day=lambda sheet: sheet.said(ON),
    sealed=True,
)
