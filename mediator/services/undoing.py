"""Taking back the last step (撤销): the newest thing a person did to a case, wholly or not at all.

What left the house is not taken back: an issued paper is declared void, a sent table is corrected.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.audit import Entry
from mediator.domain.case import Case
from mediator.domain.codes import Action, Stage, Turn
from mediator.domain.errors import Refusal
from mediator.services import replay, steps
from mediator.services.cases import touch
from mediator.store import history

_LEFT_THE_HOUSE = {
    "issued_paper": "出具了文书，文书不能撤销，可以在“文书”里作废",
    "signing": "记了签署，请在“文书”里改签署情况",
    "claim": "已经申报补贴，请在“以案定补”里处理",
    "material": "动过材料，请在“材料”里改",
}
_TAKES_BACK = (Action.SAVED, Action.UNDONE, Action.RESTORED_ROW)


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


def why_not(entry: Entry | None, by: str) -> str:
    """Why a step cannot be taken back by this person; empty if it can."""
    if entry is None:
        return "没有可以撤销的步骤。"
    if entry.by != by:
        return f"最近一步是{entry.by}做的，要由本人撤销。"
    if entry.action not in _TAKES_BACK:
        return f"最近一步是{entry.action.label}，不能撤销。"
    if any(change.table == "case" and change.turn is Turn.ADDED for change in entry.changes):
        return "案件已经登记，不能撤销登记；登记错了请用“作废”。"
    for change in entry.changes:
        if change.table in _LEFT_THE_HOUSE:
            return f"最近一步{_LEFT_THE_HOUSE[change.table]}。"
    return ""


def undo(session: Session, case: Case, entry_id: int, *, by: str) -> Case:
    """Take back the last step of a case; Refusal if it is no longer the last or cannot be taken back."""
    entry = last(session, case)
    if entry is None or entry.id != entry_id:
        raise Refusal("这个案件刚刚又有改动，请看清最近一步是什么，再撤销。")
    reason = why_not(entry, by)
    if reason:
        raise Refusal(reason)
    if case.stage is Stage.ARCHIVED and not any(change.table == "case" for change in entry.changes):
        raise Refusal(f"{case.number} 已经归档，请先退回上一步。")
    history.note(session, Action.UNDONE, steps.in_words(entry), case_id=case.id, undoes=entry.id)
    replay.take_back(session, entry.changes)
    session.expire_all()
    case = session.scalars(select(Case).where(Case.id == case.id)).one()
    touch(session, case)
    return case
