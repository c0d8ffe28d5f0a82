"""The current lists and the pay per case are what an independent counter finds in the dump of the practice data."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from made import dumped
from reference_lists import Line, lines, pay
from sqlalchemy import update
from sqlalchemy.orm import Session

from mediator.domain.agreement import Agreement, Instalment, Item
from mediator.domain.case import Case
from mediator.domain.codes import Level
from mediator.domain.figures import Claim, Closing, Price, Screening
from mediator.domain.people import Party, Staff
from mediator.domain.records import Assignment
from mediator.services import demo, rosters, subsidies, subsidy_closings
from mediator.services.roster_list import ROSTERS
from mediator.services.rosters import Roster

LISTED = (Case, Party, Agreement, Item, Instalment, Assignment, Staff, Screening, Price, Claim, Closing)
ALL = 100_000


@pytest.fixture
def session(practice: Session) -> Iterator[Session]:
    """The practice data; what a test changes is taken back."""
    with Session(practice.get_bind()) as session:
        yield session
        session.rollback()


def shown(session: Session, roster: Roster, today: date, wanted: list[Line]) -> list[Line]:
    """The list as the program makes it, with the cells the counter knows."""
    found = rosters.page(session, roster, today, limit=ALL)
    assert len(found) == len(wanted) == rosters.number_of(session, roster, today)
    labels = [column.label for column in roster.columns]
    cells = [dict(zip(labels, map(str, row.cells), strict=True)) for row in found]
    return [
        (row.case_id, {label: own[label] for label in known})
        for row, own, (_, known) in zip(found, cells, wanted, strict=True)
    ]


@pytest.mark.parametrize("roster", ROSTERS, ids=lambda roster: roster.code)
def test_a_list_is_what_the_dump_says(session: Session, roster: Roster) -> None:
    rows = dumped(session, LISTED)
    for today in (demo.UNTIL, demo.UNTIL + timedelta(1), date(2026, 3, 31), date(2027, 6, 1)):
        wanted = lines(rows, roster.code, today)
        assert shown(session, roster, today, wanted) == wanted
    assert lines(rows, roster.code, demo.UNTIL), "the practice data show nothing of it"


def test_instalments_paid_in_part_and_without_a_day_are_listed_alike(session: Session) -> None:
    ids = sorted(session.scalars(Instalment.__table__.select().with_only_columns(Instalment.id)))
    session.execute(update(Instalment).where(Instalment.id.in_(ids[::3])).values(due_on=None))
    session.execute(update(Instalment).where(Instalment.id.in_(ids[::2])).values(paid=1))
    session.execute(update(Agreement).values(performance=None))
    (roster,) = [roster for roster in ROSTERS if roster.code == "payments"]
    wanted = lines(dumped(session, LISTED), "payments", demo.UNTIL)
    assert {"未定期限"} < {cells["剩余天数"] for _, cells in wanted}
    assert shown(session, roster, demo.UNTIL, wanted) == wanted


def account(session: Session, since: date, until: date) -> dict[str, tuple[str, str, bool, str]]:
    entries = subsidies.count(session, since, until).entries
    return {
        e.number: (e.mediator, e.level.value, e.settled, "" if e.price is None else f"{e.price / 100:.2f}")
        for e in entries
    }


def test_every_case_is_paid_as_the_dump_says_and_once(session: Session) -> None:
    march, quarter = (date(2026, 3, 1), date(2026, 3, 31)), (date(2026, 1, 1), date(2026, 3, 31))
    session.add(Price(level=Level.GENERAL, valid_from=date(2026, 2, 14), settled=133_00))
    session.flush()

    def recounted(since: date, until: date) -> dict[str, tuple[str, str, bool, str]]:
        return pay(dumped(session, LISTED), since.isoformat(), until.isoformat())

    whole = account(session, *quarter)
    assert whole == recounted(*quarter)
    assert {"133.00", "100.00"} <= {amount for *_, amount in whole.values()}
    found = subsidies.checked(session, subsidies.count(session, *march))
    notes = dict.fromkeys(found.doubts, "核对过。")
    subsidy_closings.close(session, *march, by="王𬎆", now=datetime(2026, 4, 2, 9, 0), notes=notes)
    rest = account(session, *quarter)
    assert rest == recounted(*quarter)
    assert set(whole) - set(rest) == set(account(session, *march)) == set(recounted(*march)) != set()
