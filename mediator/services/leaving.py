"""Leaving (离岗): the account is shut and the open cases go to somebody else, in one step; a new data key if need be."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, Select, select
from sqlalchemy.orm import Session

from mediator.domain.case import Case, stands
from mediator.domain.codes import Action, Duty, EventKind, Role, Stage
from mediator.domain.errors import Refusal
from mediator.domain.people import Staff
from mediator.domain.records import Assignment
from mediator.domain.roles import Power
from mediator.domain.wording import clean_line
from mediator.services import access, accounts, cases, drafts, key_changes, listing
from mediator.services.setup import usable
from mediator.services.transaction import BY, reading, transaction
from mediator.store import folder as store
from mediator.store import history, keyfile, rekey
from mediator.store.folder import Folder
from mediator.store.keyfile import Kind

NEW_KEY = "换了数据密钥"
"""How the audit tells of a new data key."""
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
    ids = list(session.scalars(_open_ids(person)))
    heir = _heir(session, person, to, ids) if ids or to.strip() else None
    words = f"{person.name}离岗" + (f"，{len(ids)} 件未办结的案件交给{heir.name}" if heir and ids else "")
    login = person.login
    with usable(path):
        if login:
            key_changes.announce(session, path, words)
        else:
            history.note(session, Action.ACCOUNT, words)
        _hand_drafts(session, person, heir)
        if heir and ids:
            _hand_over(session, person, heir, ids)
        person.login, person.left_on = None, on
        session.flush()
        if login:
            store.remove_login(Folder(path), login, accounts.key(session))
    return person


def change_key(
    path: Path, engine: Engine, by: str, tell: Callable[[str], object] = lambda words: None, *,
    paper: str = "", superior: str = "",
) -> Engine:  # fmt: skip
    """Write the data anew under a new data key; return it opened anew. Everybody's password opens it as before.

    The recovery key of before opens it no more, ``paper`` takes its place; nor does the superior's unless ``superior``
    is the name it was set under: whoever is to be kept out may have had either in hand.
    """
    with reading(engine, by) as session:
        access.need(session, Power.ACCOUNTS)
    before, superior = keyfile.read(Folder(path).keys), clean_line(superior)
    known = [slot.login for slot in before.of(Kind.SUPERIOR)]
    if superior and superior not in known:
        raise Refusal(f"没有叫“{superior}”的上级恢复公钥，请照名称输入；不填就不再让上级打开。")
    words = (
        f"{NEW_KEY}，换之前的数据另存在数据文件夹里“换密钥之前”下面；"
        + ("恢复密钥换了新的" if paper else "恢复密钥作废，没有新的")
        + "".join(f"；上级恢复公钥（{name}）{'继续有效' if name == superior else '取消了'}" for name in known)
    )
    with usable(path):
        key_changes.ahead(engine, path, by, words)
        fresh = rekey.rekey(Folder(path), engine, paper=paper, superior=superior, tell=tell)
    with transaction(fresh, by) as session:
        history.note(session, Action.ACCOUNT, words)
    return fresh


def _heir(session: Session, person: Staff, to: str, ids: list[int]) -> Staff:
    """Who takes over these cases; Refusal if they cannot."""
    if not to.strip():
        raise Refusal(f"{person.name}还有 {len(ids)} 件没有办结的案件，请选一位接手的人。")
    heir = accounts.find(session, to)
    if heir is person or heir.left_on is not None:
        raise Refusal(f"案件不能交给{heir.name}，请另选一位在岗的同事。")
    barred = [
        case.number
        for case in _chosen(session, ids)
        if any(a.staff is heir and a.recusal for a in case.assignments)
    ]
    if barred:
        raise Refusal(
            f"{heir.name}在{'、'.join(barred)}里已经回避，不能接手；请另选一位，或先把这几件交给别人。"
        )
    return heir


def _hand_over(session: Session, person: Staff, heir: Staff, ids: list[int]) -> None:
    for case in _chosen(session, ids):
        _assign(case, person, heir)
        words = f"{person.name}离岗，由{heir.name}接办"
        case.events.append(cases.event(EventKind.CHANGED, session.info.get(BY, ""), detail=words))
        cases.touch(session, case)


def _hand_drafts(session: Session, person: Staff, heir: Staff | None) -> None:
    """What the leaver typed and did not save goes to the heir; where there is none, to a leader, or whoever does this."""
    here = select(Staff).where(Staff.left_on.is_(None), Staff.login.is_not(None), Staff.id != person.id)
    leaders = [one.name for one in session.scalars(here.order_by(Staff.id)) if Role.LEADER in one.held]
    by = session.info.get(BY, "")
    to = heir.name if heir else next(iter(leaders), by if by != person.name else "")
    if to:
        drafts.hand_over(session, person.name, to)


def _chosen(session: Session, ids: list[int]) -> list[Case]:
    return list(session.scalars(select(Case).where(Case.id.in_(ids)).order_by(Case.id)))


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
        .where(*working, Case.stage.not_in(_DONE), stands())
        .distinct()
        .order_by(Case.id.desc())
    )
