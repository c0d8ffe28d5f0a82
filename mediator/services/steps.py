"""What was done to a case, step by step (操作记录), in words that name the things and fields and never what stood in them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from mediator.domain.audit import Change, Entry
from mediator.domain.codes import Code, Turn
from mediator.domain.fields import Field, Value, fields_of
from mediator.services.replay import RUNNING, model_of, values

_UNTOLD = {"event", "particulars", "counter", "content", "change"}
"""Tables that change along with others."""


@dataclass(frozen=True)
class Said:
    """One field as it was and as it became."""

    label: str
    before: str
    after: str


def of_case(session: Session, case_id: int) -> list[Entry]:
    """Every entry about a case, the newest first, each with its changes of this case alone.

    Also those about several cases, as when a ledger was taken in or cases were handed over.
    """
    touched = select(Change.entry_id).where(Change.case_id == case_id)
    about = select(Entry).where(or_(Entry.case_id == case_id, Entry.id.in_(touched)))
    entries = session.scalars(about.order_by(Entry.id.desc())).all()
    kept: dict[int, list[Change]] = {}
    for change in session.scalars(select(Change).where(Change.case_id == case_id).order_by(Change.id)):
        kept.setdefault(change.entry_id, []).append(change)
    for entry in entries:
        set_committed_value(entry, "changes", kept.get(entry.id, []))
    return list(entries)


def in_words(entry: Entry) -> str:
    """What was done, in one line."""
    told: list[str] = [entry.detail] if entry.detail else []
    for change in entry.changes:
        words = _words(change)
        if words and words not in told:
            told.append(words)
    return "；".join(told) or entry.action.label


def told(change: Change) -> list[Said]:
    """The fields of a change with what stood in them before and after; for the eyes of those who may see the case."""
    before, after = values(change)
    fields = {k: field for k, field in fields_of(model_of(change.table)).items() if k in before or k in after}
    return [
        Said(field.label, _shown(field, before.get(key)), _shown(field, after.get(key)))
        for key, field in fields.items()
        if before.get(key) != after.get(key) and key not in RUNNING
    ]


def matters(entry: Entry) -> bool:
    """Whether an entry tells of something done to the case, not only of somebody looking at it."""
    return bool(entry.changes)


def _words(change: Change) -> str:
    if change.table in _UNTOLD:
        return ""
    model = model_of(change.table)
    if change.turn is not Turn.CHANGED:
        return f"{change.turn.label}{model.title}"
    keys: Sequence[str] = list(json.loads(change.after))
    labels = [field.label for key, field in fields_of(model).items() if key in keys and not field.system]
    return f"修改{model.title}：{'、'.join(labels)}" if labels else ""


def _shown(field: Field, value: Value) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Code):
        return value.label
    return "" if value is None else str(field.write(value))
