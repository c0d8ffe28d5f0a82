"""自定义统计: a table whose rows, columns and filters somebody chose from the declared dimensions, saved by name.

One statement counts it; every case stands in one row and one column, so the sums are the whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, Label, Select, and_, literal, select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Basis
from mediator.domain.errors import Refusal
from mediator.domain.periods import days
from mediator.exchange.roster_sheet import Cell, Sheet
from mediator.services import listing, offices
from mediator.services.dimensions import Measure, dimension, key_of
from mediator.services.sheets import in_yuan
from mediator.tallies.population import CASES, Scope
from mediator.tallies.tally import check_period

MOST_ROWS, MOST_COLUMNS = 500, 40


@dataclass(frozen=True)
class Spec:
    """统计设置: what was chosen; dimensions by their codes."""

    rows: str
    since: date
    until: date
    columns: str = ""
    """Empty: only a column of sums."""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By dimension: the classes that are let in; an empty word is 未填."""
    basis: Basis = Basis.CONCLUDED
    measure: Measure = Measure.CASES


@dataclass(frozen=True)
class Matrix:
    """交叉表: the numbers in whole units."""

    spec: Spec
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    """The classes to show, in order."""
    cells: Mapping[tuple[str | None, str | None], int]
    """By the classes of row and column; None stands for all of them."""

    def at(self, row: str | None = None, column: str | None = None) -> int:
        """A number, the sum of a row or a column, or the whole."""
        return self.cells.get((row, column), 0)


def count(session: Session, spec: Spec) -> Matrix:
    """Count a table; Refusal if it would have too many rows or columns."""
    check_period(spec.since, spec.until)
    cut_off = offices.own(session).cut_off
    cells: dict[tuple[str | None, str | None], int] = defaultdict(int)
    rows: set[str] = set()
    columns: set[str] = set()
    for row, column, number in session.execute(statement(spec, cut_off)):
        keys = key_of(row), key_of(column)
        rows.add(keys[0])
        columns.add(keys[1])
        for place in product((keys[0], None), (keys[1], None)):
            cells[place] += number
    return Matrix(
        spec,
        _shown(spec, spec.rows, rows, MOST_ROWS),
        _shown(spec, spec.columns, columns, MOST_COLUMNS) if spec.columns else (),
        dict(cells),
    )


def statement(spec: Spec, cut_off: int | None) -> Select[*tuple[Any, ...]]:
    """The one statement of a table: a row for each pair of classes that occurs."""
    row: Label[Any] = dimension(spec.rows).of(cut_off).label("row_key")
    column = (dimension(spec.columns).of(cut_off) if spec.columns else literal("")).label("column_key")
    numbers = select(row, column, spec.measure.expression).select_from(CASES.source)
    return numbers.where(_chosen(spec, cut_off)).group_by(row, column)


def behind(
    session: Session,
    spec: Spec,
    row: str | None = None,
    column: str | None = None,
    *,
    limit: int = listing.MOST,
) -> list[listing.Row]:
    """The cases behind a cell, a row, a column or the whole, by the same expressions."""
    cut_off = offices.own(session).cut_off
    wanted = [_chosen(spec, cut_off)]
    if row is not None:
        wanted.append(dimension(spec.rows).within([row], cut_off))
    if column is not None and spec.columns:
        wanted.append(dimension(spec.columns).within([column], cut_off))
    ids = select(Case.id).select_from(CASES.source).where(*wanted).order_by(Case.id.desc()).limit(limit)
    return listing.of_ids(session, session.scalars(ids).all())


def sheet(session: Session, matrix: Matrix, title: str = "自定义统计") -> Sheet:
    """A counted table with its sums, ready to be written as a file."""
    spec = matrix.spec
    rows = [*_called(spec.rows, matrix.rows), (None, "合计")]
    columns = [*(_called(spec.columns, matrix.columns) if spec.columns else ()), (None, "合计")]
    office = offices.own(session).name
    return Sheet(
        "custom",
        title,
        (
            f"填报单位：{office}",
            f"报告期：{days(spec.since, spec.until)}",
            f"统计量：{spec.measure.label}",
        ),
        (dimension(spec.rows).label, *(label for _, label in columns)),
        (18, *(10 for _ in columns)),
        tuple((label, *(_cell(matrix, row, column) for column, _ in columns)) for row, label in rows),
        tuple(_notes(spec)),
    )


def _chosen(spec: Spec, cut_off: int | None) -> ColumnElement[bool]:
    """Which cases are counted: those of the period that every filter lets in."""
    within = CASES.condition(Scope.PERIOD, spec.basis, spec.since, spec.until)
    return and_(within, *(dimension(code).within(keys, cut_off) for code, keys in spec.filters.items()))


def _shown(spec: Spec, code: str, found: Iterable[str], most: int) -> tuple[str, ...]:
    """The classes of a dimension to show; of a filtered one only those let in."""
    one, only = dimension(code), spec.filters.get(code)
    keys = tuple(key for key in one.keys(found) if only is None or key in only)
    if len(keys) > most:
        raise Refusal(f"“{one.label}”分出 {len(keys)} 类，表里最多放 {most} 类，请加筛选，或换一个维度。")
    return keys


def _called(code: str, keys: Iterable[str]) -> list[tuple[str | None, str]]:
    return [(key, dimension(code).called(key)) for key in keys]


def _cell(matrix: Matrix, row: str | None, column: str | None) -> Cell:
    number = matrix.at(row, column)
    return in_yuan(number) if matrix.spec.measure is Measure.AMOUNT else number


def _notes(spec: Spec) -> Iterator[str]:
    yield f"口径：{CASES.words[spec.basis]}。"
    if spec.measure is Measure.AMOUNT:
        yield "协议涉及金额只计调解成功的案件。"
    for code, keys in spec.filters.items():
        one = dimension(code)
        yield f"只计{one.label}为{'、'.join(one.called(key) for key in keys)}的。"
