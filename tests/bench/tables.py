"""The tables of a year beside the same by hand: their time and growth, their files, the cases behind their numbers."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from mediator.domain.codes import Basis
from mediator.exchange import roster_sheet
from mediator.services import comparing, figures, subsidies
from mediator.services.demo import LOGIN, PASSWORD
from mediator.store.folder import Folder, open_folder
from mediator.tallies.count import count
from mediator.tallies.population import CASES as OF_CASES
from mediator.tallies.population import Scope
from mediator.tallies.register import TABLES
from mediator.tallies.table import Table
from tests.bench import clerk, sql
from tests.bench.bare import Tape, opened, replay
from tests.bench.clock import Line, timed
from tests.bench.data import CASES, kept
from tests.bench.verbs import compared

RUNS = 9
YEAR = (date(2025, 1, 1), date(2025, 12, 31))
LIMIT = 1000 if CASES <= 160_000 else 6000
GROWTH = 4.4
"""Four, and a tenth for the noise of measuring and the database's deeper trees."""
_DAYS = {"since": str(YEAR[0]), "until": str(YEAR[1]), "year": str(YEAR[0])}


@dataclass(frozen=True)
class Counted:
    """A table, and the statement by hand; where nobody wrote one, the statements that the program sends."""

    what: str
    count: Callable[[Session], object]
    by_hand: str | None = None


def years(folder: Folder) -> Iterator[Line]:
    """Every table of a year; the slowest of several runs counts."""
    for table in _every():
        ours, bare = _times(folder, table)
        yield Line(f"the year: {table.what}", max(ours), max(bare), LIMIT)


def growth(folder: Folder) -> Iterator[Line]:
    """How many times longer every table takes with four times the cases; the fastest of runs in turn."""
    fewer, _ = kept(CASES // 4)
    for table in _every():
        turns = [(_times(folder, table, 3), _times(fewer, table, 3)) for _ in range(RUNS // 3)]
        grown, bare_grown = (
            min(min(many[n]) for many, _ in turns) / min(min(few[n]) for _, few in turns) for n in range(2)
        )
        yield Line(f"four times the cases: {table.what}", grown, bare_grown, GROWTH, "x")


def behind(folder: Folder) -> Iterator[Line]:
    """The list behind every number that opens cases, as long as the window shows it."""
    engine = open_folder(folder, LOGIN, PASSWORD)
    picks = [
        (table, column.name, basis)
        for table in TABLES
        for column in table.columns
        for basis in _bases(table)
        if column.opens_cases
    ]
    yield compared(engine, folder, "the cases behind a number", 100, _behind, picks)
    engine.dispose()


def sheets(folder: Folder) -> Iterator[Line]:
    """Every table as XLSX, with the other periods beside it; beside a book of the same cells without any form."""
    engine = open_folder(folder, LOGIN, PASSWORD)
    with Session(engine) as session:
        made = {
            table.code: partial(
                figures.write, comparing.compared(session, figures.count(session, table, *YEAR)), "xlsx"
            )
            for table in TABLES
        }
        made["subsidy"] = partial(roster_sheet.xlsx, _subsidy(session))
    engine.dispose()
    for what, write in made.items():
        times = [timed(write) for _ in range(RUNS)]
        book = openpyxl.load_workbook(BytesIO(write()))
        cells: list[list[tuple[Any, ...]]] = [list(sheet.values) for sheet in book.worksheets]
        bare = [timed(partial(_plain_book, cells)) for _ in range(RUNS)]
        yield Line(f"as XLSX: {what}", max(times), max(bare), 500)


def ledger(folder: Folder) -> Iterator[Line]:
    """The year's table beside a clerk who reads the ledger of that year and counts."""
    engine = open_folder(folder, LOGIN, PASSWORD)
    with Session(engine) as session, tempfile.TemporaryDirectory() as place:
        path = Path(place, "ledger.xlsx")
        clerk.write(session, *YEAR, path)
        other = timed(partial(clerk.count, path))
        ours = timed(partial(count, session, TABLES[0], Basis.CONCLUDED, *YEAR))
    engine.dispose()
    yield Line(f"the year: {TABLES[0].code}, beside counting its XLSX ledger", ours, other)


def _every() -> Iterator[Counted]:
    for table in TABLES:
        bases, by_hand = _bases(table), sql.TABLES.get(table.code)
        for basis in bases:
            yield Counted(
                f"{table.code} by {basis.value}" if len(bases) > 1 else table.code,
                partial(count, table=table, basis=basis, since=YEAR[0], until=YEAR[1]),
                by_hand(basis) if by_hand else None,
            )
    yield Counted("subsidy", lambda session: subsidies.count(session, *YEAR), sql.SUBSIDY)
    yield Counted("subsidy, with what wants a look", _subsidy)


def _bases(table: Table) -> tuple[Basis, ...]:
    """Both where the day that the office chose makes a difference."""
    chosen = any(column.of is OF_CASES and column.scope is Scope.PERIOD for column in table.columns)
    return tuple(Basis) if chosen else (Basis.CONCLUDED,)


def _subsidy(session: Session) -> roster_sheet.Sheet:
    return subsidies.sheet(subsidies.checked(session, subsidies.count(session, *YEAR)))


def _behind(session: Session, pick: tuple[Table, str, Basis]) -> object:
    return figures.behind(session, *pick, *YEAR)


def _times(folder: Folder, table: Counted, runs: int = RUNS) -> tuple[list[float], list[float]]:
    """Ours and by hand, each time on a connection just opened: what the one before read is not in its memory."""
    engine = open_folder(folder, LOGIN, PASSWORD)
    tape = Tape(engine)
    ours = [_first(engine, table)]
    statements = [(table.by_hand, _DAYS)] if table.by_hand else tape.cut()
    ours += [_first(engine, table) for _ in range(runs - 1)]
    engine.dispose()
    bare = []
    for _ in range(runs):
        with opened(folder) as connection:
            bare.append(timed(partial(replay, connection, statements)))
    return ours, bare


def _first(engine: Engine, table: Counted) -> float:
    engine.dispose()
    with Session(engine) as session:
        session.connection()
        return timed(partial(table.count, session))


def _plain_book(sheets: list[list[tuple[Any, ...]]]) -> None:
    book = xlsxwriter.Workbook(BytesIO(), {"in_memory": True})
    for rows in sheets:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
