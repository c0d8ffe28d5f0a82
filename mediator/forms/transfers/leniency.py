"""不予处罚申请书: the parties ask the police together, after performance, not to punish (程序规定 第一百八十六条)."""

from datetime import date

from mediator.domain import needs
from mediator.domain.case import Case
from mediator.domain.codes import Outcome, Performance, Stage
from mediator.domain.needs import Need
from mediator.forms import asks, letters, parties, places
from mediator.forms.facts import section
from mediator.forms.form import Form, Group, Sheet, since
from mediator.forms.words import day, room
from mediator.paper.blocks import Block, Cell, Grid, Para, Run

POLICE = asks.line(
    "police", "受理案件的公安机关", sample="滨江区公安分局滨江派出所",
    start=lambda sheet: letters.police(sheet.case), help="写全称。",
)  # fmt: skip


def _body(sheet: Sheet) -> tuple[Block, ...]:
    case = sheet.case
    return (
        letters.to(sheet.said(POLICE)),
        Para("申请人是下列各方当事人，称谓与人民调解时一致。"),
        *parties.tables(case, _known_on(sheet), documents=True),
        *section("纠纷简要情况", case.summary),
        Para((
            Run(f"上述纠纷经{sheet.office.name}调解，各方当事人于{day(case.concluded_on)}自愿达成调解协议（编号："),
            Run(case.number) if case.number else room(),
            Run(f"），协议约定的事项已于{day(_performed_on(case))}全部履行完毕，履行凭证："),
            Run(_vouchers(case)) if _vouchers(case) else room(16),
            Run("。"),
        )),
        Para("各方当事人已经互相谅解，对本纠纷再无争议。"),
        Para(
            "依照《中华人民共和国治安管理处罚法》的有关规定和《公安机关办理行政案件程序规定》第一百八十六条的规定，"
            "各方当事人共同申请公安机关对本纠纷涉及的违反治安管理行为不予处罚。"
        ),
    )  # fmt: skip


def _signers(sheet: Sheet) -> tuple[Block, ...]:
    opinion = (Cell("公安机关意见", label=True), Cell("", height=32))
    return (
        *places.of_parties(sheet.case, _known_on(sheet), seals=True),
        Para(day(None), align="right", indent=False),
        Grid((opinion,), (1, 4)),
    )


def _known_on(sheet: Sheet) -> date:
    return _performed_on(sheet.case) or sheet.today


def _performed_on(case: Case) -> date | None:
    """The day all was done: as entered, else that of the last instalment."""
    agreement = case.agreement
    if agreement is None or agreement.performed_on or agreement.open_instalments:
        return agreement.performed_on if agreement else None
    return max((part.paid_on for item in agreement.items for part in item.instalments if part.paid_on), default=None)  # fmt: skip


def _performed(case: Case) -> bool:
    return case.agreement is not None and case.agreement.performance is Performance.FULL


def _vouchers(case: Case) -> str:
    items = case.agreement.items if case.agreement else []
    return "、".join(
        dict.fromkeys(part.voucher for item in items for part in item.instalments if part.voucher)
    )


LENIENCY = Form(
    code="leniency",
    title="不予处罚申请书",
    group=Group.TRANSFER,
    stages=since(Stage.SETTLED, Stage.UNSETTLED),
    needs=(
        needs.APPLICANT,
        needs.RESPONDENT,
        needs.GUARDIAN,
        needs.SUMMARY,
        needs.ended_as("本案没有就全部争议达成协议", Outcome.WRITTEN, Outcome.ORAL),
        Need("调解协议全部履行以后才能申请", _performed),
    ),
    asks=(POLICE,),
    body=_body,
    signers=_signers,
    day=lambda sheet: None,
    sealed=True,
    seal_of=lambda sheet: sheet.said(POLICE),
    note="备注：公安机关已经依法作出处理决定的，不适用本申请。",
)
