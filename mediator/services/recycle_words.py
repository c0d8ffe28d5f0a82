"""What was removed, in words (回收站): for the list it is found again from, and for the history of its case."""

from typing import Any

from sqlalchemy.orm import Session

from mediator.domain.audit import Change
from mediator.domain.base import Base
from mediator.domain.fields import Field, Shape, fields_of
from mediator.domain.figures import Price
from mediator.domain.masking import masked_id, masked_phone
from mediator.domain.papers import Material
from mediator.domain.people import Identified, Party, Staff
from mediator.domain.records import Assignment
from mediator.services import merging, parts, replay

_MOST = 60
_TOLD = (Shape.NAME, Shape.MOMENT, Shape.DAY, Shape.FEN, Shape.LINE, Shape.TEXT)
_MASKS = {Party.id_number.key: masked_id, Party.phone.key: masked_phone}


def named(row: Base) -> str:
    """Which row it is, for the history of its case."""
    if isinstance(row, parts.Part):
        return parts.in_words(row)
    if isinstance(row, Material):
        return f"{row.kind.label}：{row.file_name}"
    return row.title + (row.name if isinstance(row, Identified) else "")


def brief(session: Session, change: Change, masked: bool) -> str:
    """What stood in a row, in one line: names, days and sums before anything else."""
    fields = fields_of(replay.model_of(change.table))
    before, _ = replay.values(change)
    for key, mask in _MASKS.items() if masked else ():
        if isinstance(number := before.get(key), str):
            before[key] = mask(number)
    told = [
        key for shape in _TOLD for key, field in fields.items() if field.shape is shape and before.get(key)
    ]
    words = [
        *_ahead(session, change.table, before),
        *(merging.in_words(fields[key], before[key]) + _unit(fields[key]) for key in told[:4]),
    ]
    return "，".join(" ".join(word.split()) for word in words)[:_MOST]


def _unit(field: Field) -> str:
    return " 元" if field.shape is Shape.FEN else ""


def _ahead(session: Session, table: str, before: dict[str, Any]) -> list[str]:
    """What tells of a row and is no field with words of its own."""
    if table == Assignment.__tablename__:
        person = session.get(Staff, before["staff_id"])
        return [person.name if person else "", before["duty"].label]
    if table == Material.__tablename__:
        return [before["kind"].label, before["file_name"]]
    return [before["level"].label] if table == Price.__tablename__ else []
