"""Names somebody bore (曾用名): the log keeps the name of the day, and a person is found under all of theirs.

Nothing in the log is written anew when somebody is renamed. A name under which something was done is never given to
anybody else, so that it always tells whose it was.
"""

import json

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from mediator.domain.audit import Change, Entry
from mediator.domain.errors import Refusal
from mediator.domain.people import Staff
from mediator.domain.records import Event


def bearers(session: Session) -> dict[str, int]:
    """By every name that anybody of the staff bears or bore, the id of the last who had it."""
    kept = select(Change.row_id, Change.before, Change.after).where(Change.table == Staff.__tablename__)
    found: dict[str, int] = {}
    for row_id, *both in session.execute(kept.order_by(Change.id)):
        found |= {name: row_id for one in both if (name := json.loads(one).get(Staff.name.key))}
    return found | {name: row_id for row_id, name in session.execute(select(Staff.id, Staff.name))}


def of(session: Session, person: Staff) -> list[str]:
    """All names under which somebody is found in the log."""
    return [name for name, row_id in bearers(session).items() if row_id == person.id]


def of_name(session: Session, name: str) -> list[str]:
    """The same for the person who bears a name now; only the name where it is nobody's of the staff."""
    person = session.scalars(select(Staff).where(Staff.name == name)).first()
    return of(session, person) if person is not None else [name]


def earlier(session: Session, name: str) -> Staff | None:
    """Who did something under a name that is theirs no more; None if nobody did."""
    row_id = bearers(session).get(name)
    did = exists().where(Entry.by == name), exists().where(Event.by == name)
    if row_id is None or not session.scalar(select(or_(*did))):
        return None
    person = session.get(Staff, row_id)
    return person if person is not None and person.name != name else None


def check_free(session: Session, name: str, row_id: int | None) -> None:
    """Refuse to give somebody a name under which another did something; asked before it is written."""
    with session.no_autoflush:
        person = earlier(session, name)
    if person is not None and person.id != row_id:
        raise Refusal(
            f"“{name}”是{person.name}以前的姓名，以前的记录里写的是它，不能再给别人用；请加以区别，如“{name}（小）”。"
        )
