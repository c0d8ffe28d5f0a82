"""All official forms, in the order of the bound file (卷宗); after its back cover those that are not bound."""

from mediator.domain.errors import Refusal
from mediator.forms.case_file.acceptance import ACCEPTANCE
from mediator.forms.case_file.agreement import AGREEMENT
from mediator.forms.case_file.application import APPLICATION
from mediator.forms.case_file.back import BACK
from mediator.forms.case_file.closing import CLOSING
from mediator.forms.case_file.confirmation import CONFIRMATION
from mediator.forms.case_file.consent import CONSENT
from mediator.forms.case_file.contents import CONTENTS
from mediator.forms.case_file.cover import COVER
from mediator.forms.case_file.evidence import EVIDENCE
from mediator.forms.case_file.identity import IDENTITY
from mediator.forms.case_file.investigation import INVESTIGATION
from mediator.forms.case_file.oral import ORAL
from mediator.forms.case_file.power import POWER
from mediator.forms.case_file.receipt import RECEIPT
from mediator.forms.case_file.record import RECORD
from mediator.forms.case_file.revisit import REVISIT
from mediator.forms.case_file.rights import RIGHTS
from mediator.forms.case_file.statement import STATEMENT
from mediator.forms.form import Form
from mediator.forms.notices.accepted import ACCEPTED
from mediator.forms.notices.declined import DECLINED
from mediator.forms.notices.extension import EXTENSION
from mediator.forms.notices.litigation import LITIGATION
from mediator.forms.notices.recusal import RECUSAL
from mediator.forms.notices.service import SERVICE
from mediator.forms.notices.summons import SUMMONS
from mediator.forms.notices.suspension import SUSPENSION
from mediator.forms.notices.termination import TERMINATION
from mediator.forms.transfers.entrustment import ENTRUSTMENT
from mediator.forms.transfers.handover import HANDOVER
from mediator.forms.transfers.leniency import LENIENCY
from mediator.forms.transfers.police_agreement import POLICE_AGREEMENT
from mediator.forms.transfers.reply import REPLY
from mediator.forms.transfers.slip import SLIP
from mediator.forms.work.answer import ANSWER
from mediator.forms.work.assign import ASSIGN
from mediator.forms.work.book import BOOK
from mediator.forms.work.deposit import DEPOSIT
from mediator.forms.work.forward import FORWARD
from mediator.forms.work.hazard import HAZARD
from mediator.forms.work.meeting import MEETING
from mediator.forms.work.report import REPORT
from mediator.forms.work.screening import SCREENING
from mediator.forms.work.subsidy import SUBSIDY

FORMS: tuple[Form, ...] = (
    COVER, CONTENTS,
    ENTRUSTMENT, SLIP, APPLICATION, ACCEPTANCE, ACCEPTED, DECLINED, RIGHTS, CONSENT, IDENTITY, POWER, RECUSAL, SUMMONS,
    INVESTIGATION, EVIDENCE, EXTENSION, SUSPENSION, RECORD, AGREEMENT, ORAL, POLICE_AGREEMENT, TERMINATION, LITIGATION,
    RECEIPT, LENIENCY, REVISIT, CONFIRMATION, REPLY, HANDOVER, SERVICE, CLOSING, STATEMENT,
    BACK,
    REPORT, ASSIGN, FORWARD, ANSWER,
    BOOK, SCREENING, HAZARD, MEETING, SUBSIDY, DEPOSIT,
)  # fmt: skip


def by_code(code: str) -> Form:
    """The form of a code; Refusal if there is none."""
    for form in FORMS:
        if form.code == code:
            return form
    raise Refusal(f"没有代号为“{code[:40]}”的文书，全部代号可以用 papers --list 列出。")
