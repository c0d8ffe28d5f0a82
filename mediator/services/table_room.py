"""Room in the columns of a ruled table (表格的列宽): whether what must stand on one line does so."""

from collections.abc import Sequence

from mediator.paper.blocks import Listing, plain
from mediator.paper.styles import ROOMY, SMALL, Ruled

_BROAD = 0.35
"""By how much of its size the signs + and % are broader than a figure."""


def width_of(words: str, ruled: Ruled) -> float:
    """About how wide words are in a table, points: a figure is half as wide as a character."""
    shares = (0.5 if sign.isascii() else 1.0 for sign in words)
    return ruled.style.size * (sum(shares) + _BROAD * sum(sign in "+%" for sign in words))


def rooms(widths: Sequence[float], width: float, ruled: Ruled) -> list[float]:
    """The width for words in each of some columns that share a page, points."""
    share = width / sum(widths)
    return [each * share - 2 * ruled.pad_x for each in widths]


def fits(table: Listing, width: float) -> bool:
    """Whether every line of the columns of numbers has room in a table so wide, points."""
    ruled = SMALL if table.small else ROOMY
    room = rooms(table.widths, width, ruled)
    return all(
        width_of(line, ruled) <= room[place]
        for row in table.rows
        for place, cell in enumerate(row)
        if table.align[place] == "right"
        for line in plain(cell).split("\n")
    )
