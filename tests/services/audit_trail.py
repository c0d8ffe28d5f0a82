"""A desk at which something was done, for the tests of the audit; and hands that reach behind the program's back."""

from datetime import date
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from mediator.domain.codes import Action, Role
from mediator.services import cases, documents, offices, outgoing
from mediator.services.transaction import transaction
from mediator.store import history

TODAY = date(2026, 11, 21)
BY, OTHER = "陈志华", "李䶮"
NAME = "𪚥小明·阿不都"


def colleague(engine: Engine, name: str, role: Role = Role.MEDIATOR) -> str:
    """Let somebody else work in a role; past the history, so that it holds no more than what a test does. Their name."""
    with Session(engine) as session, session.begin():
        offices.person(session, name).held = frozenset({role})
    return name


def worked(engine: Engine) -> int:
    """A case registered and changed by two, a paper printed; the id of the case."""
    raw: dict[str, Any] = {
        "registered_on": "2026-03-01", "kind": "neighbour", "summary": f"{NAME}家漏水，\n楼下被泡。",
        "parties": [{"name": NAME, "phone": "13000000000"}, {"name": "钱龘", "side": "respondent"}],
    }  # fmt: skip
    colleague(engine, OTHER)
    with transaction(engine, BY) as session:
        case = documents.register(session, raw, by=BY, today=TODAY)
        case_id, number = case.id, case.number
    with transaction(engine, OTHER) as session:
        cases.amend(session, cases.load(session, case_id), {"claimed": "2100.50"}, by=OTHER)
    with transaction(engine, OTHER) as session:
        outgoing.printed(session, "调解协议书", "财务室 HP", number=number)
    with transaction(engine, BY) as session:
        history.note(session, Action.LOGGED_OUT)
    return case_id


def meddle(engine: Engine, *statements: str) -> None:
    """Change the database past the triggers that forbid it, as somebody with the key and some skill may."""
    with engine.begin() as connection:
        for trigger in ("entry_stays", "entry_kept", "change_stays"):
            connection.exec_driver_sql(f"drop trigger if exists {trigger}")
        for statement in statements:
            connection.exec_driver_sql(statement)
