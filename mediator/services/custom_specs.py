"""What a table of one's own is made of (统计设置) as JSON: read with care, and saved under a name.

``rows`` and ``columns`` are codes of dimensions, ``filters`` {dimension: [classes]}, ``period`` {from, until}, ``basis``
concluded or accepted, ``measure`` cases, people or amount; all but ``rows`` and ``period`` may be left out.
"""

import json
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.calendar import parse_day
from mediator.domain.codes import Basis
from mediator.domain.errors import Refusal
from mediator.domain.fields import field_of
from mediator.domain.figures import CustomTable
from mediator.domain.roles import Power
from mediator.domain.wording import clean_line
from mediator.services import access
from mediator.services.custom_tables import Spec
from mediator.services.dimensions import Measure, dimension
from mediator.tallies.tally import check_period

E = TypeVar("E", bound=Enum)
_KEYS = ("rows", "columns", "filters", "period", "basis", "measure")
_MOST_CLASSES = 500
_RIGHTS = (Power.WORK, Power.CLOSE, Power.SETTINGS)


def read(document: object) -> Spec:
    """A spec out of JSON; Refusal names what is wrong with it."""
    whole = _record(document, "统计设置", _KEYS)
    rows, columns = _words(whole.get("rows"), "rows"), _words(whole.get("columns") or "", "columns")
    dimension(rows)
    if columns:
        dimension(columns)
    if columns == rows:
        raise Refusal(f"行和列都选了“{dimension(rows).label}”；请换一个，或者不选列。")
    period = _record(whole.get("period"), "period", ("from", "until"))
    since, until = _day(period.get("from"), "from"), _day(period.get("until"), "until")
    check_period(since, until)
    return Spec(
        rows, since, until, columns, _filters(whole.get("filters")),
        _choice(Basis, whole.get("basis", Basis.CONCLUDED.value), "basis"),
        _choice(Measure, whole.get("measure", Measure.CASES.value), "measure"),
    )  # fmt: skip


def written(spec: Spec) -> dict[str, object]:
    """A spec as JSON."""
    return {
        "rows": spec.rows, "columns": spec.columns,
        "filters": {code: list(keys) for code, keys in spec.filters.items()},
        "period": {"from": spec.since.isoformat(), "until": spec.until.isoformat()},
        "basis": spec.basis.value, "measure": spec.measure.value,
    }  # fmt: skip


def all_of(session: Session) -> list[CustomTable]:
    """The tables saved, by name."""
    return list(session.scalars(select(CustomTable).order_by(CustomTable.name)))


def load(session: Session, name: str) -> Spec:
    """The table saved under a name; Refusal if there is none."""
    return read(json.loads(_get(session, name).spec))


def save(session: Session, name: str, spec: Spec, *, replace: bool = False) -> CustomTable:
    """Save a table under a name; one of that name gives way only where that is asked for."""
    access.need(session, *_RIGHTS)
    called = str(field_of(CustomTable.name).read(name))
    if not called:
        raise Refusal("请给这张统计表起一个名称。")
    known = _find(session, called)
    if known is not None and not replace:
        raise Refusal(f"已经有一张叫“{called}”的统计表；请换一个名称，或者选择代替它。")
    kept = known or CustomTable(name=called)
    kept.spec = json.dumps(written(spec), ensure_ascii=False)
    session.add(kept)
    session.flush()
    return kept


def check(session: Session, table: CustomTable) -> None:
    """Refuse a table that was put back (找回) and cannot be counted any more."""
    save(session, table.name, load(session, table.name), replace=True)


def remove(session: Session, name: str) -> None:
    """Take away the table saved under a name; what it counts is not touched."""
    access.need(session, *_RIGHTS)
    session.delete(_get(session, name))
    session.flush()


def _find(session: Session, name: str) -> CustomTable | None:
    return session.scalars(select(CustomTable).where(CustomTable.name == clean_line(name))).first()


def _get(session: Session, name: str) -> CustomTable:
    found = _find(session, name)
    if found is None:
        raise Refusal(f"没有叫“{name[:40]}”的自定义统计，请刷新后再选。")
    return found


def _record(value: object, name: str, keys: tuple[str, ...]) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise Refusal(f"“{name}”应是一个 JSON 对象，写在花括号里；请对照说明改正。")
    unknown = [str(key) for key in value if key not in keys]
    if unknown:
        raise Refusal(f"“{name}”里没有“{unknown[0][:40]}”这一项，可写的有：{'、'.join(keys)}。")
    return value


def _words(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise Refusal(f"“{name}”应写一个维度的代码，例如 kind；请对照说明改正。")
    return value


def _day(value: object, name: str) -> date:
    if not isinstance(value, str):
        raise Refusal(f"报告期的“{name}”应写成 2026-01-31 这样的日期；请对照说明改正。")
    return parse_day(value)


def _choice(choices: type[E], value: object, name: str) -> E:
    for choice in choices:
        if choice.value == value:
            return choice
    known = "、".join(str(choice.value) for choice in choices)
    raise Refusal(f"“{name}”不能是“{str(value)[:40]}”，可选的有：{known}。")


def _filters(value: object) -> dict[str, tuple[str, ...]]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise Refusal("“filters”应是一个 JSON 对象，写在花括号里；请对照说明改正。")
    return {str(code): _classes(str(code), keys) for code, keys in value.items()}


def _classes(code: str, keys: object) -> tuple[str, ...]:
    """The classes let in by one filter, each once; codes must be in their list."""
    one = dimension(code)
    if not isinstance(keys, list) or not keys or not all(isinstance(key, str) for key in keys):
        raise Refusal(f"“{one.label}”的筛选应是一个列表，至少选一类；不筛选就不要写它。")
    if len(keys) > _MOST_CLASSES:
        raise Refusal(f"“{one.label}”的筛选选了 {len(keys)} 类，最多 {_MOST_CLASSES} 类，请减少。")
    for key in keys:
        if one.codes is not None and key and key not in {str(entry.value) for entry in one.codes}:
            raise Refusal(f"“{one.label}”里没有“{key[:40]}”这一类，请对照代码表改正。")
    return tuple(dict.fromkeys(keys))
