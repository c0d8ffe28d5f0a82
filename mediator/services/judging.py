"""All that the checks say of a table (审核): within it, with other tables, with the last period, with those it is made of."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy.orm import Session

from mediator.services import closed_periods, closing_chain
from mediator.services.frozen import Frozen, frozen, shown
from mediator.tallies import register
from mediator.tallies.across import across, added
from mediator.tallies.checks import Between, Judgement
from mediator.tallies.figures import Figures
from mediator.tallies.tally import Tally


def judgements(session: Session, tally: Tally) -> list[Judgement]:
    """The checks within the table and then those across.

    Other tables count as closed, or as they are while open; of tables that are not closed none but this one's own checks speak.
    """
    before = closed_periods.ending(session, tally.table.code, tally.since - timedelta(1))
    made = across(tally, _others(session, tally), frozen(before) if before else None)
    return [*tally.checks(), *made, *_added(session, tally)]


def judged(session: Session, tally: Tally) -> Figures:
    """A table with all that the checks say of it; of a closed one what they said when it was closed."""
    checks = tally.checks() if isinstance(tally, Frozen) else judgements(session, tally)
    return Figures(tally, tuple(checks))


def _others(session: Session, tally: Tally) -> dict[str, Tally]:
    """The tables of the period that this one is checked with, and the closed ones that are checked with it."""
    period = tally.since, tally.until
    named = [check.table for check in tally.table.cross if isinstance(check, Between)]
    found = {code: shown(session, register.of(code, tally.until), *period) for code in dict.fromkeys(named)}
    for code in register.pointing_at(tally.table.code):
        closing = closing_chain.standing(session, code, *period)
        if closing is not None:
            found[code] = frozen(closing)
    return found


def _added(session: Session, tally: Tally) -> Iterator[Judgement]:
    """Whether the closed periods add up to this one, and those before it with it to the year so far."""
    spans = [(tally.since, tally.until, False)]
    if tally.year and tally.year < tally.since:
        spans.append((tally.year, tally.since - timedelta(1), True))
    for since, until, so_far in spans:
        closings = closed_periods.making_up(session, tally.table.code, since, until, whole=so_far)
        judgement = added(tally, [frozen(closing) for closing in closings], so_far=so_far)
        if judgement is not None:
            yield judgement
