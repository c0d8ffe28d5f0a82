"""Entering, changing and loading cases (纠纷案件)."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, immediateload, selectinload
from sqlalchemy.orm.attributes import flag_modified

from mediator.domain.agreement import Agreement, Item
from mediator.domain.calendar import in_words
from mediator.domain.case import Case
from mediator.domain.codes import EventKind, Source, Stage
from mediator.domain.errors import Missing, Refusal
from mediator.domain.fields import Field, Value, fields_of
from mediator.domain.needs import ACCEPTANCE
from mediator.domain.papers import IssuedPaper
from mediator.domain.people import Identified, Party
from mediator.domain.records import Event
from mediator.domain.roles import Power
from mediator.domain.stages import DAYS
from mediator.domain.wording import clean, clean_line
from mediator.services import access, merging, sensitive
from mediator.services.numbers import case_number
from mediator.store import search

_NARROW = str.maketrans("（）", "()")
_WIDE = str.maketrans("()", "（）")


def enter(session: Session, case: Case, *, by: str, today: date) -> Case:
    """Give a new case its number, identity and first line of history, all in the caller's transaction."""
    access.need(session, Power.WORK)
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
    words = {key: clean(value) if type(value) is str else value for key, value in facts.items()}
    return Event(kind=kind, by=by, at=datetime.now().replace(microsecond=0), **words)


def fill(row: object, raw: Mapping[str, object], was: Mapping[str, object] | None = None) -> list[Field]:
    """Set a row's fields from what was typed; return the fields whose value changed.

    ``was`` is what the person saw before typing: where somebody else has changed the same fields since, Stale carries
    all of them and nothing is set.
    """
    new: dict[str, tuple[Field, Value]] = {}
    for key, field in fields_of(type(row)).items():
        if key not in raw or field.system:
            continue
        value, before = field.read(raw[key]), getattr(row, key)
        if value == before:
            continue
        if value is None and not field.optional:
            raise Refusal(f"请填写“{field.label}”。")
        new[key] = (field, value)
    merging.check(row, merging.met(row, {key: value for key, (_field, value) in new.items()}, was))
    for key, (_field, value) in new.items():
        setattr(row, key, value)
    return [field for field, _value in new.values()]


def amend(
    session: Session, case: Case, raw: Mapping[str, object], *, by: str, reason: str = "",
    was: Mapping[str, object] | None = None,
) -> Case:  # fmt: skip
    """Change the case's own fields; once there is a result, or after closing, the change leaves a trace."""
    guard(case, reason)
    open_before = case.sensitivity is None
    changed = fill(case, raw, was)
    if changed:
        if open_before and case.sensitivity is not None:
            sensitive.mark(session, case)
        _check_registered(case)
        keep_needs(case)
        trace(case, EventKind.CHANGED, "、".join(field.label for field in changed), by=by, reason=reason)
        touch(session, case)
    return case


def _check_registered(case: Case) -> None:
    days: list[date | None] = [getattr(case, attribute.key) for attribute in DAYS.values()]
    latest = min([day for day in days if day is not None], default=date.today())
    if case.registered_on > latest:
        raise Refusal(f"登记日期不能晚于 {in_words(latest)}，请核对。")


def keep_needs(case: Case) -> None:
    """Refuse a change that takes away what the case was accepted on."""
    lost = [need.words for need in ACCEPTANCE if not need.met(case)] if case.accepted_on else []
    if lost:
        raise Missing(f"{case.number} 已经受理，这样改就缺了内容", lost)


def guard(case: Case, reason: str) -> None:
    """Refuse a change to an archived case, and a change to a closed or refused one without a reason.

    And one by somebody who may only look (破例查看).
    """
    sensitive.keep_readers_off(case)
    if case.discarded_on is not None:
        raise Refusal(f"{case.number} 已经作废，不能再改；确需改动，请先在“回收站”里恢复它。")
    if case.stage is Stage.ARCHIVED:
        raise Refusal(f"{case.number} 已经归档，只能查阅；确需改动，请先把它退回上一步。")
    if case.finished and not reason.strip():
        raise Refusal(f"{case.number} 已经{case.stage.label}，补记或更正要写明原因。")


def trace(case: Case, kind: EventKind, detail: str, *, by: str, reason: str) -> None:
    """Leave a line of history: for removals always, for other changes once mediation has a result."""
    if kind is EventKind.REMOVED or case.outcome is not None or case.finished:
        case.events.append(event(kind, by, detail=detail, reason=reason.strip()))


def touch(session: Session, case: Case) -> None:
    """Bring up to date what follows from the rest: number of people, referrer, time of change, search index."""
    sensitive.keep_readers_off(case)
    case.changed_at = datetime.now()
    flag_modified(case, "changed_at")  # so that every change raises the version, however quick
    if case.source is not Source.REFERRAL:
        case.referrer = None
    case.headcount = case.count_people()
    session.flush()
    search.index(session, case)


def load(session: Session, case_id: int) -> Case:
    """A case with everything on it; Refusal if it is hidden from the person at work (敏感案件)."""
    return _one(session, Case.id == case_id)


def get(session: Session, number: str) -> Case:
    """The case of a number, its brackets typed in half or full width; Refusal if there is none."""
    typed = clean_line(number)
    return _one(session, Case.number.in_([typed, typed.translate(_NARROW), typed.translate(_WIDE)]))


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
        selectinload(Case.papers).selectinload(IssuedPaper.signings),
        selectinload(Case.particulars),
        selectinload(Case.materials),
    )
    case = session.scalars(select(Case).where(condition).options(*whole)).first()  # type: ignore[arg-type]
    if case is None:
        raise Refusal("没有这个编号的案件，请核对卷号，或用姓名查找。")
    sensitive.check(session, case)
    return case


def doubts(case: Case, today: date) -> list[str]:
    """What looks wrong with identity numbers in a case, one sentence each; none of it bars anything."""
    people: list[Identified] = []
    for party in case.parties:
        people += [party, *party.representatives]
    found = [(p.name, p.id_doubt(today)) for p in people]
    return [f"{name}：{words}" for name, words in found if words]
