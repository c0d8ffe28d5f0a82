"""What was done to a case, step by step (操作记录), in words that name the things and fields and never what stood in them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from mediator.domain.audit import Change, Entry
from mediator.domain.codes import Action, Code, Turn
from mediator.domain.fields import Field, Value, fields_of
from mediator.services.replay import RUNNING, model_of, values

_UNTOLD = {"event", "particulars", "counter", "content"}
"""Tables that change along with others."""


@dataclass(frozen=True)
class Said:
    """One field as it was and as it became."""

    label: str
    before: str
    after: str


def of_case(session: Session, case_id: int) -> list[Entry]:
    """Every entry about a case, the newest first, with its changes."""
    chosen = select(Entry).where(Entry.case_id == case_id).order_by(Entry.id.desc())
    return list(session.scalars(chosen.options(selectinload(Entry.changes))))


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
    return entry.action in (Action.SAVED, Action.UNDONE, Action.RESTORED_ROW, Action.IMPORTED) and bool(
        entry.changes
    )


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
