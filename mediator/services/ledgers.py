"""Taking in ledgers (导入台账): what is new becomes cases, all in the caller's transaction; what is here already stays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.agreement import Agreement
from mediator.domain.calendar import months_later
from mediator.domain.case import Case
from mediator.domain.codes import Action, Duty, EventKind, Stage
from mediator.domain.fields import Value
from mediator.domain.office import Batch
from mediator.domain.people import Party, Staff
from mediator.domain.records import Assignment, Event
from mediator.exchange.ledger import Ledger
from mediator.exchange.ledger_reading import Entry
from mediator.services.batches import in_batches
from mediator.services.cases import enter, event
from mediator.services.offices import own, person
from mediator.store import history


@dataclass(frozen=True)
class Preview:
    """What taking in a ledger comes to, before and after."""

    ledger: Ledger
    fresh: tuple[Entry, ...]
    """Rows that are new."""
    known: Mapping[int, str]
    """Rows that are here already, and the number (卷号) of the case."""
    repeated: Mapping[int, int]
    """Rows that say the same as an earlier row of the file, and which."""
    numbers: Mapping[int, str] = field(default_factory=dict)
    """The numbers given to the rows taken in; empty in a preview."""

    @property
    def sentence(self) -> str:
        """The verdict in one sentence."""
        if self.known and len(self.known) == len(self.ledger.ready) and not self.ledger.refused:
            return f"{len(self.known)} 行都已在册，没有新增。"
        verb = "已导入" if self.numbers else "可以导入"
        parts = [f"{verb} {len(self.fresh)} 行" if self.fresh else "没有新增"]
        if self.known:
            parts.append(f"{len(self.known)} 行已在册")
        if self.repeated:
            parts.append(f"{len(self.repeated)} 行与本文件前面的行相同")
        if self.ledger.refused:
            parts.append(f"{len(self.ledger.refused)} 行不能导入")
        return "，".join(parts) + "。"


def preview(session: Session, ledger: Ledger) -> Preview:
    """What would be taken in; nothing is changed."""
    numbers = dict(_here(session, [entry.key for entry in ledger.ready]))
    fresh: dict[str, Entry] = {}
    known, repeated = {}, {}
    for entry in ledger.ready:
        if entry.key in numbers:
            known[entry.row] = numbers[entry.key]
        elif entry.key in fresh:
            repeated[entry.row] = fresh[entry.key].row
        else:
            fresh[entry.key] = entry
    return Preview(ledger, tuple(fresh.values()), known, repeated)


def take_in(session: Session, ledger: Ledger, *, by: str, today: date) -> Preview:
    """Enter every new row as a case, numbered in order of acceptance; a second time nothing is new."""
    found = preview(session, ledger)
    if not found.fresh:
        return found
    batch = Batch(
        file_name=ledger.file_name, digest=ledger.digest, taken_by=by, rows=len(found.fresh),
        taken_at=datetime.now().replace(microsecond=0),
    )  # fmt: skip
    session.add(batch)
    session.flush()
    months = own(session).month_limit or 1
    names = dict.fromkeys(name for entry in found.fresh for name in entry.mediators)
    staff = {name: person(session, name) for name in names}
    numbers = {}
    with session.no_autoflush:  # one write a case instead of two
        for entry in sorted(found.fresh, key=lambda entry: (entry.accepted_on, entry.row)):
            case = _case(entry, staff)
            case.batch_id = batch.id
            if case.stage is Stage.MEDIATING:
                case.due_on = months_later(entry.accepted_on, months)
            numbers[entry.row] = enter(session, case, by=by, today=today).number
            case.events += _road(case, by, f"据台账“{ledger.file_name}”第 {entry.row} 行")
    session.flush()
    history.note(session, Action.IMPORTED, f"台账“{ledger.file_name}”，{len(numbers)} 件")
    return replace(found, numbers=numbers)


def _here(session: Session, keys: list[str]) -> Iterator[tuple[str, str]]:
    """Of these rows the ones that are cases already, with their numbers."""
    for some in in_batches(keys):
        found = session.execute(select(Case.intake_key, Case.number).where(Case.intake_key.in_(some)))
        yield from ((key, number) for key, number in found if key is not None)


def _case(entry: Entry, staff: Mapping[str, Staff]) -> Case:
    case = Case(intake_key=entry.key, **entry.case)
    case.parties = [_party(values) for values in entry.parties]
    case.assignments = [
        Assignment(staff=staff[name], duty=Duty.ASSIST if n else Duty.LEAD)
        for n, name in enumerate(entry.mediators)
    ]
    case.agreement = None if entry.agreement is None else Agreement(**entry.agreement)
    return case


def _party(values: Mapping[str, Value]) -> Party:
    party = Party(**values, representatives=[])  # said outright, else each is looked up once saved
    if not party.id_reason:
        party.fill_from_id(date.today())
    return party


def _road(case: Case, by: str, origin: str) -> list[Event]:
    """The stages a case has passed as far as a ledger tells, so that a step can be taken back like any other."""
    ended = case.stage if case.stage in (Stage.UNSETTLED, Stage.MEDIATING) else Stage.SETTLED
    days = {
        Stage.REGISTERED: None,
        Stage.ACCEPTED: case.accepted_on,
        Stage.MEDIATING: None,
        ended: case.concluded_on,
    }
    if case.stage is Stage.PERFORMED:
        days[Stage.PERFORMED] = case.agreement.performed_on if case.agreement else None
    return [
        event(
            EventKind.MOVED, by, stage_from=start, stage_to=to, on=days[to],
            detail=f"{case.outcome},{origin}" if to is ended and case.outcome else origin,
        )
        for start, to in pairwise(days)
    ]  # fmt: skip
