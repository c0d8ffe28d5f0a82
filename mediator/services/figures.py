"""Figures (统计): a table counted for a period, the cases behind a number, and the table as a file."""

import json
from datetime import date

from sqlalchemy.orm import Session

from mediator.domain.calendar import in_words
from mediator.domain.codes import Basis
from mediator.domain.errors import Refusal
from mediator.paper.blocks import Paper
from mediator.services import figures_paper, frozen, listing, offices
from mediator.tallies import count as counting
from mediator.tallies import shape
from mediator.tallies.figures import Figures, items, whole
from mediator.tallies.table import Rate, Table
from mediator.tallies.tally import Tally

SUFFIXES = ("xlsx", "pdf", "docx", "json", "csv")


def count(session: Session, table: Table, since: date, until: date) -> Tally:
    """Count a table for this office as its cases are now, by the day the office chose (口径)."""
    return counting.count(session, table, offices.own(session).basis, since, until)


def shown(session: Session, table: Table, since: date, until: date) -> Tally:
    """The table of a period as people are to see it: as it was closed, and only while it is open as counted now.

    What has changed since a closing is told by ``closings.differences``; ``count`` gives the figures of now.
    """
    return frozen.shown(session, table, since, until)


def behind(
    session: Session, table: Table, column: str, basis: Basis, since: date, until: date, *, limit: int = 1000
) -> list[listing.Row]:
    """The cases behind a number, by the same expression that counted them; none where it does not count cases."""
    if not table.column(column).opens_cases:
        return []
    ids = session.scalars(counting.drill(table, column, basis, since, until).limit(limit)).all()
    return listing.of_ids(session, ids)


def write(tally: Tally | Figures, suffix: str) -> bytes:
    """The table, with what is beside it, as a file of the kind named by its suffix."""
    from mediator.exchange import spreadsheet
    from mediator.services.printouts import Printout, as_docx, as_pdf

    if suffix == "xlsx":
        return spreadsheet.xlsx(tally)
    if suffix == "csv":
        return spreadsheet.csv_text(tally)
    if suffix == "json":
        return json.dumps(as_document(tally), ensure_ascii=False, indent=1).encode()
    if suffix == "pdf":
        return as_pdf([Printout(as_paper(tally))])
    if suffix == "docx":
        return as_docx(Printout(as_paper(tally)))
    raise Refusal(f"不能存成 .{suffix[:20]} 文件，请用 {'、'.join(SUFFIXES)} 之一。")


def as_paper(tally: Tally | Figures) -> Paper:
    """The table as a paper to be signed and sealed, every figure with its definition (口径)."""
    return figures_paper.paper(whole(tally))


def as_document(tally: Tally | Figures) -> dict[str, object]:
    """The table as JSON: ``shape.to_json``, and where there is more also ``rates`` [{code, label, value}] as printed,
    and ``compared`` [{label, from, until, values}] with whole units by the code of the column.
    """
    figures = whole(tally)
    document = shape.to_json(figures.tally)
    rates = [item for item in items(figures.tally) if isinstance(item, Rate)]
    if rates:
        values = figures.tally.values
        document["rates"] = [{"code": r.name, "label": r.label, "value": r.shown(values)} for r in rates]
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
