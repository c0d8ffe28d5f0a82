"""人民调解调查记录: one for each talk or look at a place (人民调解法 第二十七条)."""

from datetime import date

from mediator.domain import needs
from mediator.domain.case import Case
from mediator.domain.codes import Stage
from mediator.domain.people import Party
from mediator.domain.records import Investigation
from mediator.domain.wording import prose
from mediator.forms import places
from mediator.forms.facts import fact, section, unknown
from mediator.forms.form import Each, Form, Sheet, since
from mediator.forms.parties import is_body
from mediator.forms.words import moment
from mediator.paper.blocks import Block, Para


def _body(sheet: Sheet) -> tuple[Block, ...]:
    talk = sheet.of(Investigation)
    return (
        fact("时间", moment(talk.held_at)),
        fact("地点", talk.place),
        fact("参加人", prose(talk.others)),
        fact("被调查人", talk.respondent),
        Para("人民调解委员会已将人民调解的相关规定告知被调查人。"),
        *section("调查记录", talk.record, lines=24),
        Para("以上记录经被调查人阅读或者听读，核对无误。"),
    )


def _day(sheet: Sheet) -> date | None:
    held_at = sheet.of(Investigation).held_at
    return held_at.date() if held_at else None


def _asked(case: Case, talk: Investigation) -> Party:
    """The person asked: a party, so that guardians sign beside a minor, or somebody else of whom the name is known."""
    people = [party for party in case.parties if party.name and not is_body(party)]
    asked = next((party for party in people if party.name == talk.respondent), None)
    return asked or unknown(Party, name=talk.respondent)


def _signers(sheet: Sheet) -> tuple[Block, ...]:
    talk, case = sheet.of(Investigation), sheet.case
    return (
        *places.of_themselves([_asked(case, talk)], _day(sheet) or sheet.today, "被调查人"),
        places.of_staff("调查人", [talk.investigator]),
        places.of_staff("记录人", [talk.recorder or case.recorder], optional=True),
    )


INVESTIGATION = Form(
    code="investigation",
    title="人民调解调查记录",
    stages=since(Stage.ACCEPTED),
    each=Each(Investigation, lambda case: case.investigations),
    filled=(Investigation.record,),
    needs=(needs.ACCEPTED,),
    body=_body,
    signers=_signers,
    day=_day,
)
