"""Figures (统计): a table counted for a period, the cases behind a number, and the table as a file."""

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy.orm import Session

from mediator.domain.calendar import in_words
from mediator.domain.codes import Basis
from mediator.paper.blocks import Paper
from mediator.services import figures_paper, file_kinds, frozen, listing, offices
from mediator.services.frozen import Frozen
from mediator.tallies import count as counting
from mediator.tallies import shape
from mediator.tallies.figures import Figures, items
from mediator.tallies.table import Rate, Table
from mediator.tallies.tally import Tally


def count(session: Session, table: Table, since: date, until: date) -> Tally:
    """Count a table for this office as its cases are now, by the day the office chose (口径)."""
    return counting.count(session, table, offices.own(session).basis, since, until)


def shown(session: Session, table: Table, since: date, until: date) -> Tally:
    """The table of a period as people are to see it: as it was closed, and only while it is open as counted now.

    What has changed since a closing is told by ``closings.differences``; ``count`` gives the figures of now.
    """
    return frozen.shown(session, table, since, until)


def behind(
    session: Session,
    table: Table,
    column: str,
    basis: Basis,
    since: date,
    until: date,
    *,
    limit: int = listing.MOST,
) -> list[listing.Row]:
    """The cases behind a number, by the same expression that counted them; none where it does not count cases."""
    if not table.column(column).opens_cases:
        return []
    ids = session.scalars(counting.drill(table, column, basis, since, until).limit(limit)).all()
    return listing.of_ids(session, ids)


def write(figures: Figures, suffix: str, parts: Sequence[Tally] = ()) -> bytes:
    """The table, with what is beside it, as a file of the kind named by its suffix; the offices it sums stand in XLSX and CSV."""
    from mediator.exchange import spreadsheet

    writers: dict[str, Callable[[], bytes]] = {
        "xlsx": lambda: spreadsheet.xlsx(figures, parts),
        "csv": lambda: spreadsheet.csv_text(figures, parts),
    }
    return file_kinds.write(suffix, writers, lambda: as_document(figures), lambda: as_paper(figures))


def as_paper(figures: Figures) -> Paper:
    """The table as a paper to be signed and sealed, every figure with its definition (口径)."""
    return figures_paper.paper(figures)


def as_document(figures: Figures) -> dict[str, object]:
    """The table as JSON: ``shape.to_json`` with all checks, those across tables too; ``closed`` (the closing it is of: serial,
    closed_at, closed_by, digest; null where it was counted or added); and where there is more also ``gaps`` (of a sum, in
    sentences), ``rates`` [{code, label, value}] as printed, and ``compared`` [{label, from, until, values}] with whole units by
    the code of the column.
    """
    tally = figures.tally
    checks = [{"words": check.words, "verdict": check.verdict.value} for check in figures.checks]
    closed = dict(tally.record) if isinstance(tally, Frozen) else None
    document = shape.to_json(tally) | {"checks": checks, "closed": closed}
    if tally.gaps:
        document["gaps"] = list(tally.gaps)
    rates = [item for item in items(tally) if isinstance(item, Rate)]
    if rates:
        document["rates"] = [
            {"code": r.name, "label": r.label, "value": r.shown(tally.values)} for r in rates
        ]
    if figures.others:
        document["compared"] = [
            {
                "label": o.label,
                "from": str(o.tally.since),
                "until": str(o.tally.until),
                "values": dict(o.values),
            }
            for o in figures.others
        ]
    return document


def file_name(tally: Tally, suffix: str) -> str:
    """A file name for a table: what, and for when."""
    return f"{tally.table.title}-{in_words(tally.since)}至{in_words(tally.until)}.{suffix}"
