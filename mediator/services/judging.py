"""All that the checks say of a table (审核): within it, with the other tables of its period, and with the last period."""

from sqlalchemy.orm import Session

from mediator.domain import periods
from mediator.services import offices
from mediator.services.frozen import shown
from mediator.tallies import register
from mediator.tallies.across import across
from mediator.tallies.checks import Between, Continues, Judgement
from mediator.tallies.tally import Tally


def judgements(session: Session, tally: Tally) -> list[Judgement]:
    """The checks within the table and then those across; other tables count as closed, or as they are while open."""
    cross = tally.table.cross
    codes = dict.fromkeys(check.table for check in cross if isinstance(check, Between))
    others = {
        code: shown(session, register.of(code, tally.until), tally.since, tally.until) for code in codes
    }
    before = None
    if any(isinstance(check, Continues) for check in cross):
        last = periods.previous(tally.since, tally.until, offices.own(session).cut_off)
        before = shown(session, tally.table, *last)
    return [*tally.checks(), *across(tally, others, before)]
