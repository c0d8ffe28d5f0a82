"""What charts are drawn with: words in fonts that have them, and fillings that differ without colour."""

from collections.abc import Iterator
from itertools import groupby

from reportlab.graphics.shapes import Hatching, Line, Polygon, Shape, String
from reportlab.lib.colors import Color, black, white

from mediator.paper import breaker, fonts, ink
from mediator.paper.blocks import Align, Run
from mediator.paper.embed import embedded
from mediator.paper.styles import Style

TITLE = Style("黑体", 12, 20)
SMALL = Style("宋体", 9, 12)
HAIR, THIN = 0.4, 0.7
"""Widths of lines."""

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left edge, lower edge, width and height."""


def grey(share: float) -> Color:
    """A grey: 0 is black, 1 white."""
    return Color(share, share, share)


_FILLINGS: tuple[tuple[Color, tuple[float, ...]], ...] = (
    (grey(0.3), ()),
    (white, (45,)),
    (grey(0.85), ()),
    (white, (45, 135)),
    (white, ()),
    (white, (135,)),
    (grey(0.6), ()),
    (white, (90,)),
    (grey(0.85), (0,)),
)
"""Grey and the angles of hatching, so that neighbours differ on any printer."""


def filled(box: Box, place: int) -> Iterator[Shape]:
    """A box in the filling of a place in the order of series or parts."""
    ground, angles = _FILLINGS[place % len(_FILLINGS)]
    x, y, wide, high = box
    yield rectangle(box, ground)
    if angles and wide > 1:
        corners = [[x, y, x + wide, y, x + wide, y + high, x, y + high]]
        yield Hatching(3.2, angles, corners, strokeColor=black, strokeWidth=HAIR)


def rectangle(box: Box, ground: Color, *, drawn: bool = True) -> Shape:
    """A box of one grey; ``drawn``: with a line around it."""
    x, y, wide, high = box
    corners = [x, y, x + wide, y, x + wide, y + high, x, y + high]
    return Polygon(corners, fillColor=ground, strokeColor=black if drawn else None, strokeWidth=THIN)


def line(one: Point, two: Point, *, width: float = HAIR, dash: tuple[float, ...] = ()) -> Line:
    """A straight line."""
    return Line(*one, *two, strokeColor=black, strokeWidth=width, strokeDashArray=list(dash))


def width_of(text: str, style: Style = SMALL) -> float:
    """How wide a text is on one line."""
    return sum(ink.shape(style)(char, False, False).width for char in text)


def lines_of(text: str, width: float, style: Style = SMALL) -> list[breaker.Line]:
    """A text broken into as few lines as it takes."""
    return breaker.lines((Run(text),), ink.shape(style), max(width, style.size))


def words(text: str, place: Point, align: Align = "left", style: Style = SMALL) -> Iterator[Shape]:
    """A text on one line: ``place`` is where its base line begins, has its middle or ends."""
    yield from _set(breaker.lines((Run(text),), ink.shape(style), 1e9)[0], place, align, style)


def column(text: str, box: Box, align: Align = "left", style: Style = SMALL) -> Iterator[Shape]:
    """A text in the middle of the height of a box, broken where it is too wide."""
    left, low, wide, high = box
    found = lines_of(text, wide, style)
    x = {"left": left, "right": left + wide}.get(align, left + wide / 2)
    top = low + high / 2 + len(found) * style.leading / 2
    for number, each in enumerate(found):
        yield from _set(
            each, (x, top - number * style.leading - style.leading / 2 - style.size * 0.38), align, style
        )


def _set(found: breaker.Line, place: Point, align: Align, style: Style) -> Iterator[Shape]:
    """One line of glyphs; what no font has is left blank."""
    x, y = place
    x -= {"right": found.width, "center": found.width / 2}.get(align, 0.0)
    for font, run in groupby(found.glyphs, lambda glyph: glyph.font):
        glyphs = list(run)
        if font is not None and embedded(font):
            shown = "".join(fonts.DRAWN.get(glyph.char, glyph.char)[0] for glyph in glyphs)
            yield String(x, y, shown, fontName=font.name, fontSize=style.size, fillColor=black)
        x += sum(glyph.width for glyph in glyphs)
