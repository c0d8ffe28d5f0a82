"""The rows that hang on a case: parties, mediators, investigations, sessions and revisits."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session as Store

from mediator.domain.case import Case
from mediator.domain.codes import EventKind
from mediator.domain.errors import Conflict, Refusal
from mediator.domain.fields import fields_of
from mediator.domain.people import Party, Representative, Staff
from mediator.domain.records import Assignment, Investigation, Revisit, Session
from mediator.services import merging
from mediator.services.cases import fill, guard, keep_needs, touch, trace
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
OTHERS = "代理人、监护人、法定代表人"
"""Who acts for a party."""


def put(
    store: Store,
    case: Case,
    part: str,
    raw: Mapping[str, object],
    *,
    by: str,
    row: int | None = None,
    reason: str = "",
    was: Mapping[str, object] | None = None,
) -> Part:
    """Add a row to one of the lists of a case, or change the one with that id.

    ``was`` is what the person saw before typing, by the same keys as ``raw``; Stale and Gone as in ``fill``.
    """
    guard(case, reason)
    rows: list[Any] = getattr(case, part)
    entry: Any = _of_id(store, part, rows, row) if row is not None else LISTS[part]()
    changed = fill(entry, raw, was)
    merging.check(entry, _others_changed(entry, raw, was or {}))
    _complete(store, entry, raw)
    if row is None:
        rows.append(entry)
    check_staff(case)
    keep_needs(case)
    labels = "、".join(field.label for field in changed)
    detail = f"{entry.title}（{labels}）" if labels else entry.title
    trace(case, EventKind.ADDED if row is None else EventKind.CHANGED, detail, by=by, reason=reason)
    touch(store, case)
    return entry  # type: ignore[no-any-return]


def drop(
    store: Store, case: Case, part: str, row: int, *, by: str, reason: str = "",
    was: Mapping[str, object] | None = None,
) -> None:  # fmt: skip
    """Take a row off a case, if it is still as it was seen (``was``, as in ``put``)."""
    guard(case, reason)
    rows: list[Any] = getattr(case, part)
    entry = _of_id(store, part, rows, row)
    fields = fields_of(LISTS[part])
    merging.unchanged(entry, {key: seen for key, seen in (was or {}).items() if key in fields}, "删除")
    if was is not None and any(was.get(key, stands) != stands for key, stands in _beside(entry).items()):
        merging.stale(entry, f"这一条{entry.title}", "删除")
    if isinstance(entry, Party):
        _check_not_owing(case, entry)
    rows.remove(entry)
    keep_needs(case)
    trace(case, EventKind.REMOVED, in_words(entry), by=by, reason=reason)
    touch(store, case)


def others(party: Party) -> list[dict[str, Any]]:
    """Who acts for a party, as a list that can be changed and put back: id and fields of each."""
    names = fields_of(Representative)
    return [{"id": one.id, **{key: getattr(one, key) for key in names}} for one in party.representatives]


def read_others(raw: object) -> list[dict[str, Any]]:
    """Who acts for a party, read back from JSON."""
    names = fields_of(Representative)
    return [
        {**one, **{key: field.read(one[key]) for key, field in names.items() if key in one}}
        for one in (raw if isinstance(raw, list) else [])
    ]


def others_in_words(listed: object) -> str:
    """Who acts for a party, one a line: 监护人 李某某 母亲."""
    told = [
        [getattr(one.get("proxy"), "label", ""), one.get("name"), one.get("relation")]
        for one in (listed if isinstance(listed, list) else [])
    ]
    return "\n".join(" ".join(str(word) for word in words if word) for words in told) or merging.NOTHING


def _others_changed(entry: Part, raw: Mapping[str, object], was: Mapping[str, object]) -> list[Conflict]:
    """What hangs on a row beside its fields and was changed by somebody else since it was seen."""
    found = []
    for key, stands in _beside(entry).items():
        if key in raw and key in was and was[key] != stands and raw[key] != stands:
            label = OTHERS if key == "representatives" else "调解员姓名"
            seen, now, typed = (_other_in_words(value) for value in (was[key], stands, raw[key]))
            found.append(Conflict(key, label, seen, now, typed, stands))
    return found


def _beside(entry: Part) -> dict[str, object]:
    """What hangs on a row beside its fields, by its key."""
    if isinstance(entry, Party):
        return {"representatives": others(entry)}
    if isinstance(entry, Assignment) and entry.staff is not None:
        return {"staff": entry.staff.name}
    return {}


def _other_in_words(value: object) -> str:
    return others_in_words(value) if isinstance(value, list) else str(value or merging.NOTHING)


def _of_id(store: Store, part: str, rows: list[Any], row: int) -> Any:
    found = next((entry for entry in rows if entry.id == row), None)
    if found is None:
        merging.gone(store, LISTS[part], row)
    return found


def in_words(entry: Part) -> str:
    """Which row it was, in words."""
    if isinstance(entry, Party):
        return f"{entry.side.label}{entry.name}"
    if isinstance(entry, Assignment):
        return f"调解员{entry.staff.name}"
    day = entry.visited_on if isinstance(entry, Revisit) else entry.held_at
    return f"{day:%Y-%m-%d}的{entry.title}"


def _check_not_owing(case: Case, party: Party) -> None:
    items = case.agreement.items if case.agreement else []
    if any(party in (item.debtor, item.creditor) for item in items):
        raise Refusal(f"“{party.name}”写在协议事项里，请先修改或删除那一条事项，再删除当事人。")


def check_staff(case: Case) -> None:
    """Refuse a person who has the same duty twice in a case."""
    duties = [(entry.staff.name, entry.duty) for entry in case.assignments]
    for name, duty in duties:
        if duties.count((name, duty)) > 1:
            raise Refusal(f"“{name}”已经是本案的{duty.label}人员，不用重复增加。")


def _complete(store: Store, entry: Part, raw: Mapping[str, object]) -> None:
    if isinstance(entry, Party):
        _complete_party(store, entry, raw)
    elif isinstance(entry, Assignment):
        if "staff" in raw:
            entry.staff = _staff(store, raw["staff"])
        if entry.staff is None:
            raise Refusal("请选择调解员。")
    else:
        held = entry.visited_on if isinstance(entry, Revisit) else entry.held_at
        label = "回访日期" if isinstance(entry, Revisit) else f"{entry.title[:2]}时间"
        if held is None:
            raise Refusal(f"请填写“{label}”。")
        if (held.date() if isinstance(held, datetime) else held) > date.today():
            raise Refusal(f"“{label}”不能晚于今天，请核对；还没开的会请到时再记。")


def _staff(store: Store, name: object) -> Staff:
    return person(store, str(name or ""))


def _complete_party(store: Store, party: Party, raw: Mapping[str, object]) -> None:
    if not party.name:
        raise Refusal("请填写当事人的姓名或名称。")
    party.fill_from_id(date.today())
    if party.birth_on is not None and party.birth_on > date.today():
        raise Refusal("“出生日期”不能晚于今天，请核对。")
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
