"""人民调解记录: one for each session of mediation (人民调解法 第二十七条)."""

import re
from datetime import date

from mediator.domain import needs
from mediator.domain.codes import SessionResult, Stage, Standing
from mediator.domain.records import Session
from mediator.domain.wording import prose
from mediator.forms import parties, places
from mediator.forms.facts import fact, section
from mediator.forms.form import Each, Form, Sheet, since
from mediator.forms.words import boxes, moment
from mediator.paper.blocks import Block, Para


def _body(sheet: Sheet) -> tuple[Block, ...]:
    session = sheet.of(Session)
    return (
        fact("时间", moment(session.held_at)),
        fact("地点", session.place),
        fact("当事人", parties.line(sheet.case)),
        fact("参加人", prose(session.attendants)),
        Para("人民调解委员会已将人民调解的相关规定告知各方当事人。"),
        *section("调解记录", session.record, lines=24),
        fact("调解结果", boxes(SessionResult, session.result)),
        Para("以上记录经当事人阅读或者听读，核对无误。"),
    )


def _day(sheet: Sheet) -> date | None:
    held_at = sheet.of(Session).held_at
    return held_at.date() if held_at else None


def _signers(sheet: Sheet) -> tuple[Block, ...]:
    session, case = sheet.of(Session), sheet.case
    present = re.split(r"[、,，;；\s]+", session.mediators)
    mediators = [name for name in present if name] or [staff.name for staff in case.mediators]
    recorder = session.recorder or case.recorder
    return (
        *places.of_parties(case, _day(sheet) or sheet.today),
        places.of_staff("人民调解员", mediators),
        places.of_staff("记录人", [recorder], optional=True),
    )


RECORD = Form(
    code="record",
    title="人民调解记录",
    standing=Standing.MUST,
    stages=since(Stage.ACCEPTED),
    each=Each(Session, lambda case: case.sessions),
    filled=(Session.record,),
    needs=(needs.APPLICANT, needs.RESPONDENT, needs.GUARDIAN),
    body=_body,
    signers=_signers,
    day=_day,
)
