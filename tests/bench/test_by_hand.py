"""What the benchmark measures beside counts the same: the statements written by hand, and the clerk."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from mediator.domain.codes import Basis, Kind, Level, Referrer, Source
from mediator.domain.periods import Span, containing
from mediator.services import demo, subsidies
from mediator.store.folder import Folder, open_folder
from mediator.tallies.count import count
from mediator.tallies.register import by_code
from tests.bench import clerk, sql
from tests.bench.bare import opened

PERIODS = [(date(2025, 1, 1), date(2025, 12, 31)), (date(2026, 3, 3), date(2026, 5, 8))]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    made = Folder(tmp_path_factory.mktemp("practice"))
    demo.make(made, cases=160, seed=5)
    return made


@pytest.fixture
def session(folder: Folder) -> Iterator[Session]:
    engine = open_folder(folder, demo.LOGIN, demo.PASSWORD)
    with Session(engine) as opened_session:
        yield opened_session
    engine.dispose()


def days(since: date, until: date) -> dict[str, str]:
    year, _ = containing(Span.YEAR, until, None)
    return {"since": str(since), "until": str(until), "year": str(year)}


@pytest.mark.parametrize("period", PERIODS, ids=["a year", "nine weeks"])
@pytest.mark.parametrize("basis", Basis)
@pytest.mark.parametrize("code", sql.TABLES)
def test_tables(folder: Folder, session: Session, code: str, basis: Basis, period: tuple[date, date]) -> None:
    tally = count(session, by_code(code), basis, *period)
    with opened(folder) as connection:
        found = connection.execute(sql.TABLES[code](basis), days(*period)).fetchall()
    assert [number for row in found for number in row] == [*tally.values.values(), *tally.so_far.values()]


@pytest.mark.parametrize("period", PERIODS, ids=["a year", "nine weeks"])
def test_subsidy(folder: Folder, session: Session, period: tuple[date, date]) -> None:
    entries = subsidies.count(session, *period).entries
    grouped = groupby(entries, lambda entry: (entry.mediator, entry.level.value, entry.settled, entry.price))
    lines = [(*line, *number_and_sum(list(found))) for line, found in grouped]
    with opened(folder) as connection:
        rows = connection.execute(sql.SUBSIDY, days(*period)).fetchall()
    assert len(lines) > 5
    assert rows == lines


def number_and_sum(entries: list[subsidies.Entry]) -> tuple[int, int]:
    return len(entries), sum(entry.amount for entry in entries)


def test_clerk(session: Session, tmp_path: Path) -> None:
    values = count(session, by_code("justice"), Basis.CONCLUDED, *PERIODS[0]).values
    clerk.write(session, *PERIODS[0], tmp_path / "ledger.xlsx")
    found = clerk.count(tmp_path / "ledger.xlsx")
    whole = {"件数": "total", "人数": "people", "金额": "amount", "成功": "settled", "履行": "performed"}
    assert [found["合计", head] for head in whole] == [values[column] for column in whole.values()]
    assert [found["纠纷类型", kind.label] for kind in Kind] == [values[f"kind_{kind.value}"] for kind in Kind]
    assert [found["案件来源", s.label] for s in Source] == [values[f"source_{s.value}"] for s in Source]
    referred = [found["委托移送单位", referrer.label] for referrer in Referrer]
    assert referred == [values[f"referrer_{referrer.value}"] for referrer in Referrer]
    assert found["难易程度", Level.HARD.label] + found["难易程度", Level.MAJOR.label] == values["hard"]
