"""司法确认申请书: the parties jointly ask the court to confirm the agreement (人民调解法 第三十三条)."""

from mediator.domain import needs
from mediator.domain.agreement import Agreement
from mediator.domain.codes import Outcome, Stage
from mediator.domain.needs import Need
from mediator.forms import parties, places
from mediator.forms.facts import section, unknown
from mediator.forms.form import Form, Sheet, since
from mediator.forms.words import day, room
from mediator.paper.blocks import Block, Heading, Para, Run

_ROLE = "申请人"
"""Before the court all parties are applicants, whatever their side in the dispute."""

_PROMISE = (
    "申请人承诺：各方出于解决纠纷的目的自愿达成协议，没有恶意串通、规避法律的行为；"
    "如果因该协议的内容给他人造成损害的，愿意承担相应的民事责任和其他法律责任。"
)
_PAPERS = """1. 人民调解协议，以及人民调解委员会主持调解的证明；
2. 申请人的身份证明、资格证明；
3. 与协议有关的财产权利证明；
4. 申请人的送达地址、电话；
5. 委托代理人申请的，另交授权委托书。"""


def _body(sheet: Sheet) -> tuple[Block, ...]:
    case, office = sheet.case, sheet.office
    agreement = case.agreement or unknown(Agreement)
    number = Run(case.number) if case.number else room(8)
    about = "就部分争议事项" if case.outcome is Outcome.PARTIAL else ""
    described = parties.tables(case, sheet.today, documents=True)
    return (
        *(Heading(_ROLE) if isinstance(block, Heading) else block for block in described),
        *section("纠纷简要情况", agreement.facts or case.summary),
        Para((
            Run(f"{day(agreement.reached_on)}，经{office.name}主持调解，各方{about}自愿达成人民调解协议（编号："), number,
            Run(f"）。协议于{day(agreement.effective_on)}生效。"),
            Run("依照《中华人民共和国人民调解法》第三十三条，各方可以自生效之日起三十日内共同向人民法院申请司法确认。"),
        )),
        Heading("申请事项"),
        Para((Run(f"请求依法确认{office.name}"), number, Run("人民调解协议书有效。"))),
        Para(_PROMISE),
        Heading("随同提交的材料"),
        Para(_PAPERS),
        Para("此致"),
        Para(office.court or (room(10), Run("人民法院")), indent=False),
    )  # fmt: skip


CONFIRMATION = Form(
    code="confirmation",
    title="司法确认申请书",
    stages=since(Stage.SETTLED, Stage.UNSETTLED),
    needs=(
        needs.ended_as("本案没有达成书面协议", Outcome.WRITTEN, Outcome.PARTIAL),
        Need("请先填写调解协议", lambda case: case.agreement is not None),
        needs.APPLICANT,
        needs.RESPONDENT,
    ),
    body=_body,
    signers=lambda sheet: places.of_parties(sheet.case, sheet.today, seals=True, role=_ROLE),
    day=lambda sheet: None,
)
"""The day is written when it goes to the court."""
