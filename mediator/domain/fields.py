"""A field (字段) is declared once, on its model, with what people see of it; everything else is read off that.

``Case.occurred_place: Mapped[str] = line("发生地点", sample="滨江菜市场")`` is column, label, sample, limit and way of
reading in one. ``field_of`` gives it back for an attribute, ``fields_of`` for a whole model.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Boolean, Date, DateTime, Integer, String, Text, inspect
from sqlalchemy import Enum as EnumType
from sqlalchemy.orm import MappedColumn, QueryableAttribute, mapped_column

from mediator.domain.amounts import MOST, parse_yuan, yuan
from mediator.domain.calendar import parse_day, parse_moment
from mediator.domain.codes import Code
from mediator.domain.errors import Refusal
from mediator.domain.wording import clean, clean_line, clean_name, half_width

MOST_PEOPLE = 1_000_000
"""Largest number of people, pieces or copies accepted: above it a slip of the hand is certain."""

C = TypeVar("C", bound=Code)
Value = str | int | bool | date | datetime | Code | None


class Shape(Enum):
    """What kind of value a field holds."""

    LINE = "line"
    NAME = "name"
    TEXT = "text"
    DAY = "day"
    MOMENT = "moment"
    FEN = "fen"
    COUNT = "count"
    FLAG = "flag"
    CODE = "code"


@dataclass(frozen=True)
class Field:
    """What is known of a field besides its column: label (名称), help, a sample for tests and previews, a limit."""

    label: str
    shape: Shape
    help: str = ""
    sample: str = ""
    most: int = 0
    """The most characters of a text, or the largest count."""
    codes: type[Code] | None = None
    suggestions: tuple[str, ...] = ()
    optional: bool = True
    """Whether nothing may stand in it once it is stored."""
    system: bool = False
    """Set by a verb of the program, never typed on a screen."""

    def read(self, raw: object) -> Value:
        """Turn what was typed, or came in a file, into a value; Refusal names the field and what to do."""
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return self.empty
        try:
            return _READERS[self.shape](self, raw)
        except Refusal as refusal:
            raise Refusal(f"“{self.label}”填得不对：{refusal}") from None

    @property
    def empty(self) -> Value:
        """The value of a field with nothing in it."""
        if self.shape in (Shape.LINE, Shape.NAME, Shape.TEXT):
            return ""
        return False if self.shape is Shape.FLAG else None

    def write(self, value: Value) -> Value:
        """Turn a value into what files hold: codes and days as text, amounts as 元 with two decimals."""
        if self.shape is Shape.FEN and isinstance(value, int):
            return yuan(value)
        if isinstance(value, Code):
            return str(value.value)
        if isinstance(value, datetime):
            return value.isoformat(timespec="minutes")
        return value.isoformat() if isinstance(value, date) else value


def _read_text(field: Field, raw: object) -> Value:
    cleaner = {Shape.TEXT: clean, Shape.NAME: clean_name}.get(field.shape, clean_line)
    text = cleaner(str(raw))
    if len(text) > field.most:
        raise Refusal(f"有 {len(text)} 个字，最多 {field.most} 个，请缩短。")
    return text


def _read_day(field: Field, raw: object) -> Value:
    if isinstance(raw, datetime):
        return raw.date()
    return raw if isinstance(raw, date) else parse_day(str(raw))


def _read_moment(field: Field, raw: object) -> Value:
    if isinstance(raw, datetime):
        return raw
    return datetime.combine(raw, time()) if isinstance(raw, date) else parse_moment(str(raw))


def _read_fen(field: Field, raw: object) -> Value:
    if isinstance(raw, float):
        raise Refusal('金额不能用浮点数，请写成文字，例如 "15000.00"。')
    if not isinstance(raw, int) or isinstance(raw, bool):
        return parse_yuan(str(raw))
    if not 0 <= raw <= MOST:
        raise Refusal("金额超出可记的范围，请核对。")
    return raw


def _read_count(field: Field, raw: object) -> Value:
    text = half_width(str(raw)).strip()
    if not text.isdecimal():
        raise Refusal(f"“{text[:30]}”不是整数，请写成 3 这样的数字。")
    if len(text) > 9 or int(text) > field.most:
        raise Refusal(f"“{text[:30]}”太大，最多是 {field.most}，请核对。")
    return int(text)


def _read_flag(field: Field, raw: object) -> Value:
    if isinstance(raw, bool):
        return raw
    words = {
        "是": True,
        "有": True,
        "true": True,
        "1": True,
        "否": False,
        "无": False,
        "false": False,
        "0": False,
    }
    if str(raw).strip().lower() not in words:
        raise Refusal(f"“{str(raw)[:30]}”应写“是”或“否”。")
    return words[str(raw).strip().lower()]


def _read_code(field: Field, raw: object) -> Value:
    assert field.codes is not None
    text = raw.value if isinstance(raw, Code) else str(raw).strip()
    for entry in field.codes:
        if text in (entry.value, entry.label):
            return entry
    offered = "、".join(entry.label for entry in field.codes.offered())
    raise Refusal(f"没有“{str(text)[:30]}”这一项，可选的有：{offered}。")


_READERS = {
    Shape.LINE: _read_text, Shape.NAME: _read_text, Shape.TEXT: _read_text, Shape.DAY: _read_day,
    Shape.MOMENT: _read_moment, Shape.FEN: _read_fen, Shape.COUNT: _read_count, Shape.FLAG: _read_flag,
    Shape.CODE: _read_code,
}  # fmt: skip


def _nullable(column: dict[str, Any]) -> bool:
    return bool(column.get("nullable"))


def line(label: str, *, sample: str, most: int = 100, help: str = "", suggestions: tuple[str, ...] = (),
         **column: Any) -> MappedColumn[str]:  # fmt: skip
    """One line of words."""
    field = Field(label, Shape.LINE, help, sample, most, suggestions=suggestions)
    return mapped_column(String, default="", info={"field": field}, **column)


def name(label: str, *, sample: str, help: str = "", **column: Any) -> MappedColumn[str]:
    """A name of a person or body (姓名、名称): any character of GB 18030, up to 100 characters."""
    return mapped_column(
        String, default="", info={"field": Field(label, Shape.NAME, help, sample, 100)}, **column
    )


def text(label: str, *, sample: str, most: int = 20_000, help: str = "", **column: Any) -> MappedColumn[str]:
    """Words over several lines."""
    return mapped_column(
        Text, default="", info={"field": Field(label, Shape.TEXT, help, sample, most)}, **column
    )


def day(label: str, *, sample: str, help: str = "", system: bool = False, **column: Any) -> MappedColumn[Any]:
    """A day."""
    field = Field(label, Shape.DAY, help, sample, optional=_nullable(column), system=system)
    return mapped_column(Date, info={"field": field}, **column)


def moment(
    label: str, *, sample: str, help: str = "", system: bool = False, **column: Any
) -> MappedColumn[Any]:
    """A day and time, local, to the minute."""
    field = Field(label, Shape.MOMENT, help, sample, optional=_nullable(column), system=system)
    return mapped_column(DateTime, info={"field": field}, **column)


def fen(label: str, *, sample: str, help: str = "", system: bool = False, **column: Any) -> MappedColumn[Any]:
    """An amount of money in whole 分, typed and shown in 元."""
    field = Field(label, Shape.FEN, help, sample, system=system)
    return mapped_column(BigInteger, info={"field": field}, **column)


def count(
    label: str, *, sample: str, most: int = MOST_PEOPLE, help: str = "", system: bool = False, **column: Any
) -> MappedColumn[Any]:
    """A whole number of people, pieces or copies."""
    field = Field(label, Shape.COUNT, help, sample, most, system=system)
    return mapped_column(Integer, info={"field": field}, **column)


def flag(
    label: str, *, sample: str, help: str = "", default: bool = False, **column: Any
) -> MappedColumn[bool]:
    """Yes or no."""
    return mapped_column(
        Boolean, default=default, info={"field": Field(label, Shape.FLAG, help, sample)}, **column
    )


def code(codes: type[C], label: str, *, sample: C, help: str = "", system: bool = False,
         **column: Any) -> MappedColumn[Any]:  # fmt: skip
    """One entry of a code list."""
    stored = EnumType(codes, native_enum=False, length=20, values_callable=lambda c: [e.value for e in c])
    field = Field(
        label, Shape.CODE, help, sample.label, codes=codes, optional=_nullable(column), system=system
    )
    return mapped_column(stored, info={"field": field}, **column)


def field_of(attribute: QueryableAttribute[Any]) -> Field:
    """The declaration behind a model's attribute: ``field_of(Case.kind).label``."""
    return fields_of(attribute.property.parent.class_)[attribute.key]


def fields_of(model: type[Any]) -> dict[str, Field]:
    """Every declared field of a model by attribute name, in order of declaration."""
    columns = inspect(model).column_attrs
    return {c.key: c.columns[0].info["field"] for c in columns if "field" in c.columns[0].info}


def read_all(model: type[Any], raw: Mapping[str, object]) -> dict[str, Value]:
    """Read the fields of a model out of a mapping; keys that are no fields of it are left to the caller."""
    return {key: field.read(raw[key]) for key, field in fields_of(model).items() if key in raw}


def written(row: object) -> dict[str, Value]:
    """A row's fields as files hold them, empty ones left out."""
    values = {key: (field, getattr(row, key)) for key, field in fields_of(type(row)).items()}
    return {key: field.write(value) for key, (field, value) in values.items() if value not in ("", None)}
