"""Entering, changing and loading cases (纠纷案件)."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, immediateload, selectinload

from mediator.domain.agreement import Agreement, Item
from mediator.domain.case import Case
from mediator.domain.codes import EventKind, Source, Stage
from mediator.domain.errors import Refusal
from mediator.domain.fields import Field, Value, fields_of
from mediator.domain.people import Identified, Party
from mediator.domain.records import Event
from mediator.services.numbers import case_number
from mediator.store import search


def enter(session: Session, case: Case, *, by: str, today: date) -> Case:
    """Give a new case its number, identity and first line of history, all in the caller's transaction."""
    if case.registered_on > today:
        raise Refusal("登记日期不能晚于今天，请核对。")
    case.uid = uuid.uuid4().hex
    case.number = case_number(session, case.registered_on.year)
    case.events.append(event(EventKind.REGISTERED, by, stage_to=Stage.REGISTERED, on=case.registered_on))
    session.add(case)
    touch(session, case)
    return case


def event(kind: EventKind, by: str, **facts: object) -> Event:
    """One line of history, as of now."""
    return Event(kind=kind, by=by, at=datetime.now().replace(microsecond=0), **facts)


def fill(row: object, raw: Mapping[str, object]) -> list[Field]:
    """Set a row's fields from what was typed; return the fields whose value changed."""
    changed = []
    for key, field in fields_of(type(row)).items():
        if key not in raw or field.system:
            continue
        value = field.read(raw[key])
        if value != getattr(row, key):
            setattr(row, key, value)
            changed.append(field)
    return changed


def amend(session: Session, case: Case, raw: Mapping[str, object], *, by: str, reason: str = "") -> Case:
    """Change the case's own fields; after closing a reason is asked for and the change leaves a trace."""
    guard(case, reason)
    changed = fill(case, raw)
    if changed:
        trace(case, EventKind.CHANGED, "、".join(field.label for field in changed), by=by, reason=reason)
        touch(session, case)
    return case


def guard(case: Case, reason: str) -> None:
    """Refuse a change to an archived case, and a change to a closed one without a reason."""
    if case.stage is Stage.ARCHIVED:
        raise Refusal(f"{case.number} 已经归档，只能查阅；确需改动，请先把它退回到结案。")
    if case.stage is Stage.CLOSED and not reason.strip():
        raise Refusal(f"{case.number} 已经结案，补记或更正要写明原因。")


def trace(case: Case, kind: EventKind, detail: str, *, by: str, reason: str) -> None:
    """Leave a line of history for a change made after closing; before, changes are everyday work."""
    if case.finished:
        case.events.append(event(kind, by, detail=detail, reason=reason.strip()))


def touch(session: Session, case: Case) -> None:
    """Bring up to date what follows from the rest: number of people, referrer, time of change, search index."""
    case.changed_at = datetime.now().replace(microsecond=0)
    if case.source is not Source.REFERRAL:
        case.referrer = None
    case.people = max(case.people or 0, len(case.parties))
    session.flush()
    search.index(session, case)


def load(session: Session, case_id: int) -> Case:
    """A case with everything on it."""
    return _one(session, Case.id == case_id)


def get(session: Session, number: str) -> Case:
    """The case of a number; Refusal if there is none."""
    return _one(session, Case.number == number.strip())


def _one(session: Session, condition: object) -> Case:
    whole = (
        selectinload(Case.parties).selectinload(Party.representatives),
        selectinload(Case.assignments),
        selectinload(Case.investigations),
        selectinload(Case.sessions),
        selectinload(Case.agreement).options(
            immediateload(Agreement.case),
            selectinload(Agreement.items).options(
                selectinload(Item.instalments),
                immediateload(Item.agreement),
                immediateload(Item.debtor),
                immediateload(Item.creditor),
            ),
        ),
        selectinload(Case.revisits),
        selectinload(Case.events),
        selectinload(Case.papers),
    )
    case = session.scalars(select(Case).where(condition).options(*whole)).first()  # type: ignore[arg-type]
    if case is None:
        raise Refusal("没有这个编号的案件，请核对卷号，或用姓名查找。")
    return case


def doubts(case: Case, today: date) -> list[str]:
    """What looks wrong with identity numbers in a case, one sentence each; none of it bars anything."""
    people: list[Identified] = []
    for party in case.parties:
        people += [party, *party.representatives]
    found = [(p.name, p.id_doubt(today)) for p in people]
    return [f"{name}:{words}" for name, words in found if words]


def values_of(case: Case) -> dict[str, Value]:
    """The case's own fields as they stand, by name."""
    return {key: getattr(case, key) for key in fields_of(Case)}
