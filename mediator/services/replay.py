"""Putting rows back as they were (复原): what history kept of a row, written over or laid down again."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Enum, ForeignKey, UniqueConstraint, exists, inspect, select
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
    """Undo some changes of one gesture, in the caller's transaction.

    Refusal if a row has changed since or is spoken of elsewhere, or what it hung on is gone.
    """
    order = {table.name: place for place, table in enumerate(Base.metadata.sorted_tables)}
    downward = sorted(changes, key=lambda change: (order[change.table], change.row_id))
    added = {(change.table, change.row_id) for change in downward if change.turn is Turn.ADDED}
    for change in downward:
        if change.turn is Turn.REMOVED:
            lay_down(session, change)
        elif change.turn is Turn.CHANGED:
            _write_over(session, change)
    for change in reversed(downward):
        if change.turn is Turn.ADDED:
            _take_away(session, change, added)
    session.flush()


def lay_down(session: Session, change: Change) -> Base:
    """Enter a row again that was removed, under its own id; Refusal if it does not fit in any more."""
    model = model_of(change.table)
    if session.get(model, change.row_id) is not None:
        raise Refusal(f"这条{model.title}已经在了，不用再找回。")
    row = model(**_values(model, change.before))
    table = Base.metadata.tables[change.table]
    for column in table.columns:
        for key in column.foreign_keys:
            _check_there(session, model, key, getattr(row, column.key))
    for rule in table.constraints:
        if isinstance(rule, UniqueConstraint):
            _check_alone(session, model, rule, row)
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


def _take_away(session: Session, change: Change, along: set[tuple[str, int]]) -> None:
    """Remove a row that was added; Refusal if it was changed since, or a row that does not go along speaks of it."""
    model = model_of(change.table)
    row = session.get(model, change.row_id)
    if row is None:
        return
    became = json.loads(change.after)
    if any(plain(getattr(row, key)) != became[key] for key in became if key not in RUNNING):
        raise Refusal(f"这条{model.title}后来又改过，不能撤销；请直接改成您要的内容。")
    for below in (mapper.class_ for mapper in Base.registry.mappers):
        for column in below.__table__.columns:
            for key in column.foreign_keys:
                if key.column.table.name != change.table:
                    continue
                speak = session.scalars(select(below.id).where(column == getattr(row, key.column.key)))
                if any((below.__tablename__, found) not in along for found in speak):
                    raise Refusal(f"这条{model.title}后来在别处也用到了，不能撤销；请在原处修改。")
    session.delete(row)


def _check_there(session: Session, model: type[Base], key: ForeignKey, value: object) -> None:
    """Refuse to enter a row that hangs on one that is gone."""
    if value is None or session.scalar(select(exists().where(key.column == value))):
        return
    above = model_of(key.column.table.name).title
    raise Refusal(f"这条{model.title}要用到的{above}已经没有了，放不回去；{above}也是删去的，请先找回它。")


def _check_alone(session: Session, model: type[Base], rule: UniqueConstraint, row: Base) -> None:
    """Refuse to enter a row beside one like it, where there may be only one."""
    same = [column == getattr(row, column.key) for column in rule.columns]
    if session.scalar(select(exists().where(*same))):
        raise Refusal(f"现在已经有一样的{model.title}了，不用再放回一条。")


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
