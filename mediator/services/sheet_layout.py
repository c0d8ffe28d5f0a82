"""How a list (清单) is laid on paper: upright, on its side (横向), or its columns in several tables where even that is too narrow."""

import re
from collections.abc import Iterator
from math import ceil

from mediator.exchange.roster_sheet import Cell, Sheet, shown
from mediator.paper.blocks import Align, Listing, Para
from mediator.paper.styles import LYING, SMALL, UPRIGHT
from mediator.services.table_room import rooms, width_of

UPRIGHT_COLUMNS, LYING_COLUMNS = 7, 14
"""Columns for which a page has room, unless their numbers need more."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

_Places = list[int]
"""Some columns of a list, counted from 0."""


def lies(sheet: Sheet) -> bool:
    """Whether a list lies on its side: it has many columns, or numbers or days that would not stand on one line upright."""
    return not _fits(sheet, _all(sheet), UPRIGHT_COLUMNS, UPRIGHT.text_width)


def listings(sheet: Sheet) -> Iterator[Listing | Para]:
    """The list in one table, or in several that each begin with its first column."""
    for number, places in enumerate(_bands(sheet)):
        if number:
            yield Para("（续表）", align="left", indent=False)
        yield _listing(sheet, places)


def _all(sheet: Sheet) -> _Places:
    return list(range(len(sheet.heads)))


def _bands(sheet: Sheet) -> list[_Places]:
    """The columns of each table: as few tables as there can be, alike in size."""
    first, *rest = _all(sheet)
    bands = [[first, *rest]]
    for number in range(1, len(rest) + 1):
        size = ceil(len(rest) / number)
        bands = [[first, *rest[start : start + size]] for start in range(0, len(rest), size)]
        if all(_fits(sheet, places, LYING_COLUMNS, LYING.text_width) for places in bands):
            break
    return bands


def _fits(sheet: Sheet, places: _Places, most: int, width: float) -> bool:
    """Whether a page has room for some columns: not too many, and every number and every day on one line."""
    room = dict(zip(places, rooms([sheet.widths[place] for place in places], width, SMALL), strict=True))
    whole = ((place, row[place]) for row in sheet.rows for place in places if _stands_whole(row[place]))
    return len(places) <= most and all(width_of(shown(cell), SMALL) <= room[place] for place, cell in whole)


def _stands_whole(cell: Cell) -> bool:
    """Whether a cell is a number or a day, which never goes over two lines."""
    return not isinstance(cell, str) or _DAY.fullmatch(cell) is not None


def _listing(sheet: Sheet, places: _Places) -> Listing:
    """Some columns as a table; numbers stand on the right."""
    align: dict[int, Align] = {
        place: "right" for row in sheet.rows for place in places if not isinstance(row[place], str)
    }
    return Listing(
        tuple(sheet.heads[place] for place in places),
        tuple(tuple(shown(row[place]) for place in places) for row in sheet.rows),
        tuple(sheet.widths[place] for place in places),
        tuple(align.get(place, "left") for place in places),
        small=True,
    )
