"""Two people, one row (冲突): what somebody else changed since it was seen, who did it and when."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, NoReturn

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session, selectinload

from mediator.domain.audit import Change
from mediator.domain.base import Base
from mediator.domain.codes import Turn
from mediator.domain.errors import Conflict, Gone, Refusal, Stale
from mediator.domain.fields import Field, Shape, Value, fields_of

NOTHING = "（空）"


class Hand(NamedTuple):
    """Whose hand it was, and when."""

    by: str
    at: datetime


def conflict(row: object, key: str, field: Field, seen: Any, typed: Value) -> Conflict:
    """A field that was changed by somebody else since it was seen, and is now to be something else again."""
    stands: Value = getattr(row, key)
    hand = last_hand(row, key)
    return Conflict(
        key, field.label, in_words(field, seen), in_words(field, stands), in_words(field, typed), stands,
        field.shape is Shape.TEXT, hand.by if hand else "", hand.at if hand else None,
    )  # fmt: skip


def check(row: object, conflicts: Sequence[Conflict]) -> None:
    """Raise Stale if there are any, with all of them."""
    if conflicts:
        labels = "、".join(f"“{one.label}”" for one in conflicts)
        table = str(getattr(row, "__tablename__", ""))
        raise Stale(
            f"{labels}刚刚被别人改过，您的改动没有存上；请重新打开，看过现在的内容再改。", conflicts, table
        )


def met(row: object, new: Mapping[str, Value], was: Mapping[str, object] | None) -> list[Conflict]:
    """The fields of a row that somebody else changed since they were seen, and that are now to be something else again."""
    fields, stands = fields_of(type(row)), {key: getattr(row, key) for key in new}
    return [
        conflict(row, key, fields[key], was[key], value)
        for key, value in new.items()
        if was is not None and key in was and was[key] != stands[key] and value != stands[key]
    ]


def unchanged(row: object, was: Mapping[str, object] | None, doing: str) -> None:
    """Refuse to do something (删除, 撤销) with a row that is not as it was seen: Stale says who changed it."""
    changed = [key for key, seen in (was or {}).items() if hasattr(row, key) and getattr(row, key) != seen]
    if changed:
        stale(row, f"这一条{getattr(row, 'title', '内容')}", doing, changed[0])


def stale(row: object, what: str, doing: str, key: str = "") -> NoReturn:
    """Raise Stale: what somebody does is not done, as another has changed what they saw."""
    hand = last_hand(row, key)
    who = f"{hand.by}在{when(hand.at)}" if hand else "别人刚刚"
    raise Stale(
        f"{who}改过{what}，没有{doing}；请看过现在的内容再{doing}。",
        table=str(getattr(row, "__tablename__", "")),
    )


def gone(session: Session, model: type[Base], row_id: int) -> NoReturn:
    """Raise Gone for a row that is no more, with who deleted it and when, where history knows."""
    chosen = _changes(model.__tablename__, row_id).where(Change.turn == Turn.REMOVED).limit(1)
    change = session.scalars(chosen).first()
    told = f"{change.entry.by}在{when(change.entry.at)}把它删去了" if change else "可能刚被别人删去"
    raise Gone(f"这一条{model.title}已经不在了，{told}；您填的没有存上。", table=model.__tablename__)


def last_hand(row: object, key: str = "") -> Hand | None:
    """Who changed a column of a row last, or any column of it where none is named; None where history does not say."""
    session = object_session(row)
    row_id = getattr(row, "id", None)
    if session is None or row_id is None:
        return None
    table = str(getattr(row, "__tablename__", ""))
    with session.no_autoflush:
        for change in session.scalars(_changes(table, row_id)):
            if not key or key in json.loads(change.after):
                return Hand(change.entry.by, change.entry.at)
    return None


def when(at: datetime) -> str:
    """A moment as people say it: "11月21日 14:32"."""
    return f"{at.month}月{at.day}日 {at:%H:%M}"


def in_words(field: Field, value: Value) -> str:
    """A value as people read it; a field with nothing in it says so."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    label = getattr(value, "label", None)
    if label is not None:
        return str(label)
    words = "" if value is None else str(field.write(value))
    return (words.removesuffix(".00") if field.shape is Shape.FEN else words) or NOTHING


def words_of(field: Field, raw: object) -> str:
    """What was typed into a field, in words; just as typed where it cannot be read."""
    try:
        return in_words(field, field.read(raw))
    except Refusal:
        return str(raw)


def _changes(table: str, row_id: int) -> Any:
    chosen = select(Change).where(Change.table == table, Change.row_id == row_id).order_by(Change.id.desc())
    return chosen.options(selectinload(Change.entry))
