"""A table on the screen whose columns are only known when it is read (清单、自定义统计): as wide as what stands in them."""

from collections.abc import Callable, Collection, Sequence
from decimal import Decimal
from math import ceil
from unicodedata import east_asian_width

from mediator.ui.words_model import Heading, Line
from mediator.ui.words_table import WordsTable

Cell = str | int | Decimal
_NARROW = 0.58
"""What a Latin letter or a digit is wide, in Chinese letters."""
_FRAME = 8
"""Left and right of the cells, in pixels."""
_MOST, _LEAST = 16, 5
"""Letters of a column, and of one that gave up room for others."""


def show(
    table: WordsTable, heads: Sequence[str], rows: Sequence[Sequence[Cell]], *, free: int,
    uncut: Collection[str] = (), colour: Callable[[tuple[str, ...]], str] = lambda _words: "",
) -> None:  # fmt: skip
    """Show rows under heads; numbers stand on the right, and the ``free`` column takes the room that is left.

    Where there is too little room the widest columns give up some, but for the ``uncut`` ones.
    """
    words = [tuple(_shown(cell) for cell in row) for row in rows]
    wide = [
        min(_MOST, max(3, *map(_letters, (head, *(row[n] for row in words))))) for n, head in enumerate(heads)
    ]
    headings = [
        Heading(head, 0 if n == free else wide[n], number=any(not isinstance(row[n], str) for row in rows))
        for n, head in enumerate(heads)
    ]
    table.head(headings, [Line(cells, colour=colour(cells)) for cells in words])
    room = table.width() - table.verticalScrollBar().sizeHint().width() - _FRAME
    while table.wanted_width() > room:
        widest = max(headings, key=lambda h: 0 if h.words in uncut else h.letters)
        if widest.letters <= _LEAST or widest.words in uncut:
            break
        headings[headings.index(widest)] = Heading(widest.words, widest.letters - 1, widest.number)
        table.words.headings = tuple(headings)
    table.head(headings, table.words.lines)


def _shown(cell: Cell) -> str:
    return f"{cell:.2f}" if isinstance(cell, Decimal) else str(cell)


def _letters(words: str) -> int:
    return ceil(sum(1 if east_asian_width(c) in "WFA" else _NARROW for c in words))
