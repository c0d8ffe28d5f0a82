"""One whole divided into parts (构成图): a bar over the whole width, and every part with its number and share below."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from reportlab.graphics.shapes import Shape
from reportlab.lib.colors import white

from mediator.paper.blocks import Chart, number
from mediator.paper.chart_parts import SMALL, Box, column, filled, rectangle, width_of, words

_BAR, _AIR, _ROW = 26.0, 8.0, 15.0
_SWATCH = 16.0


def height(chart: Chart, width: float) -> float:
    """How high the bar and what is said of its parts are together."""
    return _BAR + _AIR + _rows(chart) * _ROW


def draw(chart: Chart, box: Box) -> Iterator[Shape]:
    """The bar and its parts in a box."""
    left, low, width, high = box
    values = chart.series[0][1]
    whole = sum(values)
    foot = low + high - _BAR
    if not whole:
        yield rectangle((left, foot, width, _BAR), white)
        yield from column("没有数据", (left, foot, width, _BAR), "center")
    x = left
    for place, value in enumerate(values):
        wide = width * value / whole if whole else 0.0
        if wide:
            yield from filled((x, foot, wide, _BAR), place)
            yield from _inside(share(value, whole), (x, foot, wide, _BAR))
        x += wide
    yield from _parts(chart, whole, (left, low, width, high - _BAR - _AIR))


def share(value: float, whole: float) -> str:
    """A part in percent of the whole; a dash where there is no whole."""
    if not whole:
        return "—"
    percent = Decimal(str(value)) * 100 / Decimal(str(whole))
    return f"{percent.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def _inside(text: str, box: Box) -> Iterator[Shape]:
    """The share on a white ground in the middle of its part, where there is room."""
    left, low, wide, high = box
    room = width_of(text) + 6
    if wide < room + 4:
        return
    ground = (left + (wide - room) / 2, low + (high - SMALL.leading) / 2, room, SMALL.leading)
    yield rectangle(ground, white, drawn=False)
    yield from column(text, ground, "center")


def _parts(chart: Chart, whole: float, box: Box) -> Iterator[Shape]:
    """Every part with its filling, name, number and share, in two columns read downwards."""
    left, low, width, high = box
    for place, (label, value) in enumerate(zip(chart.labels, chart.series[0][1], strict=True)):
        x = left + place // _rows(chart) * width / 2
        foot = low + high - (place % _rows(chart) + 1) * _ROW
        yield from filled((x, foot + 3, _SWATCH, _ROW - 6), place)
        said = f"{label}　{number(value)}{f' {chart.unit}' if chart.unit else ''}（{share(value, whole)}）"
        yield from words(said, (x + _SWATCH + 5, foot + _ROW / 2 - SMALL.size * 0.38))


def _rows(chart: Chart) -> int:
    return max(1, -(-len(chart.labels) // 2))
