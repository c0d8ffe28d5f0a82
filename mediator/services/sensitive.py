"""Sensitive cases (敏感案件): opened by those who work on them, by who registered them, and by those who see all.

Anybody else finds them by their number alone and sees no name. Whoever must look all the same writes why (破例查看): it
holds for the day, and the audit keeps it. Who does not work on cases at all (无“办理案件”权限) sees no name of any.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, and_, exists, or_, select, true
from sqlalchemy.orm import Session, aliased, object_session

from mediator.domain.audit import Entry
from mediator.domain.case import Case
from mediator.domain.codes import Action, EventKind, Side
from mediator.domain.errors import Refusal
from mediator.domain.people import Party, Staff
from mediator.domain.records import Assignment, Event
from mediator.domain.roles import Power
from mediator.services import access, names
from mediator.services.transaction import BY
from mediator.store import history

MASK = "【敏感案件】"
NO_WORK = "（不办案件，不显示）"
LEAST_REASON = 10
"""Characters of a reason to look all the same."""
_JUST_NOW = "overrode"
"""Where a session keeps the cases opened with a reason in it."""
_LOOKS = "sees by a reason"
"""Where a session keeps the sensitive cases that the person may only look at."""
MARKED = "设为敏感案件"
"""How the history of a case says who made it sensitive."""
DECLINED = "不设为敏感案件"
"""How the history of a case says that somebody decided against it."""
_TOLD = (
    "uid", "number", "registered_on", "kind", "level", "source", "referrer", "stage", "outcome", "accepted_on",
    "concluded_on", "closed_on", "archived_on", "due_on", "retention", "headcount", "sensitivity",
)  # fmt: skip
"""What a list over many cases may say of one that is hidden."""


class Sealed(Refusal):
    """The case is sensitive and not this person's (敏感案件); with a reason it can be opened for the day."""

    def __init__(self, case_id: int, number: str) -> None:
        self.case_id, self.number = case_id, number
        super().__init__(
            f"{number} 是敏感案件，只有本案的调解员、登记人和负责人能打开；确需查看，请写明理由破例查看。"
        )


@dataclass(frozen=True)
class Veil:
    """What is hidden from the person at work, and the words that stand there instead."""

    hides: ColumnElement[bool]
    words: str


def veil(session: Session) -> Veil | None:
    """What is hidden from the person at work; None if nothing is."""
    by = session.info.get(BY, "")
    if not by or access.may(session, Power.SEE_ALL):
        return None
    if not access.may(session, Power.WORK):
        return Veil(true(), NO_WORK)
    just_now = Case.id.in_(session.info.get(_JUST_NOW, ()))
    known_as = names.of_name(session, by)
    ways = _ways_in(by, known_as)
    return Veil(and_(Case.sensitivity.is_not(None), ~or_(just_now, _overrode(known_as), *ways)), MASK)


def _own(session: Session, case_id: int) -> bool:
    """Whether the person at work may work on a sensitive case, not only look at it for a reason."""
    if access.may(session, Power.SEE_ALL):
        return True
    by = session.info.get(BY, "")
    ways = or_(*_ways_in(by, names.of_name(session, by)))
    return session.scalar(select(Case.id).where(Case.id == case_id, ways)) is not None


def _ways_in(by: str, known_as: list[str]) -> list[ColumnElement[bool]]:
    """A mediator of the case who did not step aside; who registered it, or made it sensitive.

    ``known_as`` are all the names the log has them under.
    """
    mine = aliased(Assignment)
    works = (
        exists()
        .where(mine.case_id == Case.id, mine.recusal == "", mine.staff_id == Staff.id, Staff.name == by)
        .correlate(Case)
    )
    entered = exists().where(
        Event.case_id == Case.id, Event.kind == EventKind.REGISTERED, Event.by.in_(known_as)
    )
    marked = exists().where(Event.case_id == Case.id, Event.detail == MARKED, Event.by.in_(known_as))
    return [works, entered.correlate(Case), marked.correlate(Case)]


def _overrode(known_as: list[str]) -> ColumnElement[bool]:
    """Who wrote today why they must look."""
    today = datetime.combine(date.today(), time())
    overrode = exists().where(
        Entry.case_id == Case.id, Entry.action == Action.OVERRODE, Entry.by.in_(known_as), Entry.at >= today
    )
    return overrode.correlate(Case)


def hidden_among(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """Which of some cases are hidden from the person at work, and the words that stand there instead."""
    drawn = veil(session)
    if drawn is None:
        return {}
    hidden = session.scalars(select(Case.id).where(Case.id.in_(list(ids)), drawn.hides))
    return dict.fromkeys(hidden, drawn.words)


def check(session: Session, case: Case) -> None:
    """Refuse to show a case to somebody from whom it is hidden; Sealed where a reason would open it."""
    if not session.info.get(BY):
        return
    if case.sensitivity is None:
        if not access.may(session, Power.SEE_ALL):
            access.need(session, Power.WORK)
    elif hidden_among(session, [case.id]):
        access.need(session, Power.WORK)
        raise Sealed(case.id, case.number)
    elif not _own(session, case.id):
        session.info.setdefault(_LOOKS, set()).add(case.id)


def keep_readers_off(case: Case) -> None:
    """Refuse a change by somebody who sees the case only because of a reason (破例查看): it lets them read, no more."""
    session = object_session(case)
    if session is not None and case.id in session.info.get(_LOOKS, ()):
        raise Refusal(
            f"{case.number} 是敏感案件，您是破例查看，只能看，不能改；确需办理，请负责人把您加为本案的调解员。"
        )


def view(session: Session, case_id: int) -> None:
    """Say that the person at work looks at a case: of a sensitive one the audit keeps it; refused as by ``check``."""
    case = session.get(Case, case_id)
    if case is None:
        return
    check(session, case)
    if case.sensitivity is not None:
        history.note(session, Action.VIEWED, f"敏感案件 {case.number}", case_id=case_id)


def opened(session: Session, reason: str, load: Callable[[], Case]) -> Case:
    """A case to be looked at, with a reason where it is not the person's own; of a sensitive one the audit keeps it."""
    try:
        case = load()
    except Sealed as sealed:
        if not reason.strip():
            raise
        override(session, sealed.case_id, reason)
        case = load()
    view(session, case.id)
    return case


def override(session: Session, case_id: int, reason: str) -> None:
    """Look all the same (破例查看), for the day, with a reason that the audit keeps."""
    access.need(session, Power.WORK)
    words = " ".join(reason.split())
    if len(words) < LEAST_REASON:
        raise Refusal(f"请写明为什么要查看，至少 {LEAST_REASON} 个字；这条理由会记入审计记录。")
    number = session.get_one(Case, case_id).number
    session.info.setdefault(_JUST_NOW, set()).add(case_id)
    history.note(session, Action.OVERRODE, f"破例查看敏感案件 {number}", case_id=case_id, reason=words)


def proposal(case: Case, today: date) -> str:
    """Why a case should perhaps be made sensitive; empty if it is already, if nothing speaks for it, or it was declined."""
    if (
        case.sensitivity is not None
        or case.finished
        or any(DECLINED in event.detail for event in case.events)
    ):
        return ""
    minors = [party for party in case.parties if party.is_minor(min(today, case.registered_on))]
    if not minors:
        return ""
    names = "、".join(party.name for party in minors)
    return f"当事人{names}未满十八周岁，建议把本案设为敏感案件：设了以后，只有本案的调解员、登记人和负责人能打开。"


def decline(session: Session, case: Case) -> None:
    """Decide against what was proposed; it is not proposed again."""
    keep_readers_off(case)
    _tell(session, case, DECLINED)


def mark(session: Session, case: Case) -> None:
    """Say in the history of a case who made it sensitive: they go on with it."""
    _tell(session, case, MARKED)


def _tell(session: Session, case: Case, words: str) -> None:
    by, now = session.info.get(BY, ""), datetime.now().replace(microsecond=0)
    case.events.append(Event(kind=EventKind.CHANGED, by=by, at=now, detail=words))


def stand_in(case: Case, words: str) -> Case:
    """A case as a list over many may show it to somebody from whom it is hidden: number, days, kind, result, no name."""
    shown = Case(**{key: getattr(case, key) for key in _TOLD}, name=words)
    shown.parties = [Party(side=Side.APPLICANT, name=words)]
    shown.assignments = [
        Assignment(duty=one.duty, recusal=one.recusal, staff=one.staff) for one in case.assignments
    ]
    shown.events = [
        Event(
            kind=one.kind, at=one.at, by=one.by, on=one.on, stage_from=one.stage_from, stage_to=one.stage_to
        )
        for one in case.events
    ]
    return shown
