"""Taking back the last step (撤销): the newest thing a person did to a case, wholly or not at all.

What left the house is not taken back: an issued paper is declared void, a sent table is corrected. Nor are the lines of the
case's own history (经过): there is one more, which says what was taken back. Who was entered as staff stays.
"""

import json
from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mediator.domain.audit import Change, Entry
from mediator.domain.case import Case
from mediator.domain.codes import Action, EventKind, Stage, Turn
from mediator.domain.errors import Refusal
from mediator.domain.records import Event
from mediator.services import names, replay, steps
from mediator.services.cases import event, touch
from mediator.store import history

_LEFT_THE_HOUSE = {
    "issued_paper": "出具了文书，文书不能撤销，可以在“文书”里作废",
    "signing": "记了签署，请在“文书”里改签署情况",
    "claim": "已经申报补贴，请在“以案定补”里处理",
    "material": "动过材料，请在“材料”里改",
}
_TAKES_BACK = (Action.SAVED, Action.RESTORED_ROW)
_STAYS = ("event", "staff", "counter", "content")
"""Tables whose rows are left as they are: lines of 经过, people, numbers given out, and bytes."""


def last(session: Session, case: Case) -> Entry | None:
    """The newest thing done to a case that was not taken back already; None if there is none."""
    gone: set[int] = set()
    for entry in steps.of_case(session, case.id):
        if entry.id in gone or not steps.matters(entry):
            continue
        if entry.action is Action.UNDONE and entry.undoes is not None:
            gone.add(entry.undoes)
            continue
        return entry
    return None


def why_not(session: Session, case: Case, entry: Entry | None, by: str) -> str:
    """Why the last step of a case cannot be taken back by this person; empty if it can."""
    if case.discarded_on is not None:
        return f"{case.number} 已经作废，不能再改；确需改动，请先在“回收站”里恢复它。"
    if entry is None:
        return "没有可以撤销的步骤。"
    if entry.by not in names.of_name(session, by):
        return f"最近一步是{entry.by}做的，要由本人撤销。"
    if entry.action not in _TAKES_BACK:
        return f"最近一步是{entry.action.label}，不能撤销。"
    if any(change.table == "case" and change.turn is Turn.ADDED for change in entry.changes):
        return "案件已经登记，不能撤销登记；登记错了请用“作废”。"
    for change in entry.changes:
        if change.table in _LEFT_THE_HOUSE:
            return f"最近一步{_LEFT_THE_HOUSE[change.table]}。"
    if _of_several(session, case, entry):
        return "最近一步同时动了几个案件，不能在一个案件里撤销；请直接改成您要的内容。"
    if _became(entry, "discarded_on"):
        return "最近一步是恢复作废的案件，不能撤销；确实要作废，请再作废一次。"
    if case.stage is Stage.ARCHIVED and _became(entry, "stage") != [Stage.ARCHIVED.value]:
        return f"{case.number} 已经归档，只能查阅；确需改动，请先把它退回上一步。"
    if not _taken_back(entry):
        return "最近一步只在经过里记了一行，没有可以撤销的内容。"
    return ""


def undo(session: Session, case: Case, entry_id: int, *, by: str, reason: str = "") -> Case:
    """Take back the last step of a case; a case that is closed or refused wants a reason.

    Refusal if it is no longer the last or cannot be taken back.
    """
    history.lock(session)
    entry = last(session, case)
    if entry is None or entry.id != entry_id:
        raise Refusal("这个案件刚刚又有改动，请看清最近一步是什么，再撤销。")
    words = why_not(session, case, entry, by)
    if words:
        raise Refusal(words)
    if case.finished and not reason.strip():
        raise Refusal(f"{case.number} 已经{case.stage.label}，撤销要写明原因。")
    history.note(
        session, Action.UNDONE, steps.in_words(entry), case_id=case.id, undoes=entry.id, reason=reason.strip()
    )
    lines = list(_lines(session, entry, by, reason.strip()))
    replay.take_back(session, _taken_back(entry))
    session.expire_all()
    case = session.scalars(select(Case).where(Case.id == case.id)).one()
    case.events += lines
    touch(session, case)
    return case


def stays(entry: Entry) -> list[str]:
    """Who was entered as staff with a step, and stays when it is taken back, by name."""
    added = [change for change in entry.changes if change.table == "staff" and change.turn is Turn.ADDED]
    return [str(json.loads(change.after)["name"]) for change in added]


def _taken_back(entry: Entry) -> list[Change]:
    return [change for change in entry.changes if change.table not in _STAYS]


def _of_several(session: Session, case: Case, entry: Entry) -> bool:
    """Whether a step did something to other cases as well."""
    others = or_(Change.case_id.is_(None), Change.case_id != case.id)
    found = session.scalar(select(Change.id).where(Change.entry_id == entry.id, others).limit(1))
    return found is not None


def _became(entry: Entry, key: str) -> list[object]:
    """What a column of the case became with a step, if it changed."""
    told = [json.loads(change.after) for change in entry.changes if change.table == "case"]
    return [after[key] for after in told if key in after]


def _lines(session: Session, entry: Entry, by: str, reason: str) -> Iterator[Event]:
    """The lines of 经过 that take back those which a step wrote, the last one first."""
    for change in reversed([change for change in entry.changes if change.table == "event"]):
        line = session.get_one(Event, change.row_id)
        told = f"“{line.stage_to.label}”" if line.stage_to else ""
        words = f"{line.kind.label}{told}" + (f"：{line.detail}" if line.detail else "")
        on = line.on if line.kind is EventKind.EXTENDED else None
        yield event(
            EventKind.UNDONE, by, stage_from=line.stage_to, stage_to=line.stage_from, on=on, detail=words,
            reason=reason,
        )  # fmt: skip
