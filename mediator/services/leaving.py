"""Leaving (离岗): the account is shut and the open cases go to somebody else, in one step; a new data key if need be."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, Select, select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Action, Duty, EventKind, Stage
from mediator.domain.errors import Refusal
from mediator.domain.people import Staff
from mediator.domain.records import Assignment
from mediator.domain.roles import Power
from mediator.services import access, accounts, cases, drafts, listing
from mediator.services.setup import usable
from mediator.services.transaction import BY, reading, transaction
from mediator.store import folder as store
from mediator.store import history, rekey
from mediator.store.folder import Folder

_DONE = (Stage.CLOSED, Stage.ARCHIVED, Stage.REFUSED)


def open_cases(session: Session, name: str) -> list[listing.Row]:
    """The cases somebody works on that are not closed yet, the newest first."""
    ids = session.scalars(_open_ids(accounts.find(session, name)))
    return listing.of_ids(session, list(ids))


def heirs(session: Session, name: str) -> list[str]:
    """Who may take over from somebody: mediators who are still there, by name."""
    here = Staff.left_on.is_(None) & Staff.mediates & (Staff.name != name)
    return list(session.scalars(select(Staff.name).where(here).order_by(Staff.name)))


def leave(session: Session, path: Path, name: str, on: date, to: str = "") -> Staff:
    """Somebody leaves on a day: their account is shut, and ``to`` takes over their open cases."""
    person = accounts.find(session, name)
    access.need(session, Power.ACCOUNTS if person.login else Power.SETTINGS)
    if on > date.today():
        raise Refusal("离岗日期还没有到；请到那一天再办，案件可以先在各案的“调解员”里交给别人。")
    if person.login:
        accounts.keep_an_administrator(session, path, person)
    handed = _hand_over(session, person, to)
    words = f"，{len(handed)} 件未办结的案件交给{to}" if handed else ""
    history.note(session, Action.ACCOUNT, f"{person.name}离岗{words}")
    login, person.login, person.left_on = person.login, None, on
    session.flush()
    if login:
        with usable(path):
            store.remove_login(Folder(path), login, accounts.key(session))
    return person


def change_key(
    path: Path, engine: Engine, by: str, tell: Callable[[str], object] = lambda words: None
) -> Engine:
    """Write the data anew under a new data key; return it opened anew. Everybody's password opens it as before."""
    with reading(engine, by) as session:
        access.need(session, Power.ACCOUNTS)
    with usable(path):
        fresh = rekey.rekey(Folder(path), engine, tell=tell)
    with transaction(fresh, by) as session:
        history.note(session, Action.ACCOUNT, "换了数据密钥，换之前的数据另存在数据文件夹里“换密钥之前”下面")
    return fresh


def _hand_over(session: Session, person: Staff, to: str) -> list[Case]:
    ids = list(session.scalars(_open_ids(person)))
    if not ids:
        return []
    if not to.strip():
        raise Refusal(f"{person.name}还有 {len(ids)} 件没有办结的案件，请选一位接手的人。")
    heir = accounts.find(session, to)
    if heir is person or heir.left_on is not None:
        raise Refusal(f"案件不能交给{heir.name}，请另选一位在岗的同事。")
    chosen = list(session.scalars(select(Case).where(Case.id.in_(ids)).order_by(Case.id)))
    drafts.hand_over(session, person.name, heir.name)
    barred = [case.number for case in chosen if any(a.staff is heir and a.recusal for a in case.assignments)]
    if barred:
        raise Refusal(
            f"{heir.name}在{'、'.join(barred)}里已经回避，不能接手；请另选一位，或先把这几件交给别人。"
        )
    for case in chosen:
        _assign(case, person, heir)
        words = f"{person.name}离岗，由{heir.name}接办"
        case.events.append(cases.event(EventKind.CHANGED, session.info.get(BY, ""), detail=words))
        cases.touch(session, case)
    return chosen


def _assign(case: Case, person: Staff, heir: Staff) -> None:
    """The heir takes the place of the one who leaves; who has a place already keeps it, or comes to lead."""
    known = next((a for a in case.assignments if a.staff is heir), None)
    for old in [a for a in case.assignments if a.staff is person and not a.recusal]:
        if known is None:
            old.staff, known = heir, old
            continue
        if old.duty is Duty.LEAD:
            known.duty = Duty.LEAD
        case.assignments.remove(old)


def _open_ids(person: Staff) -> Select[int]:
    working = (Assignment.staff_id == person.id, Assignment.recusal == "")
    return (
        select(Case.id)
        .join(Assignment, Assignment.case_id == Case.id)
        .where(*working, Case.stage.not_in(_DONE), Case.discarded_on.is_(None))
        .distinct()
        .order_by(Case.id.desc())
    )
