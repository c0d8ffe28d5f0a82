"""人民调解口头协议登记表: what was agreed by word of mouth (人民调解法 第二十八条、第三十条)."""

from mediator.domain import needs
from mediator.domain.codes import Outcome, Stage
from mediator.forms import parties, places, terms
from mediator.forms.case_file.agreement import known_on, reached_on
from mediator.forms.form import Form, Sheet, since
from mediator.paper.blocks import Block


def _body(sheet: Sheet) -> tuple[Block, ...]:
    case = sheet.case
    return (
        *parties.tables(case, known_on(sheet), documents=True),
        *terms.blocks(case, "经调解，各方当事人自愿达成如下口头协议："),
    )


ORAL = Form(
    code="oral",
    title="人民调解口头协议登记表",
    due=lambda case: case.outcome is Outcome.ORAL,
    applies=lambda case: case.outcome in (None, Outcome.ORAL),
    stages=since(Stage.MEDIATING, Stage.SUSPENDED, Stage.UNSETTLED),
    needs=(needs.ended_as("本案没有达成口头协议", Outcome.ORAL), *needs.AGREEMENT),
    body=_body,
    signers=lambda sheet: (places.of_staff("人民调解员", [staff.name for staff in sheet.case.mediators]),),
    day=reached_on,
    numbered=True,
    sealed=True,
    note="备注：此表由人民调解委员会填写，当事人不需要签名。口头协议自各方当事人达成协议之日起生效。",
)
