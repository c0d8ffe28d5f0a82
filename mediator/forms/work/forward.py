"""矛盾纠纷转办单: a case is passed on to the body whose business it is, which answers by a day."""

from mediator.domain import needs
from mediator.domain.codes import Standing
from mediator.forms import asks, letters, places
from mediator.forms.form import Form, Group
from mediator.forms.letters import ON, opinion, wide
from mediator.forms.words import day
from mediator.forms.work.slips import beside_level, slip
from mediator.paper.blocks import Para

TO = asks.line(
    "to", "转往单位", sample="滨江区劳动保障监察大队",
    suggestions=("派出所", "司法所", "信访部门", "住房和城乡建设部门", "劳动保障监察大队"),
)  # fmt: skip
MATTER = asks.text("matter", "转办事由", sample="涉及多家工地欠薪，需要查明用工主体，请依照职责处理。")
MATERIALS = asks.line("materials", "随附材料", sample="调查记录复印件1份", needed=False)
BY = asks.day("by", "回复期限", sample="2026-06-05", needed=False)

FORWARD = Form(
    code="forward",
    title="矛盾纠纷转办单",
    group=Group.WORK,
    standing=Standing.OUT,
    pattern="人调转〔{年}〕{号}号",
    repeats=True,
    needs=(needs.SUMMARY,),
    asks=(TO, MATTER, MATERIALS, BY, ON),
    body=lambda sheet: (
        letters.to(sheet.said(TO)),
        Para("现将下列矛盾纠纷转请依照职责办理，并按期回复结果。"),
        slip(
            sheet,
            beside_level(sheet, "回复期限", day(sheet.said(BY))),
            wide("转办事由", sheet.said(MATTER), 16),
            wide("随附材料", sheet.said(MATERIALS)),
            opinion("接收单位意见"),
        ),
    ),
    signers=lambda sheet: (
        places.of_staff("经办人", [staff.name for staff in sheet.case.mediators[:1]]),
        places.of_staff("接收人", []),
    ),
    day=lambda sheet: sheet.said(ON),
    sealed=True,
)
