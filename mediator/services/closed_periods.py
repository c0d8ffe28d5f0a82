"""Closed periods beside another (前后各期的结账): the one that ends where it begins, and those that it is made of."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from mediator.domain.figures import Closing


def ending(session: Session, code: str, day: date) -> Closing | None:
    """The closing of a table that ends on a day, however long its period; of several the one entered last."""
    found = select(Closing).where(Closing.table == code, Closing.until == day).order_by(Closing.id.desc())
    return session.scalars(found.options(defer(Closing.cases))).first()


def making_up(session: Session, code: str, since: date, until: date, *, whole: bool) -> list[Closing]:
    """The closings that stand for periods which make up these days without gap; none if there are no such periods.

    One of all the days counts only if ``whole``.
    """
    within = (Closing.table == code, Closing.since >= since, Closing.until <= until)
    rows = select(Closing).where(*within).order_by(Closing.serial).options(defer(Closing.cases))
    newest = {(closing.since, closing.until): closing for closing in session.scalars(rows)}
    if not whole:
        newest.pop((since, until), None)
    return _laid_end_to_end(newest.values(), since, until)


def _laid_end_to_end(closings: Iterable[Closing], since: date, until: date) -> list[Closing]:
    """Some of the closings, each beginning where another ends, from the first day to the last; the shorter before the longer."""
    reached: dict[date, list[Closing]] = {since: []}
    for closing in sorted(closings, key=lambda closing: (closing.since, closing.until)):
        if closing.since in reached:
            reached.setdefault(closing.until + timedelta(1), [*reached[closing.since], closing])
    return reached.get(until + timedelta(1), [])
