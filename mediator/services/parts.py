"""The rows that hang on a case: parties, mediators, investigations, sessions and revisits."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session as Store

from mediator.domain.case import Case
from mediator.domain.codes import Duty, EventKind
from mediator.domain.errors import Refusal
from mediator.domain.people import Party, Representative, Staff
from mediator.domain.records import Assignment, Investigation, Revisit, Session
from mediator.services.cases import fill, guard, touch, trace
from mediator.services.offices import person

Part = Party | Assignment | Investigation | Session | Revisit

LISTS: dict[str, type[Part]] = {
    "parties": Party,
    "assignments": Assignment,
    "investigations": Investigation,
    "sessions": Session,
    "revisits": Revisit,
}
"""The lists of a case by the name of the attribute that holds them."""


def put(
    store: Store,
    case: Case,
    part: str,
    raw: Mapping[str, object],
    *,
    by: str,
    row: int | None = None,
    reason: str = "",
) -> Part:
    """Add a row to one of the lists of a case, or change the one with that id."""
    guard(case, reason)
    rows: list[Any] = getattr(case, part)
    entry: Any = _of_id(rows, row) if row is not None else LISTS[part]()
    changed = fill(entry, raw)
    _complete(store, entry, raw)
    if row is None:
        rows.append(entry)
    detail = f"{entry.title}({'、'.join(field.label for field in changed)})"
    trace(case, EventKind.ADDED if row is None else EventKind.CHANGED, detail, by=by, reason=reason)
    touch(store, case)
    return entry  # type: ignore[no-any-return]


def drop(store: Store, case: Case, part: str, row: int, *, by: str, reason: str = "") -> None:
    """Take a row off a case."""
    guard(case, reason)
    rows: list[Any] = getattr(case, part)
    entry = _of_id(rows, row)
    rows.remove(entry)
    trace(case, EventKind.REMOVED, entry.title, by=by, reason=reason)
    touch(store, case)


def _of_id(rows: list[Any], row: int) -> Any:
    for entry in rows:
        if entry.id == row:
            return entry
    raise Refusal("这一条已经不在了，可能刚被别人删去；请刷新后再试。")


def _complete(store: Store, entry: Part, raw: Mapping[str, object]) -> None:
    if isinstance(entry, Party):
        _complete_party(store, entry, raw)
    elif isinstance(entry, Assignment):
        if "staff" in raw:
            entry.staff = _staff(store, raw["staff"])
        if entry.staff is None:
            raise Refusal("请选择调解员。")
    elif isinstance(entry, Investigation | Session) and entry.held_at is None:
        raise Refusal(f"请填写{'调查' if isinstance(entry, Investigation) else '调解'}时间。")
    elif isinstance(entry, Revisit) and entry.visited_on is None:
        raise Refusal("请填写回访日期。")


def _staff(store: Store, name: object) -> Staff:
    return person(store, str(name or ""))


def _complete_party(store: Store, party: Party, raw: Mapping[str, object]) -> None:
    if not party.name:
        raise Refusal("请填写当事人的姓名或名称。")
    party.fill_from_id()
    listed = raw.get("representatives")
    if isinstance(listed, list):
        party.representatives[:] = [_representative(party, row) for row in listed]


def _representative(party: Party, raw: Mapping[str, object]) -> Representative:
    known = next((r for r in party.representatives if r.id is not None and r.id == raw.get("id")), None)
    entry = known or Representative()
    fill(entry, raw)
    if not entry.name:
        raise Refusal(f"请填写{party.name}的代理人或监护人的姓名。")
    return entry


def assign(store: Store, case: Case, name: str, duty: Duty, *, by: str) -> Part:
    """Put one mediator on a case."""
    return put(store, case, "assignments", {"staff": name, "duty": duty}, by=by)
