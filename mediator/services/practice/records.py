"""What is written down in a practice case (笔录): investigations, sessions, visits."""

from mediator.domain.codes import Duty, SessionResult, Side, VisitWay
from mediator.domain.fields import fields_of
from mediator.domain.records import Assignment, Investigation, Revisit, Session
from mediator.services.practice import phrases
from mediator.services.practice.bargain import Bargain
from mediator.services.practice.matter import Matter
from mediator.services.practice.road import Road

_VISIT_LABELS = [field.label for field in fields_of(Revisit).values()]
VISIT = f"{Revisit.title}({'、'.join(_VISIT_LABELS)})"
"""What is written down where a visit is added after closing."""


def assign(road: Road) -> None:
    """Put the team on the case; now and then the first choice steps aside (回避) and another leads."""
    case_id, team = road.case["id"], road.team
    if road.chance.odds(0.03):
        reason = road.chance.one(phrases.RECUSAL)
        road.sheet.add(
            Assignment, case_id=case_id, staff_id=team.second["id"], duty=Duty.LEAD, recusal=reason
        )
    elif road.chance.odds(0.3):
        road.sheet.add(Assignment, case_id=case_id, staff_id=team.second["id"], duty=Duty.ASSIST)
    road.sheet.add(Assignment, case_id=case_id, staff_id=team.lead["id"], duty=Duty.LEAD)
    road.sheet.add(Assignment, case_id=case_id, staff_id=team.recorder["id"], duty=Duty.RECORD)


def investigate(road: Road, matter: Matter) -> None:
    """Ask one of the parties, or one who knows."""
    chance = road.chance
    side = Side.RESPONDENT if chance.odds(0.3) else Side.APPLICANT
    asked = "".join(
        f"问：{matter.tell(question)}\n答：{matter.tell(answer)}\n" for question, answer in matter.story.asked
    )
    road.sheet.add(
        Investigation, case_id=road.case["id"], held_at=road.hour(), place=chance.one(phrases.PLACES),
        respondent=chance.one(matter.cast[side])["name"], others="" if chance.odds(0.6) else "社区网格员",
        investigator=road.team.lead["name"], recorder=road.team.recorder["name"],
        record=f"问：我们是调委会的调解员，今天向你了解情况，请如实说明。\n答：好的。\n{asked}以上记录看过，与所说一致。",
    )  # fmt: skip


def meet(
    road: Road, matter: Matter, result: SessionResult, *, first: bool, bargain: Bargain | None = None
) -> None:
    """Hold one session today."""
    chance = road.chance
    if bargain:
        end = phrases.SETTLED.format(promises=bargain.told())
    else:
        end = phrases.FAILED if result is SessionResult.FAILED else chance.one(phrases.CONTINUED)
    a, b = (matter.cast[side][0]["name"] for side in (Side.APPLICANT, Side.RESPONDENT))
    if first:
        said_a, said_b = (matter.tell(words) for words in matter.story.says)
    else:
        said_a, said_b = chance.one(phrases.SAID_AGAIN), chance.one(phrases.ANSWERED_AGAIN)
    record = (phrases.SESSION if first else phrases.SESSION_AGAIN).format(
        title=matter.title,
        a=a,
        b=b,
        said_a=said_a,
        said_b=said_b,
        advice=matter.tell(matter.story.advice),
        end=end,
    )
    road.sheet.add(
        Session, case_id=road.case["id"], held_at=road.hour(), place=chance.one(phrases.PLACES),
        mediators=road.team.lead["name"], recorder=road.team.recorder["name"],
        attendants=chance.one(phrases.ATTENDANTS), record=record, result=result,
    )  # fmt: skip


def visit(road: Road, matter: Matter, bargain: Bargain) -> None:
    """Look today how the agreement is kept."""
    chance = road.chance
    way = VisitWay.PHONE if chance.odds(0.55) else chance.one((VisitWay.HOME, VisitWay.OFFICE))
    performance = bargain.standing(road.on)
    road.sheet.add(
        Revisit, case_id=road.case["id"], visited_on=road.on, way=way,
        place={VisitWay.HOME: "当事人家中", VisitWay.OFFICE: "滨江社区调解室"}.get(way, ""),
        visited=matter.names[0] if chance.odds(0.4) else "、".join(matter.names), performance=performance,
        satisfaction=chance.one(phrases.FEELINGS[performance]), record=chance.one(phrases.VISITED[performance]),
        visitor=road.team.lead["name"],
    )  # fmt: skip
