"""Draws lines of text into a PDF, each character in a font that has it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from reportlab.pdfgen.canvas import Canvas

from mediator.paper import fonts
from mediator.paper.blocks import Align
from mediator.paper.breaker import Glyph, Line, Shape
from mediator.paper.embed import em, embedded
from mediator.paper.fonts import Chain, Font
from mediator.paper.styles import Style

Box: TypeAlias = tuple[float, float, float]
"""Left edge, top edge and width of a line's place, points."""

WIDEST_GAP = 0.3
"""Up to this part of an em a line is stretched to be even on the right; beyond it stays ragged."""


@dataclass
class _Stretch:
    """Neighbouring glyphs drawn at one go; `gap` is the air after each, `over` is printed over the first."""

    font: Font | None
    underline: bool
    gap: float
    x: float
    text: str = ""
    over: str = ""
    end: float = 0.0


def shape(style: Style) -> Shape:
    """Return how a style makes glyphs. Bold text is set in 黑体, as official papers do.

    A character without a font takes one em, to be written in by hand.
    """
    return _shape(style.size, fonts.chain(style.role), fonts.chain("黑体"))


@cache
def _shape(size: float, common: Chain, strong: Chain) -> Shape:
    @cache
    def glyph(char: str, bold: bool, underline: bool) -> Glyph:
        able = (strong if bold else common).able(char)
        font = next((font for font in able if embedded(font)), None)
        width = em(font, fonts.DRAWN.get(char, char)[0]) if font else 1.0
        return Glyph(char, width * size, font, underline)

    return glyph


def draw_line(canvas: Canvas, line: Line, style: Style, box: Box, align: Align) -> None:
    """Draw a line into its box, in the middle of the style's line height."""
    x, top, width = box
    baseline = top - style.leading / 2 - style.size * 0.38
    left, gap = _placed(line, style, width, align)
    text = canvas.beginText()
    for stretch in _stretches(line, x + left, gap):
        if stretch.font:
            text.setTextOrigin(stretch.x, baseline)
            text.setFont(stretch.font.name, style.size, style.leading)
            text.setCharSpace(stretch.gap)
            text.textOut(stretch.text)
            for char in stretch.over:
                text.setTextOrigin(stretch.x, baseline)
                text.textOut(char)
        if stretch.underline or not stretch.font:
            canvas.setLineWidth(0.6)
            canvas.line(stretch.x, baseline - style.size * 0.14, stretch.end, baseline - style.size * 0.14)
    canvas.drawText(text)


def _placed(line: Line, style: Style, width: float, align: Align) -> tuple[float, float]:
    """Return where the line begins and the air between its characters."""
    free = width - line.start - line.width
    if align == "center":
        return line.start + free / 2, 0.0
    if align == "right":
        return line.start + free, 0.0
    gaps = sum(1 for one, two in zip(line.glyphs, line.glyphs[1:], strict=False) if not _joined(one, two))
    if align == "left" or line.ends or not gaps or not 0 < free / gaps <= WIDEST_GAP * style.size:
        return line.start, 0.0
    return line.start, free / gaps


def _joined(one: Glyph, two: Glyph) -> bool:
    """Tell whether two glyphs belong to one Latin word or number, which is never stretched."""
    return one.char.isascii() and two.char.isascii()


def _stretches(line: Line, x: float, gap: float) -> Iterator[_Stretch]:
    current: _Stretch | None = None
    kind: object = None
    for number, glyph in enumerate(line.glyphs):
        last = number + 1 == len(line.glyphs)
        air = 0.0 if last or _joined(glyph, line.glyphs[number + 1]) else gap
        drawn = fonts.DRAWN.get(glyph.char, glyph.char)
        alone = number if len(drawn) > 1 else -1
        if current is None or kind != (glyph.font, glyph.underline, air, alone):
            if current:
                yield current
            current = _Stretch(glyph.font, glyph.underline, air, x, over=drawn[1:])
            kind = (glyph.font, glyph.underline, air, alone)
        current.text += drawn[0]
        x += glyph.width + air
        current.end = x
    if current:
        yield current
