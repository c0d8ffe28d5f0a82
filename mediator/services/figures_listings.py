"""The figures of a table in ruled tables: a row an item, the other periods with 增减 and 环比 or 同比 beside it."""

from collections.abc import Iterator
from itertools import groupby

from mediator.paper.blocks import Align, Listing
from mediator.tallies.figures import (
    NOTHING,
    Figures,
    Item,
    Other,
    Values,
    difference,
    grown,
    quantity,
    signed,
    unit,
    written,
)
from mediator.tallies.rows import Row, rows

_Line = tuple[str, ...]


def listings(figures: Figures) -> Iterator[Listing]:
    """A ruled table for every group, its name in the head."""
    found = rows(figures.tally)
    if figures.others:
        found = [_one(row, place) for row in found for place in range(len(row.items))]
    for _, members in groupby(found, lambda row: (row.group, row.words)):
        group = list(members)
        yield _paired(group, figures) if group[0].words else _single(group, figures)


def _one(row: Row, place: int) -> Row:
    """A row with only one of its figures."""
    item = row.items[place]
    return Row(row.group, item.label, (item,)) if row.words else row


def _single(found: list[Row], figures: Figures) -> Listing:
    """Rows of one figure each."""
    heads = [found[0].group, "单位", "本期", *(["年度累计"] if figures.tally.year else [])]
    widths = [27.0, 7.0, 11.0] if len(heads) == 3 else [24.0, 6.5, 11.0, 11.0]
    for other in figures.others:
        heads += [other.label, "增减", other.change]
        widths += [10.5, 10.0, 12.5]
    align: tuple[Align, ...] = ("left", "center", *_right(len(heads) - 2))
    return Listing(
        tuple(heads), tuple(_cells(row, figures) for row in found), tuple(widths), align, small=True
    )


def _right(count: int) -> tuple[Align, ...]:
    """Columns of numbers."""
    return tuple("right" for _ in range(count))


def _cells(row: Row, figures: Figures) -> _Line:
    item, tally = row.items[0], figures.tally
    shown = [written(item, quantity(item, values)) for values in _own(figures)]
    for other in figures.others:
        shown += [written(item, quantity(item, other.values)), _change(item, tally.values, other)]
        shown.append(grown(item, tally.values, other.values))
    return row.label, unit(item), *shown


def _own(figures: Figures) -> list[Values]:
    """The figures of the period, and of the year so far where the table has them."""
    return [figures.tally.values, *([figures.tally.so_far] if figures.tally.year else [])]


def _change(item: Item, now: Values, other: Other) -> str:
    """增减 with its sign."""
    by = difference(item, now, other.values)
    if by is None:
        return NOTHING
    words = signed(written(item, by))
    return f"{words}\n百分点" if unit(item) == "%" else words


def _paired(found: list[Row], figures: Figures) -> Listing:
    """Rows of several figures each: a column for each total, and for the year so far where there is one."""
    kinds = ("本期", "年度累计") if figures.tally.year else ("",)
    heads = (found[0].group, *(f"{word}\n{kind}".strip() for word in found[0].words for kind in kinds))
    lines = tuple(
        (row.label, *(written(item, quantity(item, v)) for item in row.items for v in _own(figures)))
        for row in found
    )
    align: tuple[Align, ...] = ("left", *_right(len(heads) - 1))
    return Listing(heads, lines, (34.0, *(14.0 for _ in heads[1:])), align, small=True)
