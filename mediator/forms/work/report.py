"""矛盾纠纷呈报单: a case is reported upwards."""

from mediator.domain import needs
from mediator.domain.codes import Standing
from mediator.forms import asks, letters, places
from mediator.forms.form import Form, Group
from mediator.forms.letters import ON, opinions, wide
from mediator.forms.words import day
from mediator.forms.work.slips import beside_level, slip
from mediator.paper.blocks import Para

TO = asks.line(
    "to", "呈报单位", sample="滨江街道司法所", help="呈报给谁。",
    suggestions=("司法所", "街道党工委", "乡镇党委", "社会治安综合治理中心"),
)  # fmt: skip
MATTER = asks.text("matter", "呈报事项", sample="涉及12名农民工，公司资金紧张，请协调有关部门共同调解。")

REPORT = Form(
    code="report",
    title="矛盾纠纷呈报单",
    group=Group.WORK,
    standing=Standing.OUT,
    pattern="人调呈〔{年}〕{号}号",
    repeats=True,
    needs=(needs.SUMMARY,),
    asks=(TO, MATTER, ON),
    body=lambda sheet: (
        letters.to(sheet.said(TO)),
        Para("现将下列矛盾纠纷呈报如下，请批示。"),
        slip(
            sheet,
            beside_level(sheet, "登记日期", day(sheet.case.registered_on)),
            wide("已做的工作", letters.progress(sheet.case), 14),
            wide("呈报事项", sheet.said(MATTER), 14),
            opinions("人民调解委员会意见", "上级批示"),
        ),
    ),
    signers=lambda sheet: (places.of_staff("呈报人", [staff.name for staff in sheet.case.mediators[:1]]),),
    day=lambda sheet: sheet.said(ON),
    sealed=True,
)
