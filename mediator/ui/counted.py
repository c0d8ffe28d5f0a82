"""Everything the page says of one table for one period, read in one go in the background."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from mediator.domain.figures import Closing
from mediator.services import closings, comparing, figures, judging
from mediator.services.frozen import frozen
from mediator.tallies.figures import Figures
from mediator.tallies.table import Table
from mediator.tallies.tally import Tally


@dataclass(frozen=True)
class Counted:
    """A table as people are to see it: as it was closed, and only while the period is open as it is counted now."""

    figures: Figures
    closing: Closing | None
    changes: int
    """Items that are not what they were when it was closed."""
    compared: bool

    @property
    def tally(self) -> Tally:
        """The table itself."""
        return self.figures.tally


def read(session: Session, table: Table, since: date, until: date, *, compare: bool) -> Counted:
    """Count a table, or take it as it was closed, with its checks and changes; ``compare`` it with other periods too."""
    closing = closings.standing(session, table, since, until)
    tally: Tally = frozen(closing) if closing else figures.count(session, table, since, until)
    changes = len(closings.differences(session, closing)) if closing else 0
    made = beside(session, tally) if compare else judging.judged(session, tally)
    return Counted(made, closing, changes, compare)


def beside(session: Session, tally: Tally) -> Figures:
    """A table with the last period and the same one of last year."""
    return comparing.compared(session, tally)
