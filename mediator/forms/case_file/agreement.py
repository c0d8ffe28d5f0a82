"""人民调解协议书: the written agreement (人民调解法 第二十八条、第二十九条)."""

from datetime import date

from mediator.domain import needs
from mediator.domain.case import Case
from mediator.domain.codes import Outcome, Stage, Standing
from mediator.domain.wording import counted
from mediator.forms import parties, places, terms
from mediator.forms.form import Form, Sheet, since
from mediator.forms.words import room
from mediator.paper.blocks import Block, Para, Run


def copies(case: Case) -> int:
    """As typed, else one for each party and one for the committee."""
    return (case.agreement and case.agreement.copies) or len(case.parties) + 1


def reached_on(sheet: Sheet) -> date | None:
    """The day of the agreement, None if it is still to be reached."""
    return sheet.case.agreement.reached_on if sheet.case.agreement else None


def known_on(sheet: Sheet) -> date:
    """The day of the agreement, today if it is still to be reached: the day as of which ages are told."""
    return reached_on(sheet) or sheet.today


def _body(sheet: Sheet) -> tuple[Block, ...]:
    case = sheet.case
    about = "就部分争议事项" if case.outcome is Outcome.PARTIAL else ""
    return (
        *parties.tables(case, known_on(sheet), documents=True),
        *terms.blocks(case, f"经调解，各方当事人{about}自愿达成如下协议："),
        Para((
            Run("本协议一式"), _copies(case),
            Run(
                "份，当事人、人民调解委员会各持一份，自各方当事人签名、盖章或者按指印，"
                "人民调解员签名并加盖人民调解委员会印章之日起生效。"
            ),
        )),
    )  # fmt: skip


def _copies(case: Case) -> Run:
    typed = case.agreement and case.agreement.copies
    return Run(counted(copies(case))) if case.parties or typed else room(2)


def _signers(sheet: Sheet) -> tuple[Block, ...]:
    case = sheet.case
    return (
        *places.of_parties(case, known_on(sheet), seals=True),
        places.of_staff("人民调解员", [staff.name for staff in case.mediators]),
        places.of_staff("记录人", [case.recorder], optional=True),
    )


AGREEMENT = Form(
    code="agreement",
    title="人民调解协议书",
    standing=Standing.MUST,
    applies=lambda case: case.outcome in (None, Outcome.WRITTEN, Outcome.PARTIAL),
    stages=since(Stage.MEDIATING, Stage.SUSPENDED, Stage.UNSETTLED),
    needs=(
        needs.ended_as("本案没有达成书面协议", Outcome.WRITTEN, Outcome.PARTIAL),
        *needs.AGREEMENT,
    ),
    body=_body,
    signers=_signers,
    day=reached_on,
    numbered=True,
    sealed=True,
    copies=copies,
)
