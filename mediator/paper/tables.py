"""Sets ruled tables (表格): boxes with text that may go on over pages."""

from dataclasses import dataclass, replace
from itertools import accumulate, chain
from math import ceil

from reportlab.pdfgen.canvas import Canvas

from mediator.paper import breaker, ink
from mediator.paper.blocks import Align, Cell, Grid, Listing, Text, runs
from mediator.paper.pieces import Piece, whole
from mediator.paper.styles import LEFT, MM, ROOMY, SMALL, TEXT_HEIGHT, Ruled

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
    ruled: Ruled


def grid(table: Grid, width: float) -> list[Piece]:
    """Return a piece for each row of a form table. `width`: of the whole table, points."""
    edges = _edges(table.widths, width)
    rows = [_row(row, edges, ROOMY) for row in table.rows]
    for first, end in table.bounds:
        group = [whole(row) for row in rows[first:end]]
        if sum(sum(row.heights) for row in group) <= HIGHEST_GROUP:
            rows[first:end] = [group[0], *(replace(row, glued=row.glued | {0}) for row in group[1:])]
    return rows


def listing(table: Listing, width: float) -> list[Piece]:
    """Return the pieces of a table whose head row is repeated on every page. `width`: of the whole table, points."""
    edges = _edges(table.widths, width)
    ruled = SMALL if table.small else ROOMY
    head = _row(tuple(Cell(text, bold=True, label=True) for text in table.head), edges, ruled)
    cells = (
        tuple(Cell(text, align=align) for text, align in zip(row, table.align, strict=True))
        for row in table.rows
    )
    repeated = head if sum(head.heights) <= UNCUT else None
    return [replace(head, keep=True), *(replace(_row(row, edges, ruled), head=repeated) for row in cells)]


def _edges(widths: tuple[float, ...], width: float) -> list[float]:
    """Return where the columns begin and the last ends, on the page."""
    share = width / sum(widths)
    return [LEFT, *(LEFT + edge * share for edge in accumulate(widths))]


def _row(cells: tuple[Cell, ...], edges: list[float], ruled: Ruled) -> Piece:
    starts = [0, *accumulate(cell.span for cell in cells)]
    boxes = [
        _box(cell, edges[start], edges[start + cell.span], ruled)
        for cell, start in zip(cells, starts, strict=False)
    ]
    asked = min(max(cell.height for cell in cells) * MM, TEXT_HEIGHT) - 2 * ruled.pad_y
    count = max(ceil(asked / ruled.style.leading), *(len(box.lines) for box in boxes), 1)
    heights = [ruled.style.leading] * count
    heights[0] += ruled.pad_y
    heights[-1] += ruled.pad_y

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


def _box(cell: Cell, left: float, right: float, ruled: Ruled) -> _Box:
    style, width = ruled.style, right - left
    text: Text = tuple(replace(run, bold=True) for run in runs(cell.text)) if cell.bold else cell.text
    indent = 2 * style.size if cell.align == "justify" and not cell.label else 0
    room = width - 2 * ruled.pad_x
    lines = (
        breaker.balanced(runs(text), ink.shape(style), room)
        if cell.label
        else breaker.lines(runs(text), ink.shape(style), room, indent)
    )
    align: Align = "center" if cell.label else cell.align
    high = not cell.label and cell.height > 0 and cell.align in ("left", "justify")
    caption = cell.label and len(lines) * style.leading <= LONGEST_CAPTION
    return _Box(left, width, lines, align, caption, high, ruled)


def _write(canvas: Canvas, box: _Box, top: float, shown: tuple[int, int, int]) -> None:
    """Write what falls on this page of a box: `shown` are its first and last slice here and the number of all.

    A caption stands in the middle of the part on its first page; other text in the middle of a row in one piece,
    else it runs on from the top.
    """
    first, end, count = shown
    style, pad = box.ruled.style, box.ruled.pad_x
    if box.label and first:
        return
    if box.label or (not box.high and end - first == count):
        lines = box.lines
        offset = (end - first - len(lines)) / 2 * style.leading
    else:
        lines, offset = box.lines[first:end], 0.0
    top -= offset + (box.ruled.pad_y if first == 0 else 0)
    for number, line in enumerate(lines):
        place = (box.left + pad, top - number * style.leading, box.width - 2 * pad)
        ink.draw_line(canvas, line, style, place, box.align)
