"""The cases in question (有关案件): those because of which a check does not hold, and those behind a number."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain import periods
from mediator.domain.case import Case
from mediator.services import case_lists, closings, figures, listing, offices
from mediator.services.frozen import Frozen
from mediator.services.listing import Row
from mediator.tallies import count as counting
from mediator.tallies import register
from mediator.tallies.checks import Between, Continues, Judgement, Verdict
from mediator.tallies.table import Column, Table
from mediator.tallies.tally import Tally

MOST = 1000
_AT_ONCE = 500


def can_open(tally: Tally, judgement: Judgement) -> bool:
    """Whether a check that does not hold can name cases."""
    found = {column.name: column for column in tally.table.columns}
    columns = [found.get(name) for name in judgement.columns]
    wrong = judgement.verdict is not Verdict.PASSED and judgement.check is not None
    return wrong and bool(columns) and all(column is not None and column.opens_cases for column in columns)


def behind_check(session: Session, tally: Tally, judgement: Judgement) -> list[Row]:
    """The cases that make a check fail; where it is no case's coming or going, those behind its first number."""
    check, since = judgement.check, tally.year if judgement.so_far and tally.year else tally.since
    assert check is not None
    if not isinstance(check, Between | Continues):
        ids = counting.astray(tally.table, check, tally.basis, since, tally.until).limit(MOST)
        found = listing.of_ids(session, session.scalars(ids).all())
    else:
        found = rows_of(session, _moved(session, tally, judgement))
    own = tally.table.column(judgement.columns[0]).name
    return found or figures.behind(session, tally.table, own, tally.basis, since, tally.until, limit=MOST)


def behind_number(session: Session, tally: Tally, name: str, since: date) -> list[Row]:
    """The cases behind a number from a day on; of a closed period those that were counted when it was closed."""
    if isinstance(tally, Frozen) and since == tally.since:
        closing = closings.standing(session, tally.table, tally.since, tally.until)
        return closings.behind(session, closing, name, limit=MOST) if closing else []
    return figures.behind(session, tally.table, name, tally.basis, since, tally.until, limit=MOST)


def rows_of(session: Session, uids: Iterable[str]) -> list[Row]:
    """The cases of some life-long identities, as far as they are still there."""
    wanted = sorted(uids)[:MOST]
    ids: list[int] = []
    for start in range(0, len(wanted), _AT_ONCE):
        ids += session.scalars(select(Case.id).where(Case.uid.in_(wanted[start : start + _AT_ONCE])))
    return listing.of_ids(session, ids)


def _moved(session: Session, tally: Tally, judgement: Judgement) -> set[str]:
    """The cases that one of two tables counts and the other does not."""
    check, (since, until) = judgement.check, (tally.since, tally.until)
    if isinstance(check, Between):
        other, theirs = register.of(check.table, until), check.column
    else:
        assert isinstance(check, Continues)
        other, theirs = tally.table, check.closing
        since, until = periods.previous(since, until, offices.own(session).cut_off)
    own = _counted(session, tally, tally.table.column(judgement.columns[0]), tally.since, tally.until)
    return own ^ _as_shown(session, tally, other, theirs, (since, until))


def _as_shown(session: Session, tally: Tally, table: Table, name: str, period: tuple[date, date]) -> set[str]:
    """Which cases a column of another table counts, as it was closed or, while it is open, now."""
    closing = closings.standing(session, table, *period)
    if closing is None:
        column = table.column(name)
        return _counted(session, tally, column, *period, table=table) if column.opens_cases else set()
    return {uid for uid, names in case_lists.read(closing.cases).items() if name in names}


def _counted(
    session: Session, tally: Tally, column: Column, since: date, until: date, table: Table | None = None
) -> set[str]:
    ids = counting.drill(table or tally.table, column.name, tally.basis, since, until)
    return set(session.scalars(select(Case.uid).where(Case.id.in_(ids.order_by(None)))))
