"""Putting rows back as they were (复原): what history kept of a row, written over or laid down again."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Enum, inspect
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from mediator.domain.audit import Change
from mediator.domain.base import Base
from mediator.domain.codes import Turn
from mediator.domain.errors import Refusal
from mediator.store.history import plain

RUNNING = {"version", "changed_at", "headcount"}
"""Columns that follow from others or count the changes; they are never put back."""


def model_of(table: str) -> type[Base]:
    """The model whose rows lie in a table."""
    found: type[Base] = next(m.class_ for m in Base.registry.mappers if m.class_.__tablename__ == table)
    return found


def take_back(session: Session, changes: Iterable[Change]) -> None:
    """Undo some changes of one gesture, in the caller's transaction; Refusal if a row has changed since."""
    order = {table.name: place for place, table in enumerate(Base.metadata.sorted_tables)}
    downward = sorted(changes, key=lambda change: (order[change.table], change.row_id))
    for change in downward:
        if change.turn is Turn.REMOVED:
            lay_down(session, change)
        elif change.turn is Turn.CHANGED:
            _write_over(session, change)
    for change in reversed(downward):
        if change.turn is Turn.ADDED:
            _take_away(session, change)
    session.flush()


def lay_down(session: Session, change: Change) -> Base:
    """Enter a row again that was removed, under its own id."""
    model = model_of(change.table)
    if session.get(model, change.row_id) is not None:
        raise Refusal(f"这条{model.title}已经在了，不用再找回。")
    row = model(**_values(model, change.before))
    session.add(row)
    session.flush()
    return row


def _write_over(session: Session, change: Change) -> None:
    model = model_of(change.table)
    row = session.get(model, change.row_id)
    was, became = json.loads(change.before), json.loads(change.after)
    kept = [key for key in was if key not in RUNNING]
    if row is None or any(plain(getattr(row, key)) != became[key] for key in kept):
        raise Refusal(f"这条{model.title}后来又改过，不能撤销；请直接改成您要的内容。")
    for key, value in _values(model, json.dumps({key: was[key] for key in kept})).items():
        setattr(row, key, value)
        flag_modified(row, key)


def _take_away(session: Session, change: Change) -> None:
    row = session.get(model_of(change.table), change.row_id)
    if row is not None:
        session.delete(row)


def _values(model: type[Base], kept: str) -> dict[str, Any]:
    """Columns as they stand in JSON, as the model wants them; those the table no longer has are left out."""
    columns = {attribute.key: attribute.columns[0] for attribute in inspect(model).column_attrs}
    return {
        key: _value(columns[key].type, value) for key, value in json.loads(kept).items() if key in columns
    }


def values(change: Change) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns of a change before and after, as the model has them."""
    model = model_of(change.table)
    return _values(model, change.before), _values(model, change.after)


def _value(type_: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(type_, Enum) and type_.enum_class is not None:
        return type_.enum_class(value)
    if type_.python_type is datetime:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if type_.python_type is date else value
