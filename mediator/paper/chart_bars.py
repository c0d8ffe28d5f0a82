"""Bars lying one under another (条形图), a group for each label, every one with its number at its end."""

from collections.abc import Iterator

from reportlab.graphics.shapes import Shape

from mediator.paper.blocks import Chart, number
from mediator.paper.chart_parts import SMALL, THIN, Box, column, filled, line, lines_of, width_of, words

_THICK, _AIR = 11.0, 6.0
_MOST_LABEL = 0.36
"""Share of the width that labels may take."""


def height(chart: Chart, width: float) -> float:
    """How high the bars are together."""
    return sum(_heights(chart, _label(chart, width)))


def draw(chart: Chart, box: Box) -> Iterator[Shape]:
    """The bars in a box."""
    left, low, width, high = box
    label = _label(chart, width)
    numbers = max((width_of(number(v)) for _, values in chart.series for v in values), default=0.0)
    largest = max((v for _, values in chart.series for v in values), default=0.0) or 1.0
    start = left + label + 6
    scale = (width - label - 6 - numbers - 6) / largest
    top = low + high
    for place, room in enumerate(_heights(chart, label)):
        yield from column(chart.labels[place], (left, top - room, label, room), "right")
        bars = len(chart.series) * _THICK
        upper = top - (room - bars) / 2
        for series, (_, values) in enumerate(chart.series):
            foot = upper - (series + 1) * _THICK + 1
            end = values[place] * scale
            if end:
                yield from filled((start, foot, end, _THICK - 2), series)
            yield from words(
                number(values[place]), (start + end + 4, foot + (_THICK - 2 - SMALL.size) / 2 + 1.5)
            )
        top -= room
    yield line((start, low), (start, low + high), width=THIN)


def _label(chart: Chart, width: float) -> float:
    return min(max(map(width_of, chart.labels), default=0.0) + 1, width * _MOST_LABEL)


def _heights(chart: Chart, label: float) -> list[float]:
    """The room of each group: as high as its bars, or as its label."""
    bars = len(chart.series) * _THICK
    return [max(bars, len(lines_of(words, label)) * SMALL.leading) + _AIR for words in chart.labels]
