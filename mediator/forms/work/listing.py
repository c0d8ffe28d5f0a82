"""Listings (清单、登记簿) over many cases: columns declared one a line, the running number by itself."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from mediator.domain.case import Case
from mediator.forms.form import Sheet
from mediator.paper.blocks import Align, Block, Listing, Para


@dataclass(frozen=True)
class Column:
    """One column: what stands over it, its share of the width, and the words of a case (none: to write by hand)."""

    head: str
    width: float
    words: Callable[[Case], str] = lambda case: ""
    align: Align = "left"


def of_cases(sheet: Sheet, *columns: Column, empty: int = 10) -> Block:
    """The cases of the sheet, numbered; empty rows where it is filled in by hand; a sentence where there is no case."""
    if not sheet.blank and not sheet.cases:
        return Para("没有符合条件的案件。")
    rows = [tuple(column.words(case) for column in columns) for case in sheet.cases]
    return numbered(columns, rows, empty)


def numbered(columns: Iterable[Column], rows: Iterable[tuple[str, ...]], empty: int) -> Listing:
    """A ruled table with a running number (序号) before each row; with no rows so many empty ones, two lines high."""
    chosen = tuple(columns)
    lines = [(str(n), *row) for n, row in enumerate(rows, 1)]
    to_write_on = [("\n", *("" for _ in chosen))] * empty
    return Listing(
        ("序号", *(column.head for column in chosen)),
        tuple(lines or to_write_on),
        (34, *(column.width for column in chosen)),
        ("center", *(column.align for column in chosen)),
    )


def numeric(on: date | None) -> str:
    """A day in a narrow column: 2026-03-05 on two lines, empty if not letters."""
    return f"{on:%Y-}\n{on:%m-%d}" if on else ""


def kind(case: Case) -> str:
    """The kind of dispute without the word 纠纷, which the head of the column says."""
    return case.kind.label.removesuffix("纠纷") if case.kind else ""
