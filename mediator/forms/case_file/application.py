"""人民调解申请书: the parties ask for mediation (人民调解法 第十七条)."""

from mediator.domain import needs
from mediator.domain.codes import Side, Source, Stage
from mediator.domain.needs import Need
from mediator.forms import parties, places
from mediator.forms.facts import section
from mediator.forms.form import Form, Sheet, since
from mediator.forms.words import room
from mediator.paper.blocks import Block, Heading, Para, Run


def _body(sheet: Sheet) -> tuple[Block, ...]:
    case = sheet.case
    return (
        *parties.tables(case, case.registered_on or sheet.today),
        *section("纠纷简要情况", case.summary, lines=3),
        *(section("当事人申请事项", case.request) if case.request else _requests()),
        Para("人民调解委员会已将申请人民调解的相关规定告知申请人，申请人自愿申请人民调解。"),
    )


def _requests() -> tuple[Block, ...]:
    """Numbered lines to write on."""
    lines = (Para((Run(f"{n}. "), room(24)), align="left") for n in (1, 2, 3))
    return Heading("当事人申请事项"), *lines


def _signers(sheet: Sheet) -> tuple[Block, ...]:
    return places.of_parties(sheet.case, sheet.case.registered_on or sheet.today, Side.APPLICANT, seals=True)


APPLICATION = Form(
    code="application",
    title="人民调解申请书",
    due=lambda case: case.source is not Source.INITIATIVE,
    applies=lambda case: case.source is not Source.INITIATIVE,
    stages=since(Stage.REGISTERED),
    needs=(
        Need("主动调解的案件没有申请书", lambda c: c.source is not Source.INITIATIVE),
        needs.APPLICANT,
        needs.RESPONDENT,
        needs.SUMMARY,
    ),
    body=_body,
    signers=_signers,
    day=lambda sheet: sheet.case.registered_on,
)
"""As needed: the contents list takes it or the register of acceptance, and only the latter every case has."""
