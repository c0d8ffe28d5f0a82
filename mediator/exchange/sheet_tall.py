"""A counted table laid downwards (竖排): a row for each item, columns for the offices, 小计, 年度累计 and what is compared."""

from collections.abc import Sequence
from itertools import groupby

from mediator.exchange.sheet_parts import HEAD, Page
from mediator.tallies.figures import Figures, Item, difference, quantity, unit
from mediator.tallies.rows import Row, rows
from mediator.tallies.tally import Tally, told_apart

_WIDTHS = (18.0, 32.0, 10.0, 6.0)
"""Widths of group, item, which figure of the item, and unit; letters."""
_FIRST = len(_WIDTHS)
_NUMBER = 12.0


def write(page: Page, figures: Figures, lines: Sequence[Tally]) -> tuple[int, list[float]]:
    """Write headings and figures; returns the row after them and the widths of the columns in letters."""
    heads = _heads(figures, lines)
    widths = [*_WIDTHS, *(_NUMBER for _ in heads)]
    for place, width in enumerate(widths):
        page.sheet.set_column(place, place, width)
    page.span((HEAD, 0), (HEAD, 0), "类别", page.label)
    page.span((HEAD, 1), (HEAD, 2), "项目", page.label)
    for column, words in enumerate(("单位", *heads), 3):
        page.sheet.write_string(HEAD, column, words, page.label)
    page.sheet.set_row(HEAD, 30)
    row = HEAD + 1
    for group, members in groupby(rows(figures.tally), lambda row: row.group):
        start = row
        for each in members:
            row = _row(page, row, each, figures, lines)
        page.span((start, 0), (row - 1, 0), group, page.label)
    page.sheet.freeze_panes(HEAD + 1, _FIRST)
    page.sheet.repeat_rows(HEAD)
    page.sheet.set_paper(9)
    if len(heads) > 6:
        page.sheet.set_landscape()
    return row, widths


def _heads(figures: Figures, lines: Sequence[Tally]) -> list[str]:
    """The headings of the columns of numbers."""
    heads = [*told_apart(lines), "小计"]
    heads += ["年度累计"] if figures.tally.year else []
    for other in figures.others:
        heads += [other.label, f"比{other.label}增减", other.change]
    return heads


def _row(page: Page, row: int, each: Row, figures: Figures, lines: Sequence[Tally]) -> int:
    """Write a row, or as many as it has figures; returns the row after."""
    last = row + len(each.items) - 1
    page.span((row, 1), (last, 1 if each.words else 2), each.label, page.text)
    for offset, item in enumerate(each.items):
        if each.words:
            page.sheet.write_string(row + offset, 2, each.words[offset], page.text)
        page.sheet.write_string(row + offset, 3, unit(item), page.label)
        _figures(page, row + offset, item, figures, lines)
    return last + 1


def _figures(page: Page, row: int, item: Item, figures: Figures, lines: Sequence[Tally]) -> None:
    """Write the figures of an item from left to right."""
    tally = figures.tally
    shown = [*(line.values for line in lines), tally.values, *([tally.so_far] if tally.year else [])]
    for column, values in enumerate(shown, _FIRST):
        page.figure((row, column), item, quantity(item, values))
    column = _FIRST + len(shown)
    for other in figures.others:
        page.figure((row, column), item, quantity(item, other.values))
        page.change((row, column + 1), item, difference(item, tally.values, other.values))
        page.grown((row, column + 2), item, tally.values, other.values)
        column += 3
