"""Draws a chart (统计图) once, for paper, screen and word processor; readable in black and white, its numbers printed."""

from collections.abc import Iterator

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing, Shape
from reportlab.pdfgen.canvas import Canvas

from mediator.paper import chart_bars, chart_line, chart_share
from mediator.paper.blocks import Chart
from mediator.paper.chart_parts import SMALL, TITLE, column, filled, lines_of, width_of, words
from mediator.paper.pieces import Piece
from mediator.paper.styles import LEFT, PICTURE_AIR, TEXT_WIDTH

_KINDS = {"bars": chart_bars, "line": chart_line, "share": chart_share}
_LEGEND = 18.0
_SWATCH = 16.0


def drawing(block: Chart) -> Drawing:
    """Return the chart, as wide as the text."""
    kind = _KINDS[block.kind]
    body = kind.height(block, TEXT_WIDTH)
    head = len(lines_of(block.title, TEXT_WIDTH, TITLE)) * TITLE.leading
    legend = _LEGEND * len(_legend_rows(block))
    made = Drawing(TEXT_WIDTH, body + legend + _unit(block) + head)
    shapes: list[Shape] = [
        *column(block.title, (0, made.height - head, TEXT_WIDTH, head), "center", TITLE),
        *(
            words(f"单位：{block.unit}", (TEXT_WIDTH, made.height - head - 9), "right")
            if _unit(block)
            else ()
        ),
        *_legend(block, body + legend),
        *kind.draw(block, (0, 0, TEXT_WIDTH, body)),
    ]
    for shape in shapes:
        made.add(shape)
    return made


def piece(block: Chart) -> Piece:
    """Return the chart as a piece of a page, uncut."""
    made = drawing(block)

    def draw(canvas: Canvas, top: float, first: int, end: int) -> None:
        renderPDF.draw(made, canvas, LEFT, top - PICTURE_AIR - made.height)

    return Piece((made.height + 2 * PICTURE_AIR,), draw)


def _unit(block: Chart) -> float:
    """Height of the line with the unit; a share says it with every part."""
    return SMALL.leading if block.unit and block.kind != "share" else 0.0


def _legend_rows(block: Chart) -> list[list[tuple[int, str]]]:
    """Which names stand in each line of the legend, by their place; lines are named in their table, one needs no name."""
    rows: list[list[tuple[int, str]]] = []
    if block.kind != "bars" or len(block.series) < 2:
        return rows
    used: float = TEXT_WIDTH
    for place, (name, _) in enumerate(block.series):
        wide = _entry(name)
        if used + wide > TEXT_WIDTH:
            rows.append([])
            used = 0.0
        rows[-1].append((place, name))
        used += wide
    return rows


def _legend(block: Chart, top: float) -> Iterator[Shape]:
    for number, row in enumerate(_legend_rows(block), 1):
        x, y = ((TEXT_WIDTH - sum(_entry(name) for _, name in row)) / 2, top - number * _LEGEND)
        for place, name in row:
            yield from filled((x, y + 5, _SWATCH, 9), place)
            yield from words(name, (x + _SWATCH + 4, y + 6))
            x += _entry(name)


def _entry(name: str) -> float:
    return _SWATCH + 4 + width_of(name) + 16
