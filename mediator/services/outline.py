"""The outline of a document (文件的结构): which keys it may have, and that lists, objects and plain values stand in place.

Read off the models: a field of the model is a plain value, a relation to many a list of objects, to one an object.
"""

from collections.abc import Mapping

from sqlalchemy import inspect

from mediator.domain.base import Base
from mediator.domain.errors import Refusal
from mediator.domain.fields import fields_of

_BY_NAME = {"staff", "debtor", "creditor"}
"""Relations that stand in a document as a name."""
_ASIDE = {"case", "batch", "events", "papers", "particulars", "materials"}
"""Relations that no document gives."""


def check(raw: Mapping[str, object], model: type[Base], *others: str) -> None:
    """Refuse a key that is not known or a value of the wrong kind; what stands under ``others`` is not looked at."""
    plain = {key: field.label for key, field in fields_of(model).items()} | {"id": "id"}
    check_rows({key: value for key, value in raw.items() if key not in plain}, model, *others)
    check_values({plain[key]: value for key, value in raw.items() if key in plain and key not in others})


def check_rows(raw: Mapping[str, object], model: type[Base], *others: str) -> None:
    """The same where only what hangs on the model may be given, not its own fields."""
    relations = {r.key: r for r in inspect(model).relationships if r.key not in _ASIDE}
    for key, value in raw.items():
        if key in others or value is None:
            continue
        if key not in relations:
            raise Refusal(f"{model.title}里没有“{key[:40]}”这一项，请删去或改正。")
        if key in _BY_NAME:
            check_values({key: value})
            continue
        many = relations[key].uselist
        rows = value if many else [value]
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            shape = "一个列表，每一项是对象" if many else "一个对象"
            raise Refusal(f"{model.title}里的“{key}”应是{shape}；请对照说明改正。")
        for row in rows:
            check(row, relations[key].mapper.class_)


def check_values(values: Mapping[str, object]) -> None:
    """Refuse a list or an object where one value belongs."""
    for name, value in values.items():
        if isinstance(value, list | Mapping):
            raise Refusal(f"“{name}”应是一个值，不是列表或对象；请对照说明改正。")
