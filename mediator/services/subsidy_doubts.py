"""What wants a look before an account of pay per case is closed (重复申报核查): claims made twice, cases that look alike."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Level
from mediator.domain.figures import Claim, Closing
from mediator.domain.people import Party
from mediator.domain.periods import days
from mediator.tallies.population import concluded

NEAR = timedelta(90)
"""Registered within so many days, between the same people, of the same kind: perhaps one dispute. The program's own measure."""
_MOST = 5
"""Numbers of cases named in one sentence."""
_BETWEEN = "\x1f"


def doubts(
    session: Session, since: date, until: date, registered: tuple[date, date] | None, unled: Sequence[str],
    unpriced: Mapping[Level, int],
) -> list[str]:  # fmt: skip
    """Sentences without full stop; each is to be explained before the account can be closed.

    ``registered``: between which days its cases were registered; None if it has none.
    """
    found = list(_claimed(session, since, until))
    if registered:
        found += [_told(*pair) for pair in _pairs(session, since, until, registered)]
    if unled:
        found.append(f"{_named(unled)}没有记主持调解员，没有计入")
    for level in Level:
        if unpriced.get(level):
            found.append(f"难易程度为{level.label}、调解成功的 {unpriced[level]} 件没有补贴标准，按 0 元计")
    return found


def claimed_before(since: date, until: date) -> Select[int]:
    """The cases that were claimed in another closed period."""
    elsewhere = or_(Closing.since != since, Closing.until != until)
    return select(Claim.case_id).join(Closing, Closing.id == Claim.closing_id).where(elsewhere)


def _claimed(session: Session, since: date, until: date) -> Iterator[str]:
    twice = (
        select(Case.number, Closing.since, Closing.until)
        .join(Claim, Claim.case_id == Case.id)
        .join(Closing, Closing.id == Claim.closing_id)
        .where(concluded(since, until), Case.id.in_(claimed_before(since, until)))
        .order_by(Closing.since, Closing.until, Case.id)
    )
    periods: dict[tuple[date, date], list[str]] = defaultdict(list)
    for row in session.execute(twice):
        periods[row.since, row.until].append(row.number)
    for period, numbers in periods.items():
        yield f"{_named(numbers)}已在{days(*period)}申报过补贴，这次不再计入"


def _pairs(
    session: Session, since: date, until: date, registered: tuple[date, date]
) -> Iterator[tuple[Any, Any]]:
    """Cases that look like one dispute, of which at least one came to its result in the period."""
    like: dict[tuple[object, str], list[Any]] = defaultdict(list)
    for row in session.execute(alike(since, until, registered)):
        like[row.kind, row.names].append(row)
    for rows in like.values():
        rows.sort(key=lambda row: (row.registered_on, row.number))
        for one, other in pairwise(rows):
            if (one.here or other.here) and other.registered_on - one.registered_on <= NEAR:
                yield one, other


def alike(since: date, until: date, registered: tuple[date, date]) -> Select[*tuple[Any, ...]]:
    """Cases with a result, registered near those of the period, whose parties are those of another case near it."""
    first, last = registered
    near = select(Case.id).where(Case.registered_on.between(first - NEAR, last + NEAR))
    names = func.aggregate_strings(Party.name, _BETWEEN).aggregate_order_by(Party.name)
    listed = select(Party.case_id, names.label("names")).where(Party.case_id.in_(near))
    people = listed.group_by(Party.case_id).cte("people")
    twice = select(people.c.names).group_by(people.c.names).having(func.count() > 1)
    here = concluded(since, until).label("here")
    return (
        select(Case.number, Case.kind, Case.registered_on, here, people.c.names)
        .join(people, people.c.case_id == Case.id)
        .where(people.c.names.in_(twice), Case.outcome.is_not(None), Case.concluded_on <= until)
        .order_by(Case.registered_on, Case.id)
    )


def _told(one: Any, other: Any) -> str:
    apart = (other.registered_on - one.registered_on).days
    when = f"登记日期相差 {apart} 天" if apart else "同一天登记"
    return f"{one.number}和{other.number}当事人、纠纷类型都相同，{when}，可能是同一纠纷"


def _named(numbers: Sequence[str]) -> str:
    shown = "、".join(numbers[:_MOST])
    return f"{shown}等 {len(numbers)} 件" if len(numbers) > _MOST else shown
