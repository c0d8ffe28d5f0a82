"""A closed table as it was (结账时的表): columns, words, figures and verdicts of that day, whatever has changed since."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from mediator.domain.errors import Refusal
from mediator.domain.figures import Closing
from mediator.services import closing_chain, offices
from mediator.tallies import count as counting
from mediator.tallies import register
from mediator.tallies.checks import Judgement, Verdict
from mediator.tallies.table import Heading, Table, Unit
from mediator.tallies.tally import Reporter, Tally


@dataclass(frozen=True)
class Frozen(Tally):
    """A tally out of a closing. Its values have the columns that there were when it was closed."""

    kept: tuple[Heading, ...] = ()
    judged: tuple[Judgement, ...] = ()
    record: Mapping[str, object] = field(default_factory=dict)
    """结账: the closing in short, as JSON has it."""

    @property
    def headings(self) -> list[Heading]:
        """Every column there was, in the order of that day."""
        return list(self.kept)

    def definition(self, heading: Heading) -> str:
        """口径 as it was printed."""
        return heading.definition

    def checks(self) -> list[Judgement]:
        """What the checks said on that day, those across tables too."""
        return list(self.judged)


def shown(session: Session, table: Table, since: date, until: date) -> Tally:
    """The table as it was closed; counted now while the period is open."""
    closing = closing_chain.standing(session, table.code, since, until)
    if closing is not None:
        return frozen(closing)
    return counting.count(session, table, offices.own(session).basis, since, until)


def frozen(closing: Closing) -> Frozen:
    """The table as it was closed."""
    document = json.loads(closing.body)
    columns = document["columns"]
    kept = tuple(
        Heading(c["code"], c["label"], c["group"], Unit(c["unit"]), c["definition"], c["part_of"])
        for c in columns
    )
    year = document["year_from"]
    return Frozen(
        _edition(closing, document["title"]),
        closing.basis,
        Reporter(**document["office"]),
        closing.since,
        closing.until,
        {column["code"]: column["value"] for column in columns},
        year=date.fromisoformat(year) if year else None,
        so_far={column["code"]: column["so_far"] for column in columns} if year else {},
        notes=closing_chain.notes_of(closing),
        kept=kept,
        judged=tuple(Judgement(c["words"], Verdict(c["verdict"])) for c in document["checks"]),
        standing=closing_chain.told(closing),
        check_code=closing_chain.check_code(closing),
        record=closing_chain.record(closing),
    )


def reported(closing: Closing) -> Tally:
    """The closed figures as they are sent and added: those there were; a column that has come since is lacking, not 0."""
    was = frozen(closing)
    names = [column.name for column in was.table.columns]
    return Tally(
        was.table, was.basis, was.reporter, was.since, was.until, was.values,
        extras=tuple(heading for heading in was.kept if heading.name not in names),
        year=was.year, so_far=was.so_far, notes=was.notes, standing=was.standing,
    )  # fmt: skip


def _edition(closing: Closing, title: str) -> Table:
    """The table it was closed with; a bare one where this program does not know that edition."""
    try:
        return register.edition(closing.table, closing.edition)
    except Refusal:
        return Table(closing.table, title, closing.edition, closing.since, ())
