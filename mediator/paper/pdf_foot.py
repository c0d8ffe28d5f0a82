"""Draws the foot of a page, and the page number of a bound file."""

from hashlib import sha256

from reportlab.pdfgen.canvas import Canvas

from mediator.paper import breaker, ink
from mediator.paper.blocks import Align, runs
from mediator.paper.foot import Foot, modules
from mediator.paper.styles import (
    CODE,
    CODE_FOOT,
    FOOT,
    FOOTER,
    LEFT,
    MARK,
    MM,
    STAMP,
    STAMP_RIGHT,
    STAMP_TOP,
    UPRIGHT,
    Page,
    Style,
)

_TOP = FOOT + FOOTER.leading


def draw(canvas: Canvas, number: str, page: str, foot: Foot, on: Page) -> None:
    """Draw the number of the paper on the left, the page in the middle, the code or "draft" on the right."""
    middle = _lines(page, FOOTER, on.text_width)[0]
    room = (on.text_width - middle.width) / 2 - 3 * MM
    rows = _lines(number, FOOTER, room)[:2]
    for below, row in enumerate(rows, 1 - len(rows)):
        ink.draw_line(canvas, row, FOOTER, (LEFT, _TOP - below * FOOTER.leading, room), "left")
    ink.draw_line(canvas, middle, FOOTER, (LEFT, _TOP, on.text_width), "center")
    if foot.mark:
        _draw_code(canvas, foot.mark, LEFT + on.text_width - CODE)
    style = MARK if foot.mark else FOOTER
    width = room - (CODE + 1.5 * MM if foot.mark else 0)
    right = LEFT + on.text_width - room
    _draw(canvas, foot.words, style, (right, _TOP, width), "right")


def stamp(canvas: Canvas, number: int, on: Page = UPRIGHT) -> None:
    """Draw the number of a page in a bound file (页号) into its upper outer corner."""
    left = on.width / 2
    place = (left, on.height - STAMP_TOP, on.width - STAMP_RIGHT - left)
    _draw(canvas, str(number), STAMP, place, "right")


def _draw(canvas: Canvas, text: str, style: Style, box: ink.Box, align: Align) -> None:
    ink.draw_line(canvas, _lines(text, style, box[2])[0], style, box, align)


def _lines(text: str, style: Style, width: float) -> list[breaker.Line]:
    return breaker.lines(runs(text), ink.shape(style), width)


def _draw_code(canvas: Canvas, mark: str, left: float) -> None:
    """Draw the code, as one shape that the file holds once however many pages have it."""
    name = f"code-{sha256(mark.encode()).hexdigest()}"
    if not canvas.hasForm(name):
        canvas.beginForm(name, 0, 0, CODE, CODE)
        _fill(canvas, modules(mark))
        canvas.endForm()
    canvas.saveState()
    canvas.translate(left, CODE_FOOT)
    canvas.doForm(name)
    canvas.restoreState()


def _fill(canvas: Canvas, rows: list[list[bool]]) -> None:
    """Fill the dark places, each row a little into the next, so that no light line is seen between them."""
    side = CODE / len(rows)
    path = canvas.beginPath()
    for number, row in enumerate(rows, 1):
        start = 0
        for column, dark in enumerate([*row, False]):
            if dark:
                continue
            if column > start:
                path.rect(start * side, CODE - number * side, (column - start) * side, side * 1.02)
            start = column + 1
    canvas.drawPath(path, stroke=0, fill=1)
