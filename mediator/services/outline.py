"""The outline of a document (文件的结构): which keys it may have, and that lists, objects and plain values stand where they should.

Read off the models: a field or a relation of the model is a key, the rows of a relation to many are a list of objects.
"""

from collections.abc import Mapping

from sqlalchemy import inspect

from mediator.domain.agreement import Agreement
from mediator.domain.base import Base
from mediator.domain.errors import Refusal
from mediator.domain.fields import fields_of

_BY_NAME = {"staff", "debtor", "creditor"}
"""Relations that stand in a document as a name."""


def check(raw: Mapping[str, object], model: type[Base], *others: str) -> None:
    """Refuse a key that is not known or a value of the wrong kind; what stands under ``others`` is not looked at."""
    relations = {r.key: r.mapper.class_ for r in inspect(model).relationships}
    fields = fields_of(model)
    for key, value in raw.items():
        if key in others:
            continue
        if key == "id" or key in _BY_NAME & set(relations):
            _check_plain(model, key, value)
        elif key in fields:
            _check_plain(model, fields[key].label, value)
        elif key in relations and key not in ("case", "events", "papers"):
            _check_rows(key, value, relations[key])
        else:
            raise Refusal(f"{model.title}里没有“{key[:40]}”这一项，请删去或改正。")


def _check_plain(model: type[Base], key: str, value: object) -> None:
    if isinstance(value, dict | list):
        raise Refusal(f"{model.title}里的“{key}”应是一个值，不是列表或对象；请对照说明改正。")


def _check_rows(key: str, value: object, model: type[Base]) -> None:
    rows = [value] if model is Agreement else value
    if value is None:
        return
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        kind = "一个对象" if model is Agreement else "对象的列表"
        raise Refusal(f"“{key}”应是{kind}；请对照说明改正。")
    for row in rows:
        check(row, model)
