"""矛盾纠纷交办单: a case, or something to be done in it, is given to somebody by a day."""

from mediator.domain import needs
from mediator.domain.codes import Standing
from mediator.forms import asks, letters, places
from mediator.forms.form import Form, Group
from mediator.forms.letters import ON, opinion, wide
from mediator.forms.words import day
from mediator.forms.work.slips import beside_level, slip
from mediator.paper.blocks import Para

TO = asks.line("to", "承办人或承办单位", sample="马秀英")
MATTER = asks.text(
    "matter", "交办事项和要求", sample="到公司核对考勤表和工资表，听取公司意见，约双方当面调解。"
)
BY = asks.day("by", "办结期限", sample="2026-05-25", needed=False)

ASSIGN = Form(
    code="assign",
    title="矛盾纠纷交办单",
    group=Group.WORK,
    standing=Standing.OUT,
    pattern="人调交〔{年}〕{号}号",
    repeats=True,
    needs=(needs.SUMMARY,),
    asks=(TO, MATTER, BY, ON),
    body=lambda sheet: (
        letters.to(sheet.said(TO)),
        Para("现将下列矛盾纠纷交办，请按期办结并反馈结果。"),
        slip(
            sheet,
            beside_level(sheet, "办结期限", day(sheet.said(BY))),
            wide("交办事项和要求", sheet.said(MATTER), 18),
            opinion("办理结果"),
        ),
    ),
    signers=lambda sheet: (places.of_staff("交办人", []), places.of_staff("承办人", [])),
    day=lambda sheet: sheet.said(ON),
    sealed=True,
)
