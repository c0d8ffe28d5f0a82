"""Lines over time (折线图) above a table of their numbers; lines differ by dashes and marks."""

from collections.abc import Iterator
from math import ceil, floor, log10

from reportlab.graphics.shapes import Circle, Polygon, PolyLine, Shape
from reportlab.lib.colors import black, white

from mediator.paper.blocks import Chart, number
from mediator.paper.chart_parts import (
    SMALL,
    THIN,
    Box,
    Point,
    column,
    grey,
    line,
    lines_of,
    rectangle,
    width_of,
    words,
)
from mediator.paper.styles import Style

PLOT = 130.0
"""Height of the field with the lines."""
_ROW = 16.0
_SAMPLE = 26.0
"""Width of the piece of line that stands before its name."""
_DASHES: tuple[tuple[float, ...], ...] = ((), (5, 3), (1.5, 2), (7, 2, 1.5, 2))
_MARK = 2.6


def height(chart: Chart, width: float) -> float:
    """How high lines and table are together."""
    return SMALL.leading + PLOT + _head(chart, width) + len(chart.series) * _ROW


def draw(chart: Chart, box: Box) -> Iterator[Shape]:
    """The lines and the table in a box."""
    left, low, width, _ = box
    start, step = left + _names(chart), _step(chart, width)
    foot = low + len(chart.series) * _ROW + _head(chart, width)
    top = _top(chart)
    for part in range(5):
        y = foot + PLOT * part / 4
        yield line(
            (start, y), (left + width, y), width=THIN if not part else 0.3, dash=() if not part else (1, 2)
        )
        yield from words(number(top * part / 4), (start - 4, y - SMALL.size * 0.38), "right")
    yield line((start, foot), (start, foot + PLOT), width=THIN)
    for series, (_, values) in enumerate(chart.series):
        points = [(start + (n + 0.5) * step, foot + PLOT * value / top) for n, value in enumerate(values)]
        yield from _line(points, series)
    yield from _table(chart, (left, low, width, foot - low))


def _line(points: list[Point], series: int) -> Iterator[Shape]:
    if len(points) > 1:
        flat = [part for point in points for part in point]
        dash = _DASHES[series % len(_DASHES)]
        yield PolyLine(flat, strokeColor=black, strokeWidth=1.1, strokeDashArray=list(dash))
    for point in points:
        yield _mark(point, series)


def _mark(point: Point, series: int) -> Shape:
    """The mark of a series: a full circle, an empty square, an empty triangle, a grey circle."""
    x, y = point
    if series % 4 == 1:
        return rectangle((x - _MARK, y - _MARK, 2 * _MARK, 2 * _MARK), white)
    if series % 4 == 2:
        corners = [x - _MARK - 0.6, y - _MARK, x + _MARK + 0.6, y - _MARK, x, y + _MARK + 1]
        return Polygon(corners, fillColor=white, strokeColor=black, strokeWidth=THIN)
    ground = grey(0.7) if series % 4 else black
    return Circle(x, y, _MARK, fillColor=ground, strokeColor=black, strokeWidth=THIN)


def _table(chart: Chart, box: Box) -> Iterator[Shape]:
    """Labels and numbers under the lines, each in the column of its point."""
    left, low, width, high = box
    names, step = _names(chart), _step(chart, width)
    small = _small(chart, step)
    head = high - len(chart.series) * _ROW
    for place, label in enumerate(chart.labels):
        yield from column(
            label, (left + names + place * step, low + high - head, step, head), "center", small
        )
    for series, (name, values) in enumerate(chart.series):
        foot = low + (len(chart.series) - 1 - series) * _ROW
        middle = foot + _ROW / 2
        yield from _line([(left + _MARK + 1, middle), (left + _SAMPLE - 6, middle)], series)
        yield from column(name, (left + _SAMPLE, foot, names - _SAMPLE - 4, _ROW))
        yield line((left, foot + _ROW), (left + width, foot + _ROW))
        for place, value in enumerate(values):
            middle_of = left + names + (place + 0.5) * step
            yield from words(number(value), (middle_of, middle - small.size * 0.38), "center", small)
    yield line((left, low), (left + width, low))


def _names(chart: Chart) -> float:
    """Width before the first point: the names of the series, and the numbers of the scale."""
    named = max(width_of(name) for name, _ in chart.series) + _SAMPLE + 6
    return min(max(named, width_of(number(_top(chart))) + 8), 130.0)


def _step(chart: Chart, width: float) -> float:
    return (width - _names(chart)) / max(1, len(chart.labels))


def _small(chart: Chart, step: float) -> Style:
    """The type of labels and numbers, made smaller where one would touch the next."""
    widths = [width_of(number(value)) for _, values in chart.series for value in values]
    widths += [each.width for label in chart.labels for each in lines_of(label, step)]
    share = min(1.0, (step - 3) / max([*widths, 1.0]))
    return Style(SMALL.role, SMALL.size * share, SMALL.leading)


def _head(chart: Chart, width: float) -> float:
    step = _step(chart, width)
    small = _small(chart, step)
    return max((len(lines_of(label, step, small)) for label in chart.labels), default=1) * small.leading + 6


def _top(chart: Chart) -> float:
    """The upper end of the scale: four equal steps of 1, 2 or 5 times a power of ten."""
    largest = max((value for _, values in chart.series for value in values), default=0.0)
    if largest <= 4:
        return 4.0
    power = 10.0 ** floor(log10(largest / 4))
    return 4 * power * next(n for n in (1, 2, 2.5, 5, 10) if 4 * power * n >= largest and _even(power * n))


def _even(step: float) -> bool:
    """Whether the steps of the scale are whole numbers."""
    return step == ceil(step)
