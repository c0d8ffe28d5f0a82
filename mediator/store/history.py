"""History (改动历史): whatever a session changes is written down in the same transaction, chained to what came before.

``watch`` looks on while a session works; ``write`` is called once, before the commit. Nothing has to be told to either
by the verbs, so nothing can be forgotten: a new model is kept by itself unless it says ``kept = False``.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import LargeBinary, event, inspect, select
from sqlalchemy.orm import Session, object_session
from sqlalchemy.orm.util import identity_key

from mediator.domain.audit import Change, Entry
from mediator.domain.base import Base
from mediator.domain.case import Case
from mediator.domain.codes import Action, Turn
from mediator.store import chain, clock

LOOKS = "looks"
"""Marks a session that only looks things up: what is noted in it would be lost."""
_SEEN = "seen"
_NOTED = "noted"
_ONLY_TELL = (Action.PRINTED, Action.EXPORTED, Action.VIEWED)
"""Actions that change nothing: what is changed along with them is an entry of its own."""


@dataclass
class Seen:
    """What became of one row in this session so far."""

    turn: Turn
    case_id: int | None
    before: dict[str, Any]
    after: dict[str, Any]


def watch(session: Session) -> None:
    """Look on while a session works."""
    session.info[_SEEN] = {}
    session.info[_NOTED] = []


def watched(session: Session) -> bool:
    """Whether what a session does is kept: it is a transaction and not only looks things up."""
    return _SEEN in session.info


def note(session: Session, action: Action, detail: str = "", *, case_id: int | None = None, reason: str = "",
         medium: str = "", undoes: int | None = None) -> Entry:  # fmt: skip
    """Say what is being done, where that is more than saving: it becomes the entry of this transaction.

    Noted twice, there are two entries; the changes belong to the first.
    """
    if session.info.get(LOOKS):
        raise RuntimeError("what is noted while only looking things up would be lost")
    entry = Entry(action=action, detail=detail, case_id=case_id, reason=reason, medium=medium, undoes=undoes)
    session.info.setdefault(_NOTED, []).append(entry)
    return entry


def lock(session: Session) -> None:
    """Let nobody else write until this transaction ends: what is read from now on is the newest there is.

    The driver begins a transaction with the first row that is written, and until then others may write.
    """
    connection = session.connection()
    if not chain.driver_of(connection).in_transaction:
        connection.exec_driver_sql("begin immediate")


def write(session: Session, by: str, now: datetime) -> list[Entry]:
    """Write the entries of this transaction, chained; none if nothing was changed and nothing noted."""
    session.flush()
    seen: dict[tuple[str, int], Seen] = session.info.get(_SEEN, {})
    entries: list[Entry] = list(session.info.get(_NOTED, []))
    if seen and (not entries or entries[0].action in _ONLY_TELL):
        entries.insert(0, Entry(action=Action.SAVED))
    if not entries:
        return []
    lock(session)
    last = session.scalars(select(Entry).order_by(Entry.id.desc()).limit(1)).first()
    since = None if last is None else clock.believed(session) if last.clock_suspect else last.at
    for number, entry in enumerate(entries):
        entry.by, entry.at = by, now.replace(microsecond=0)
        entry.clock_suspect = entry.action is not Action.CLOCK and clock.suspect(entry.at, since)
        if number == 0 and seen:
            _lay_down(entry, seen)
        if entry.changes:
            entry.salt = secrets.token_hex(16)
        session.add(entry)
        session.flush()
        entry.changes_digest = chain.digest_of(session.connection(), entry.id)
        session.flush()
        entry.hash = chain.hash_of(session.connection(), entry.id, last.hash if last else chain.START)
        session.flush()
        last = entry
    session.flush()
    seen.clear()
    session.info[_NOTED] = []
    return entries


def _lay_down(entry: Entry, seen: dict[tuple[str, int], Seen]) -> None:
    cases = {one.case_id for one in seen.values()} - {None}
    only = cases.pop() if len(cases) == 1 else None
    entry.case_id = entry.case_id or only
    for (table, row_id), one in seen.items():
        entry.changes.append(Change(
            table=table, row_id=row_id, case_id=one.case_id or only, turn=one.turn,
            before=_json(one.before), after=_json(one.after),
        ))  # fmt: skip


def _see(turn: Turn, row: Base) -> None:
    session = object_session(row)
    if session is None or _SEEN not in session.info or not row.kept:
        return
    seen: dict[tuple[str, int], Seen] = session.info[_SEEN]
    before, after = _values(row, turn)
    key = (row.__tablename__, row.id)
    known = seen.get(key)
    if known is None:
        if turn is Turn.CHANGED and before == after:
            return
        seen[key] = Seen(turn, case_of(session, row), before, after)
    elif turn is Turn.REMOVED and known.turn is Turn.ADDED:
        del seen[key]
    elif turn is Turn.REMOVED:
        seen[key] = Seen(turn, known.case_id, {**before, **known.before}, {})
    else:
        known.before = {**before, **known.before}
        known.after = {**known.after, **after}


def _values(row: Base, turn: Turn) -> tuple[dict[str, Any], dict[str, Any]]:
    """What stood in the columns and what stands there now; of a change only the columns that changed."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    state = inspect(row)
    for attribute in state.mapper.column_attrs:
        if isinstance(attribute.columns[0].type, LargeBinary):
            continue
        key = attribute.key
        if turn is Turn.REMOVED:
            before[key] = plain(state.committed_state.get(key, getattr(row, key)))
        elif turn is Turn.ADDED:
            after[key] = plain(getattr(row, key))
        elif (history := state.attrs[key].history).has_changes():
            before[key] = plain(history.deleted[0]) if history.deleted else None
            after[key] = plain(history.added[0]) if history.added else None
    if turn is Turn.CHANGED and before == after:
        return {}, {}
    return before, after


def case_of(session: Session, row: Base) -> int | None:
    """The case a row hangs on, through the rows above it; None if it hangs on none."""
    if isinstance(row, Case):
        return row.id
    known: int | None = getattr(row, "case_id", None)
    if known is not None:
        return known
    for column in row.__table__.columns:
        for key in column.foreign_keys:
            row_id = getattr(row, column.key)
            if key.ondelete != "CASCADE" or row_id is None:
                continue
            above = _above(session, key.column.table.name, row_id)
            if above is not None:
                return case_of(session, above)
    return None


def _above(session: Session, table: str, row_id: int) -> Base | None:
    """A row in memory: what is worked on hangs together there, and nothing may be asked of the database in a flush."""
    mapper = next(mapper for mapper in Base.registry.mappers if mapper.class_.__tablename__ == table)
    return session.identity_map.get(identity_key(mapper.class_, row_id))


def plain(value: Any) -> Any:
    """A column's value as JSON holds it."""
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


for _name, _turn in (
    ("after_insert", Turn.ADDED),
    ("after_update", Turn.CHANGED),
    ("after_delete", Turn.REMOVED),
):
    event.listen(Base, _name, lambda _mapper, _connection, row, turn=_turn: _see(turn, row), propagate=True)
