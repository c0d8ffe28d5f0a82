"""Looking for a whole number is kept, with how many were found and without the number."""

import pytest
from made_cases import put
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mediator.domain.audit import Entry
from mediator.domain.codes import Action, Stage
from mediator.domain.identity import whole_number
from mediator.domain.people import Party
from mediator.services import searching
from mediator.services.listing import Wanted
from mediator.services.transaction import transaction
from mediator.store import search

BY = "陈志华"
NUMBER, PHONE = "00000019620315001X", "13000000000"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (NUMBER, "证件号码"), (NUMBER.lower(), "证件号码"), ("０００００0 19620315 001x", "证件号码"),
        (f"王𬎆 {NUMBER}", "证件号码"), (PHONE, "电话号码"), ("130 0000 0000", "电话号码"), ("+8613000000000", "电话号码"),
        ("000-00000000", "电话号码"), ("00000000000", "电话号码"), (f"钱龘 {PHONE}", "电话号码"),
        (NUMBER[:-1], ""), (f"{NUMBER}1", ""), (PHONE[:-1], ""), ("12000000000", ""), ("00000000", ""),
        ("(2026)滨江人调字第001号", ""), ("王𬎆", ""), ("", ""), ("2026 1301", ""),
    ],
)  # fmt: skip
def test_only_a_whole_number_counts(words: str, kind: str) -> None:
    assert whole_number(words) == kind


def told(session: Session) -> list[Entry]:
    return list(session.scalars(select(Entry).where(Entry.action == Action.SEARCHED).order_by(Entry.id)))


def test_the_audit_keeps_that_it_was_done_and_how_many_there_were(engine: Engine) -> None:
    with transaction(engine, BY) as session:
        for name in ("王𬎆", "𪚥小明"):
            case = put(session)
            case.parties.append(Party(name=name, id_number=NUMBER, phone=PHONE))
            session.flush()
            search.index(session, case)
    for words in (NUMBER, f"小明 {PHONE}", NUMBER[:-1], "王𬎆"):
        with transaction(engine, BY) as session:
            searching.tell(session, Wanted(words=words))
    with transaction(engine, BY) as session:
        searching.tell(session, Wanted(words=NUMBER, stage=Stage.ARCHIVED))
    with Session(engine) as session:
        found = [(entry.detail, entry.by, entry.case_id) for entry in told(session)]
        assert found == [
            ("按证件号码查找案件，找到 2 件", BY, None), ("按电话号码查找案件，找到 1 件", BY, None),
            ("按证件号码查找案件，找到 0 件", BY, None),
        ]  # fmt: skip
        kept = " ".join(str(value) for entry in told(session) for value in vars(entry).values())
        assert NUMBER not in kept and PHONE not in kept
