"""Sets ruled tables (表格): boxes with text that may go on over pages."""

from dataclasses import dataclass, replace
from itertools import accumulate, chain
from math import ceil

from reportlab.pdfgen.canvas import Canvas

from mediator.paper import breaker, ink
from mediator.paper.blocks import Align, Cell, Grid, Listing, Text, runs
from mediator.paper.pieces import Piece, whole
from mediator.paper.styles import CELL_PAD_X, CELL_PAD_Y, LEFT, MM, TABLE, TEXT_HEIGHT, TEXT_WIDTH

UNCUT = TEXT_HEIGHT / 3
"""A row up to this height is not cut at the end of a page."""
LONGEST_CAPTION = TEXT_HEIGHT * 2 / 3
"""A caption higher than this runs on over the pages like any text."""
HIGHEST_GROUP = TEXT_HEIGHT * 2 / 3
"""Rows that belong together stay on one page up to this height; a title, a number and a heading find room above."""


@dataclass(frozen=True)
class _Box:
    """A cell in its place. `high`: written from the top, as in a box with room to write on."""

    left: float
    width: float
    lines: list[breaker.Line]
    align: Align
    label: bool
    high: bool


def grid(table: Grid) -> list[Piece]:
    """Return a piece for each row of a form table."""
    edges = _edges(table.widths)
    rows = [_row(row, edges) for row in table.rows]
    for first, end in table.bounds:
        group = [whole(row) for row in rows[first:end]]
        if sum(sum(row.heights) for row in group) <= HIGHEST_GROUP:
            rows[first:end] = [group[0], *(replace(row, glued=row.glued | {0}) for row in group[1:])]
    return rows


def listing(table: Listing) -> list[Piece]:
    """Return the pieces of a table whose head row is repeated on every page."""
    edges = _edges(table.widths)
    head = _row(tuple(Cell(text, bold=True, label=True) for text in table.head), edges)
    cells = (
        tuple(Cell(text, align=align) for text, align in zip(row, table.align, strict=True))
        for row in table.rows
    )
    repeated = head if sum(head.heights) <= UNCUT else None
    return [replace(head, keep=True), *(replace(_row(row, edges), head=repeated) for row in cells)]


def _edges(widths: tuple[float, ...]) -> list[float]:
    """Return where the columns begin and the last ends, on the page."""
    share = TEXT_WIDTH / sum(widths)
    return [LEFT, *(LEFT + edge * share for edge in accumulate(widths))]


def _row(cells: tuple[Cell, ...], edges: list[float]) -> Piece:
    starts = [0, *accumulate(cell.span for cell in cells)]
    boxes = [
        _box(cell, edges[start], edges[start + cell.span]) for cell, start in zip(cells, starts, strict=False)
    ]
    asked = min(max(cell.height for cell in cells) * MM, TEXT_HEIGHT) - 2 * CELL_PAD_Y
    count = max(ceil(asked / TABLE.leading), *(len(box.lines) for box in boxes), 1)
    heights = [TABLE.leading] * count
    heights[0] += CELL_PAD_Y
    heights[-1] += CELL_PAD_Y

    def draw(canvas: Canvas, top: float, first: int, end: int) -> None:
        height = sum(heights[first:end])
        for box in boxes:
            canvas.setLineWidth(0.7)
            canvas.rect(box.left, top - height, box.width, height)
            _write(canvas, box, top, (first, end, count))

    piece = Piece(tuple(heights), draw)
    if sum(heights) <= UNCUT:
        return whole(piece)
    labels = max((len(box.lines) for box in boxes if box.label), default=1)
    return replace(piece, glued=frozenset(chain(range(1, max(2, labels)), {count - 1})))


def _box(cell: Cell, left: float, right: float) -> _Box:
    width = right - left
    text: Text = tuple(replace(run, bold=True) for run in runs(cell.text)) if cell.bold else cell.text
    indent = 2 * TABLE.size if cell.align == "justify" and not cell.label else 0
    room = width - 2 * CELL_PAD_X
    lines = (
        breaker.balanced(runs(text), ink.shape(TABLE), room)
        if cell.label
        else breaker.lines(runs(text), ink.shape(TABLE), room, indent)
    )
    align: Align = "center" if cell.label else cell.align
    high = not cell.label and cell.height > 0 and cell.align in ("left", "justify")
    caption = cell.label and len(lines) * TABLE.leading <= LONGEST_CAPTION
    return _Box(left, width, lines, align, caption, high)


def _write(canvas: Canvas, box: _Box, top: float, shown: tuple[int, int, int]) -> None:
    """Write what falls on this page of a box: `shown` are its first and last slice here and the number of all.

    A caption stands in the middle of the part on its first page; other text in the middle of a row in one piece,
    else it runs on from the top.
    """
    first, end, count = shown
    if box.label and first:
        return
    if box.label or (not box.high and end - first == count):
        lines = box.lines
        offset = (end - first - len(lines)) / 2 * TABLE.leading
    else:
        lines, offset = box.lines[first:end], 0.0
    top -= offset + (CELL_PAD_Y if first == 0 else 0)
    for number, line in enumerate(lines):
        place = (box.left + CELL_PAD_X, top - number * TABLE.leading, box.width - 2 * CELL_PAD_X)
        ink.draw_line(canvas, line, TABLE, place, box.align)
