"""The cases in question (有关案件): those because of which a check does not hold, and those behind a number."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.figures import Screening
from mediator.services import case_lists, closings, figures, listing
from mediator.services.batches import in_batches
from mediator.services.frozen import Frozen
from mediator.services.listing import MOST, Row
from mediator.tallies import count as counting
from mediator.tallies import register
from mediator.tallies.checks import Adds, Against, Between, Continues, Judgement, Verdict
from mediator.tallies.population import CASES, Population
from mediator.tallies.table import Column, Table
from mediator.tallies.tally import Tally


def can_name(tally: Tally, judgement: Judgement) -> bool:
    """Whether a check does not hold, and there are cases to be named for it."""
    found = {column.name: column for column in tally.table.columns}
    columns = [found.get(name) for name in judgement.columns]
    wrong = judgement.verdict is not Verdict.PASSED and judgement.check is not None
    return wrong and bool(columns) and all(column is not None and column.opens_cases for column in columns)


def behind_check(session: Session, tally: Tally, judgement: Judgement, *, limit: int = MOST) -> list[Row]:
    """The cases that make a check fail; where it is no case's coming or going, those behind its first number."""
    check, since = judgement.check, tally.year if judgement.so_far and tally.year else tally.since
    if check is None or not can_name(tally, judgement):
        return []
    if isinstance(check, Between | Continues | Adds):
        found = of_uids(session, _moved(session, tally, judgement), limit=limit)
    else:
        ids = counting.astray(tally.table, check, tally.basis, since, tally.until).limit(limit)
        found = listing.of_ids(session, session.scalars(ids).all())
    own = tally.table.column(judgement.columns[0]).name
    return found or figures.behind(session, tally.table, own, tally.basis, since, tally.until, limit=limit)


def behind_number(session: Session, tally: Tally, name: str, since: date, *, limit: int = MOST) -> list[Row]:
    """The cases behind a number from a day on; of a closed period those that were counted when it was closed."""
    if isinstance(tally, Frozen):
        closing = closings.standing(session, tally.table, tally.since, tally.until)
        so_far = since != tally.since
        return closings.behind(session, closing, name, so_far=so_far, limit=limit) if closing else []
    return figures.behind(session, tally.table, name, tally.basis, since, tally.until, limit=limit)


def of_uids(session: Session, uids: Iterable[str], *, limit: int = MOST) -> list[Row]:
    """The cases of some life-long identities, as far as they are still there."""
    return listing.of_ids(session, _ids(session, sorted(uids)[:limit]))


def counts(tally: Tally, name: str) -> Population:
    """What a number of a table counts: cases, screenings …; Refusal if there is no such number."""
    kept = {heading.name for heading in tally.headings} - {column.name for column in tally.table.columns}
    return CASES if name in kept else tally.table.column(name).of


def all_behind(session: Session, tally: Tally, name: str) -> Iterator[Row]:
    """All the cases behind a number of the period, one after another: by the day that counts them, of a closed period the
    oldest first.
    """
    if isinstance(tally, Frozen):
        ids: Sequence[int] = _ids(
            session, [thing for thing in _frozen(session, tally, name) if case_lists.is_case(thing)]
        )
    else:
        ids = session.scalars(counting.drill(tally.table, name, tally.basis, tally.since, tally.until)).all()
    for some in in_batches(ids):
        rows = {row.id: row for row in listing.of_ids(session, some)}
        yield from (rows[each] for each in some if each in rows)


def screenings_behind(session: Session, tally: Tally, name: str) -> list[Screening]:
    """The screenings behind a number of the period, as far as they are still there, the earliest first."""
    if isinstance(tally, Frozen):
        things = _frozen(session, tally, name)
        ids: Sequence[int] = [case_lists.number_of(thing) for thing in things]
    else:
        ids = session.scalars(counting.drill(tally.table, name, tally.basis, tally.since, tally.until)).all()
    found = chain(
        *(session.scalars(select(Screening).where(Screening.id.in_(some))) for some in in_batches(ids))
    )
    return sorted(found, key=lambda one: (one.screened_on, one.id))


def _frozen(session: Session, tally: Tally, name: str) -> list[str]:
    """What stood behind a number when its period was closed."""
    closing = closings.standing(session, tally.table, tally.since, tally.until)
    return closings.members(session, closing).of(name) if closing else []


def _ids(session: Session, uids: Sequence[str]) -> list[int]:
    """The ids of some cases in the order of their life-long identities, as far as they are still there."""
    found: dict[str, int] = {}
    for some in in_batches(uids):
        rows = session.execute(select(Case.uid, Case.id).where(Case.uid.in_(some)))
        found |= {row.uid: row.id for row in rows}
    return [found[uid] for uid in uids if uid in found]


def _moved(session: Session, tally: Tally, judgement: Judgement) -> set[str]:
    """The cases that one of two tables counts and the other does not; where one may count less, those only it counts."""
    check, against = judgement.check, judgement.against
    since, until = tally.since, tally.until
    if isinstance(check, Adds):
        since, until = against[0].since, against[-1].until
    own = _counted(session, tally, tally.table.column(judgement.columns[0]), since, until)
    shown = set(chain(*(_as_shown(session, tally, one) for one in against)))
    return own - shown if isinstance(check, Between) and check.at_most else own ^ shown


def _as_shown(session: Session, tally: Tally, one: Against) -> set[str]:
    """Which cases a column of another table or period counts, as it was closed or, while it is open, now."""
    table = register.of(one.table, one.until)
    closing = closings.standing(session, table, one.since, one.until)
    if closing is not None:
        return set(filter(case_lists.is_case, closings.members(session, closing).of(one.column)))
    column = table.column(one.column)
    return (
        _counted(session, tally, column, one.since, one.until, table=table) if column.opens_cases else set()
    )


def _counted(
    session: Session, tally: Tally, column: Column, since: date, until: date, table: Table | None = None
) -> set[str]:
    ids = counting.drill(table or tally.table, column.name, tally.basis, since, until)
    return set(session.scalars(select(Case.uid).where(Case.id.in_(ids.order_by(None)))))
