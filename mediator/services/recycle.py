"""The recycle bin (回收站): what was removed from cases, and from what the office keeps for itself, to be found again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from mediator.domain.agreement import Instalment, Item
from mediator.domain.audit import Change, Entry
from mediator.domain.base import Base
from mediator.domain.case import Case
from mediator.domain.codes import Action, EventKind, Turn
from mediator.domain.errors import Refusal
from mediator.domain.papers import Material
from mediator.domain.records import Assignment
from mediator.services import (
    agreements,
    custom_specs,
    materials,
    parts,
    phrases,
    prices,
    recycle_words,
    replay,
    screenings,
    sensitive,
)
from mediator.services.cases import event, guard, load, touch
from mediator.store import history

SHOWN_DAYS = 365
_OF_CASES = (
    "party", "representative", "assignment", "investigation", "session", "revisit", "item", "instalment", "material",
)  # fmt: skip
_OF_OFFICE: dict[str, Callable[[Session, Any], object]] = {
    "screening": lambda s, row: screenings.put(s, {}, row.id, today=date.today()),
    "price": lambda s, row: prices.put(s, {}, row.id),
    "phrase": lambda s, row: phrases.put(s, {}, row.id),
    "custom_table": custom_specs.check,
}
"""What belongs to no case, and how it is checked as when it was entered."""


@dataclass(frozen=True)
class Gone:
    """One row that was removed."""

    change_id: int
    case_id: int | None
    """None for what belongs to no case."""
    number: str
    title: str
    """What kind of row it was."""
    words: str
    """What stood in it, in short."""
    at: datetime
    by: str


def removed(session: Session, today: date, case_id: int | None = None, *, masked: bool = False) -> list[Gone]:
    """The rows removed in the last year and not put back, the newest first; of one case, or of all and of the office.

    ``masked``: with stars in identity numbers and phones.
    """
    since = datetime.combine(today - timedelta(SHOWN_DAYS), datetime.min.time())
    whose = Case.id.is_not(None) if case_id is None else Case.id == case_id
    of_office = Change.table.in_(_OF_OFFICE if case_id is None else ())
    chosen = (
        select(Change, Entry, Case.number)
        .join(Entry, Entry.id == Change.entry_id)
        .outerjoin(Case, Case.id == Change.case_id)
        .where(
            Change.turn == Turn.REMOVED,
            Entry.at >= since,
            or_(and_(Change.table.in_(_OF_CASES), whose), of_office),
        )
        .order_by(Change.id.desc())
    )
    rows = session.execute(chosen).all()
    hidden = sensitive.hidden_among(session, [change.case_id or 0 for change, _, _ in rows])
    return list(_told(session, [row for row in rows if row[0].case_id not in hidden], masked))


def put_back(session: Session, change_id: int, *, by: str, reason: str = "") -> None:
    """Enter a removed row again, with what hung on it, checked as when it was entered.

    Refusal if what it hung on is gone as well, or it does not fit in any more.
    """
    change = session.get(Change, change_id)
    if change is None or change.turn is not Turn.REMOVED:
        raise Refusal("这一条已经不在回收站里了，请刷新后再看。")
    title = replay.model_of(change.table).title
    if change.table in _OF_OFFICE:
        row = replay.lay_down(session, change)
        _OF_OFFICE[change.table](session, row)
        history.note(session, Action.RESTORED_ROW, f"找回{title}", reason=reason)
        return
    if change.table not in _OF_CASES or change.case_id is None:
        raise Refusal(f"{title}不能找回；请重新填写。")
    case = load(session, change.case_id)
    guard(case, reason)
    history.note(session, Action.RESTORED_ROW, f"找回{title}", case_id=case.id, reason=reason)
    replay.take_back(session, [change, *_below(change)])
    session.expire_all()
    case = load(session, case.id)
    row = session.get_one(replay.model_of(change.table), change.row_id)
    _check(session, case, row, by, reason)
    case.events.append(
        event(EventKind.ADDED, by, detail=f"找回{recycle_words.named(row)}", reason=reason.strip())
    )
    touch(session, case)


def _check(session: Session, case: Case, row: Base, by: str, reason: str) -> None:
    """Check a row of a case that was put back, as when it was entered."""
    if isinstance(row, Assignment):
        parts.check_staff(case)
    elif isinstance(row, Material):
        materials.check_again(case, row)
    elif isinstance(row, Item | Instalment):
        item_id = row.id if isinstance(row, Item) else row.item_id
        listed = agreements.items_with(session, case, item_id, {})
        agreements.put(session, case, {"items": listed}, by=by, reason=reason)


def _told(session: Session, rows: list[tuple[Change, Entry, str]], masked: bool) -> Iterator[Gone]:
    for change, entry, number in rows:
        model = replay.model_of(change.table)
        if session.get(model, change.row_id) is not None:
            continue
        words = recycle_words.brief(session, change, masked)
        case_id = None if change.table in _OF_OFFICE else change.case_id
        yield Gone(change.id, case_id, number if case_id else "", model.title, words, entry.at, entry.by)


def _below(change: Change) -> list[Change]:
    """What was removed together with a row because it hung on it."""
    found, above = [], {(change.table, change.row_id)}
    for other in sorted(
        change.entry.changes,
        key=lambda one: _OF_CASES.index(one.table) if one.table in _OF_CASES else -1,
    ):
        before, _ = replay.values(other)
        hangs = any((key.removesuffix("_id"), value) in above for key, value in before.items())
        if other is not change and other.turn is Turn.REMOVED and hangs:
            found.append(other)
            above.add((other.table, other.row_id))
    return found
