"""A counted table laid across (横排): the headings above in four rows, a row for each office, what is compared below."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from mediator.exchange.sheet_parts import HEAD, LINE, Page, kind
from mediator.tallies.figures import Figures, Item, Other, Values, difference, items, quantity, unit
from mediator.tallies.rows import of_which
from mediator.tallies.table import Heading, Rate
from mediator.tallies.tally import Tally, told_apart

BODY = HEAD + 4
"""The first row of figures; the headings are group, what a column is part of, column, unit."""
NAMES = 20.0
"""Width of the column with the names of the offices, letters."""
WIDTHS = {"whole": 6.0, "money": 11.0, "rate": 9.0}
COMPARED = 8.5
"""Least width of a column in which 增减 in percent stands."""


@dataclass(frozen=True)
class _Line:
    """One row of figures."""

    name: str
    values: Values


def write(page: Page, figures: Figures, lines: Sequence[Tally]) -> tuple[int, list[float]]:
    """Write headings and figures; returns the row after them and the widths of the columns in letters."""
    columns = items(figures.tally)
    least = COMPARED if figures.others else 0.0
    widths = [NAMES, *(max(least, WIDTHS[kind(item)]) for item in columns)]
    for place, width in enumerate(widths):
        page.sheet.set_column(place, place, width)
    _head(page, columns, figures.tally.headings, widths)
    row = BODY
    for line in _lines(figures, lines):
        page.sheet.write_string(row, 0, line.name, page.text)
        for column, item in enumerate(columns, 1):
            page.figure((row, column), item, quantity(item, line.values))
        row += 1
    for other in figures.others:
        row = _compared(page, row, columns, figures, other)
    page.sheet.freeze_panes(BODY, 1)
    page.sheet.repeat_rows(HEAD, BODY - 1)
    page.sheet.set_landscape()
    page.sheet.set_paper(8 if len(columns) > 30 else 9)
    return row, widths


def _lines(figures: Figures, lines: Sequence[Tally]) -> Iterator[_Line]:
    """A row an office, and the table itself last."""
    tally = figures.tally
    names = told_apart(lines)
    yield from (_Line(name, line.values) for name, line in zip(names, lines, strict=True))
    yield _Line("合计" if lines else tally.reporter.name, tally.values)
    if tally.year:
        yield _Line("年度累计", tally.so_far)


def _compared(page: Page, row: int, columns: list[Item], figures: Figures, other: Other) -> int:
    """Write what another period had, and by how much it is more or less now; returns the row after."""
    now = figures.tally.values
    for offset, name in enumerate((other.label, f"比{other.label}增减", other.change)):
        page.sheet.write_string(row + offset, 0, name, page.text)
    for column, item in enumerate(columns, 1):
        page.figure((row, column), item, quantity(item, other.values))
        page.change((row + 1, column), item, difference(item, now, other.values))
        page.grown((row + 2, column), item, now, other.values)
    return row + 3


def _head(page: Page, columns: list[Item], headings: list[Heading], widths: list[float]) -> None:
    page.span((HEAD, 0), (HEAD + 3, 0), "单位", page.label)
    page.sheet.set_row(HEAD, 2 * LINE + 4)
    lines = max(ceil(2 * len(item.label) / (w - 0.5)) for item, w in zip(columns, widths[1:], strict=True))
    page.sheet.set_row(HEAD + 2, LINE * lines + 4)
    labels = {heading.name: heading.label for heading in headings}
    groups = {heading.name: heading.group for heading in headings}

    def above(item: Item) -> str:
        """What an item is part of, if that stands in its own group."""
        part_of = "" if isinstance(item, Rate) else item.part_of
        return part_of if groups.get(part_of) == item.group else ""

    column = 1
    for group, members in groupby(columns, lambda item: item.group):
        family = list(members)
        page.span((HEAD, column), (HEAD, column + len(family) - 1), group, page.label)
        for whole, parts in groupby(family, above):
            start = column
            for item in parts:
                _item(page, column, item, HEAD + 2 if whole else HEAD + 1)
                column += 1
            if whole:
                page.span((HEAD + 1, start), (HEAD + 1, column - 1), of_which(labels[whole]), page.label)


def _item(page: Page, column: int, item: Item, top: int) -> None:
    page.span((top, column), (HEAD + 2, column), item.label, page.label)
    page.sheet.write_string(HEAD + 3, column, unit(item), page.label)
